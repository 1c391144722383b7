"""Processes that live and die together: one supervisor, and parts of Careo that it runs.

Each part is `python -m MODULE` in a process group of its own, so that Ctrl-C in a terminal reaches the supervisor alone,
which stops the parts in order. A part holds the reading end of a pipe whose writing end the supervisor keeps: when
the supervisor dies, however it dies, the pipe ends and the part stops by itself (`stop_with_supervisor`).
"""

from __future__ import annotations

import os
import secrets
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

PIPE = "CAREO_SUPERVISOR_PIPE"
MACHINE = "CAREO_MACHINE"  # names this run of `careo serve` among those of other machines; no setting
GRACE_SECONDS = 8.0  # to stop in; with what starting to stop takes, everything is gone within ten
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_SECONDS = 60.0  # a part that ran this long is given a quick restart again


@dataclass
class Part:
    """One process to keep running: `module` is run with `-m`."""

    name: str
    module: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0  # when to start it, again or for the first time; monotonic seconds


def name_this_machine() -> None:
    """Once for each `careo serve`, before its parts are started."""
    os.environ[MACHINE] = secrets.token_hex(16)


class Signals:
    """SIGINT and SIGTERM noted, also where they were ignored at the start; waking up whoever waits."""

    def __init__(self) -> None:
        self.stop = False
        self._wake, writer = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)
        if (
            signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
        ):  # a closed terminal stops it, but not under nohup
            signal.signal(signal.SIGHUP, self._note)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to be woken up

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.stop = True

    def wait(self, seconds: float) -> None:
        """Until a signal comes, or for so long."""
        if self.stop:
            return
        readable, _, _ = select.select([self._wake], [], [], seconds)
        if readable:
            os.read(self._wake, 4096)


@dataclass
class Supervisor:
    """Keeps parts running until it is told to stop. `on_crash` is called with each part that ended unasked."""

    parts: Sequence[Part]
    signals: Signals
    on_crash: Callable[[Part], None]
    _pipe: tuple[int, int] = field(default_factory=os.pipe)

    def look_after(self, *, between: Callable[[], float | None]) -> None:
        """Start and restart the parts until a signal comes. `between` is called in each round; it says in how many
        seconds at most it wants to be called again."""
        while not self.signals.stop:
            for part in self.parts:
                self._look_after(part)
            wanted = between()
            self.signals.wait(1.0 if wanted is None else wanted)

    def run_first(self, module: str) -> int | None:
        """Run a module to its end before the parts; its exit code, or None where a signal came before that."""
        process = _begin(module, self._pipe[0])
        while process.poll() is None:
            self.signals.wait(1.0)
            if self.signals.stop:
                process.kill()
                process.wait()
                return None
        return process.returncode

    def stop(self) -> bool:
        """Stop every part, by force after GRACE_SECONDS. True where none had to be forced or had crashed."""
        for part in self.parts:
            if part.process is not None:
                part.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + GRACE_SECONDS
        ends = [_ended_well(part.process, end) for part in self.parts]
        return all(ends)

    def _look_after(self, part: Part) -> None:
        now = time.monotonic()
        if part.process is not None and part.process.poll() is not None:
            part.process = None
            if now - part.started > STEADY_SECONDS:
                part.pause = FIRST_PAUSE
            part.due, part.pause = now + part.pause, min(part.pause * 2, LONGEST_PAUSE)
            self.on_crash(part)
        if part.process is None and now >= part.due:
            part.started = now
            part.process = _begin(part.module, self._pipe[0])


def _begin(module: str, pipe: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # a module of our own, under the interpreter that runs us
        [sys.executable, "-m", module],
        stdin=subprocess.DEVNULL,
        pass_fds=(pipe,),
        process_group=0,
        # Reading takes one core: with all of them it would hold up whoever is being served.
        env={"OPENBLAS_NUM_THREADS": "1", **os.environ, PIPE: str(pipe)},
    )


def _ended_well(process: subprocess.Popen[bytes] | None, end: float) -> bool:
    if process is None:
        return False
    try:
        return process.wait(max(0.0, end - time.monotonic())) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def stop_with_supervisor() -> None:
    """In a part: stop by SIGTERM when the supervisor is gone, and by force when that takes too long."""
    number = os.environ.pop(PIPE, "")
    if number:
        threading.Thread(target=_watch, args=(int(number),), name="supervisor", daemon=True).start()


def _watch(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
