"""A real `careo serve` in processes of its own, on a port of its own, over a folder of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0  # seconds; a machine that runs other tests beside this one starts slowly
RUN = "import sys; from careo.project.cli.main import main; sys.argv = ['careo', 'serve']; main()"
# Reads code, a line each, and answers with what it printed and how it failed.
BESIDE = """
import contextlib, io, json, sys, traceback
from careo.project.database import set_up_django
set_up_django()
from django.db import connections
for line in sys.stdin:
    printed, error = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {"__name__": "beside"})
    except BaseException:
        error = traceback.format_exc()
    connections.close_all()
    print(json.dumps([printed.getvalue(), error]), flush=True)
"""
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); " + RUN


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Wait for it; says how long that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"waited {seconds} s in vain for {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


class Newspaper:
    """Started when it is made; `stop` it."""

    def __init__(
        self, data: Path, *, deaf: bool = False, bind: str = "", port: int = 0, **settings: str
    ) -> None:
        self.data, self.port = data, port or free_port()
        self.printed = data.parent / f"printed-{self.port}"
        self.host = f"127.0.0.1:{self.port}"
        self._beside: subprocess.Popen[str] | None = None
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("CAREO_", "DJANGO_", "DATABASE_"))
            },
            "CAREO_DATA": str(data),
            "CAREO_BIND": bind or self.host,
            **settings,
        }
        with self.printed.open("wb") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-c", DEAF if deaf else RUN],
                env=self.environment,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.printed.read_text()

    def wait_until_it_answers(self) -> None:
        def answered() -> bool:
            assert self.process.poll() is None, self.said()
            return "Careo answers at" in self.said()

        until(answered, f"the newspaper to answer; it said: {self.said()}")

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send the signal and wait; gives the exit code and the seconds it took for the last process to go."""
        self._end_what_is_beside()
        begun = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        until(lambda: not self.processes(), "its processes to go")
        return code, time.monotonic() - begun

    def end(self) -> None:
        """Leave nothing behind, whatever a test did."""
        self._end_what_is_beside()
        for pid in [*self.processes(), *([self.process.pid] if self.process.poll() is None else [])]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(PATIENCE)

    def processes(self, part: str = "") -> list[int]:
        """Every living process over this newspaper's folder, but that of `python`; those of one part where it is named."""
        beside = self._beside.pid if self._beside is not None else None
        mark, found = f"CAREO_DATA={self.data}\0".encode(), []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == beside:
                continue
            try:
                environment = (entry / "environ").read_bytes()
                line = (entry / "cmdline").read_bytes()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark in environment + b"\0" and state != "Z" and part.encode() in line:
                found.append(int(entry.name))
        return found

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=named)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def send(self, raw: bytes, seconds: float = 5.0) -> bytes:
        """Bytes as they are on a connection of their own; whatever comes back until it is closed or time is up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            pieces = []
            try:
                connection.sendall(raw)
                while piece := connection.recv(65_536):
                    pieces.append(piece)
            except (TimeoutError, ConnectionError):
                pass
            return b"".join(pieces)

    def python(self, code: str) -> str:
        """Run code in the newspaper's own Django, as another process on the machine would; gives what it prints.

        It is one process for all that is run so, since to begin one takes seconds. Between two runs it holds no connection.
        """
        if self._beside is None:
            self._beside = subprocess.Popen(
                [sys.executable, "-c", BESIDE],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
        assert self._beside.stdin is not None
        assert self._beside.stdout is not None
        self._beside.stdin.write(json.dumps(code) + "\n")
        self._beside.stdin.flush()
        printed, error = json.loads(self._beside.stdout.readline() or '["", "the process ended"]')
        assert not error, error
        return str(printed).strip()

    def _end_what_is_beside(self) -> None:
        if self._beside is not None:
            self._beside.kill()
            self._beside.communicate()
            self._beside = None
