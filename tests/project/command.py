"""The `careo` command as its users run it: a process of its own, over a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OURS = ("CAREO_", "DJANGO_", "DATABASE_URL")


class Careo:
    """`careo(…)` runs a command over the newspaper in `data`; nothing of this process's own settings reaches it."""

    def __init__(self, data: Path, **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.data, self.environment = data, clean | {"CAREO_DATA": str(data)} | environment

    def __call__(self, *words: str, text: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `careo WORDS…`; with `check`, a failure shows what the command printed."""
        return self._run(["-m", "careo", *words], text, check)

    def python(self, code: str) -> str:
        """What `code` prints when run inside this newspaper, Django set up."""
        start = "from careo.project.database import set_up_django; set_up_django()\n"
        return self._run(["-c", start + code], "", True).stdout

    def _run(self, words: list[str], text: str, check: bool) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, env=self.environment, timeout=180
        )
        assert not check or done.returncode == 0, done.stderr
        return done
