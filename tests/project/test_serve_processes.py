"""The supervisor: which signals stop it, and what becomes of the parts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project.newspaper import until

Start = Callable[..., tuple[subprocess.Popen[bytes], Path]]

HEARS = """
import os, signal, sys
from careo.project.processes import Signals
number = getattr(signal, sys.argv[1])
if sys.argv[2] == "ignored":
    signal.signal(number, signal.SIG_IGN)
signals = Signals()
os.kill(os.getpid(), number)
signals.wait(0)
print(signals.stop)
"""


@pytest.mark.parametrize("signal", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("before", ["heard", "ignored"])
def test_every_signal_that_means_stop_stops_but_a_closed_terminal_under_nohup(
    signal: str, before: str
) -> None:
    heard = subprocess.run(
        [sys.executable, "-c", HEARS, signal, before], capture_output=True, text=True, check=True
    )
    assert heard.stdout == f"{(signal, before) != ('SIGHUP', 'ignored')}\n"


SUPERVISES = """
import sys, time
from pathlib import Path
from careo.project import processes
from careo.project.processes import Part, Signals, Supervisor

processes.GRACE_SECONDS = processes.FIRST_PAUSE = 0.5
signals = Signals()
supervisor = Supervisor([Part("part", sys.argv[1])], signals, lambda part: print("crashed", part.name, flush=True))
if len(sys.argv) > 2:
    print("first", supervisor.run_first(sys.argv[2]), flush=True)
supervisor.look_after(between=lambda: None)
print("ended well" if supervisor.stop() else "was forced", flush=True)
"""

UP = "print('up', flush=True)\ntime.sleep(60)\n"
PARTS = {
    "obedient": "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n" + UP,
    "stubborn": "import signal, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + UP,
    "frail": "print('up', flush=True); raise SystemExit(1)",
    "refusing": "raise SystemExit(3)",
}


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Start]:
    """Starts a supervisor with a part of this nature; gives its process and what was printed so far."""
    for name, code in PARTS.items():
        (tmp_path / f"{name}.py").write_text(code)
    (tmp_path / "supervises.py").write_text(SUPERVISES)
    started: list[subprocess.Popen[bytes]] = []

    def start(*parts: str) -> tuple[subprocess.Popen[bytes], Path]:
        printed = tmp_path / "printed"
        with printed.open("wb") as file:
            process = subprocess.Popen([sys.executable, "supervises.py", *parts], cwd=tmp_path, stdout=file)
        started.append(process)
        return process, printed

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize(("part", "end"), [("obedient", "ended well"), ("stubborn", "was forced")])
def test_a_part_is_asked_to_stop_and_made_to_if_it_will_not(supervised: Start, part: str, end: str) -> None:
    process, printed = supervised(part)
    until(lambda: "up" in printed.read_text(), "the part")
    process.terminate()
    assert process.wait(20) == 0
    assert printed.read_text() == f"up\n{end}\n"


def test_a_part_that_ends_unasked_is_started_again_and_again(supervised: Start) -> None:
    process, printed = supervised("frail")
    until(lambda: printed.read_text().count("up\ncrashed part\n") >= 2, "the part to be started again")
    process.terminate()
    assert process.wait(20) == 0


def test_what_runs_first_says_how_it_ended(supervised: Start) -> None:
    _, printed = supervised("obedient", "refusing")
    until(lambda: "up" in printed.read_text(), "the part")
    assert printed.read_text().startswith("first 3\n")
