"""However many want a page at once, one makes it; nobody waits for another's page, or for ever."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careo.edge.flights import Flights, place_of

DAM, WELL = "/politics/dam/", "/politics/well/"

HOLD = """
import sys
from pathlib import Path
from careo.edge.flights import Flights
with Flights(Path(sys.argv[1])).join(sys.argv[2]):
    print("making", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pages" / "making"


def test_one_makes_it_while_the_others_wait_and_are_told_that_it_is_there(file: Path) -> None:
    flights, together = Flights(file), threading.Barrier(8)
    made: list[str] = []
    waiting = threading.Event()

    def ask(_: int) -> bool:
        together.wait(10)
        with flights.join(DAM) as flight:
            if flight.mine:
                made.append(DAM)
                assert waiting.wait(10)
                flight.for_all = True
            return flight.for_all

    with ThreadPoolExecutor(8) as readers:
        asked = readers.map(ask, range(8))
        together_came = threading.Timer(
            0.2, waiting.set
        )  # late enough for all to have come; too early fails nothing
        together_came.start()
        assert list(asked) == [True] * 8
    assert made


def test_another_page_is_not_waited_for(file: Path) -> None:
    flights = Flights(file)
    with flights.join(DAM) as dam, ThreadPoolExecutor(1) as reader:

        def ask() -> bool:
            with flights.join(WELL) as well:
                return well.mine

        assert dam.mine
        assert reader.submit(ask).result(10)


def test_who_waits_learns_that_the_maker_kept_nothing(file: Path) -> None:
    flights, begun, go_on = Flights(file), threading.Event(), threading.Event()

    def fail() -> None:
        with flights.join(DAM):
            begun.set()
            assert go_on.wait(10)
            raise LookupError("there is no such page")

    with ThreadPoolExecutor(1) as maker:
        failing = maker.submit(fail)
        assert begun.wait(10)
        threading.Timer(0.05, go_on.set).start()
        with flights.join(DAM) as flight:
            assert not flight.for_all
        with pytest.raises(LookupError):
            failing.result()
    with flights.join(DAM) as flight:
        assert flight.mine


def test_who_has_waited_long_enough_goes_on_alone(file: Path) -> None:
    flights = Flights(file, patience=0.05)
    with flights.join(DAM) as first, ThreadPoolExecutor(1) as reader:
        first.for_all = True

        def ask() -> tuple[bool, bool]:
            with flights.join(DAM) as second:
                return second.mine, second.for_all

        assert reader.submit(ask).result(10) == (False, False)


def test_another_process_that_makes_it_is_waited_for_and_no_other_page_of_its(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file), DAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"making\n"
        flights = Flights(file)
        with flights.join(WELL) as well:
            assert well.mine
        here = Flights(file)
        assert not here._lock_now(place_of(DAM))
        other.stdin.write(b"\n")
        other.stdin.flush()
        with flights.join(DAM) as dam:
            assert dam.mine


def test_a_maker_that_was_killed_holds_up_nobody(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file), DAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"making\n"
        other.kill()
        other.wait(10)
        with Flights(file).join(DAM) as dam:
            assert dam.mine


def test_where_nothing_can_be_locked_pages_are_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file where a folder should be")
    with Flights(tmp_path / "pages" / "making").join(DAM) as dam:
        assert dam.mine
