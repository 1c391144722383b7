"""A newspaper of its own for a test: a fresh CAREO_DATA, a free port, and the `careo` command run as its users run it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass
class Newspaper:
    """`careo(…)` runs a command over `data`; nothing of this process's own settings reaches it."""

    data: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = ("CAREO_", "DJANGO_", "DATABASE_URL")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return clean | {"CAREO_DATA": str(self.data), "CAREO_BIND": f"127.0.0.1:{self.port}"} | self.extra

    def careo(self, *words: str, text: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `careo WORDS…`; with `check`, a failure shows what the command printed."""
        done = subprocess.run(
            [sys.executable, "-m", "careo", *words],
            input=text, capture_output=True, text=True, env=self.environment, timeout=180,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stderr
        return done

    def python(self, code: str) -> str:
        """What `code` prints when run inside this newspaper, Django set up."""
        start = "from careo.project.database import set_up_django; set_up_django()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
