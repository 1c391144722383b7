"""The store's promises between real processes, and where the disk takes no more."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careo.edge.page import Page
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC

DAM = "/politics/dam/"
OTHER = """
import resource, signal, sys
from pathlib import Path
from careo.edge.page import Page
from careo.edge.store import PageStore

store = PageStore(Path(sys.argv[1]))
stamp = None
for line in sys.stdin:
    order, _, rest = line.strip().partition(" ")
    if order == "get":
        found = store.get(rest, "public")
        print(found.body.decode() if found else "nothing")
    elif order == "stamp":
        stamp = store.stamp()
        print("stamped")
    elif order == "put":
        path, _, text = rest.partition(" ")
        page = Page(text.encode(), "text/plain", 0)
        print(store.put(path, "public", page, tags={"story"}, stamp=stamp or store.stamp()))
    elif order == "drop":
        store.drop({rest})
        print("dropped")
    elif order == "disk":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest), int(rest)))
        print("full")
    sys.stdout.flush()
"""

Order = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def other(folder: Path) -> Iterator[Order]:
    """Another process with a store over the same folder; takes an order, gives what it says."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        orders, words = process.stdin, process.stdout

        def order(text: str) -> str:
            orders.write(f"{text}\n")
            orders.flush()
            return words.readline().strip()

        yield order
        orders.close()


def keep(store: PageStore, text: str) -> bool:
    return store.put(DAM, PUBLIC, Page(text.encode(), "text/plain", 0), tags={"story"}, stamp=store.stamp())


def test_what_one_process_keeps_and_drops_the_other_gives_and_gives_no_more(
    folder: Path, other: Order
) -> None:
    store = PageStore(folder)
    keep(store, "early")
    assert other(f"get {DAM}") == "early"
    store.drop({"story"})
    assert other(f"get {DAM}") == "nothing"
    keep(store, "late")
    assert other(f"get {DAM}") == "late"
    assert other("drop story") == "dropped"
    assert store.get(DAM, PUBLIC) is None


def test_what_the_other_process_was_rendering_when_we_dropped_it_is_not_kept(
    folder: Path, other: Order
) -> None:
    assert other("stamp") == "stamped"
    PageStore(folder).drop({"story"})
    assert other(f"put {DAM} replaced") == "False"
    assert PageStore(folder).get(DAM, PUBLIC) is None


def test_a_page_that_no_longer_fits_on_the_disk_is_not_kept_and_leaves_nothing(
    folder: Path, other: Order
) -> None:
    store = PageStore(folder)
    keep(store, "early")
    before = set(folder.rglob("*"))
    assert other("disk 500") == "full"
    assert other(f"put /long/ {'word ' * 1_000}") == "False"
    assert set(folder.rglob("*.page")) == {path for path in before if path.suffix == ".page"}
    assert not [path for path in folder.rglob("*") if path.is_file() and path not in before]
    assert other(f"get {DAM}") == "early"


def test_a_drop_that_the_full_disk_cannot_note_drops_everything(folder: Path, other: Order) -> None:
    store = PageStore(folder)
    keep(store, "early")
    size = (folder / "journal").stat().st_size
    assert other(f"disk {size}") == "full"
    assert other("drop story") == "dropped"
    assert store.get(DAM, PUBLIC) is None
    assert PageStore(folder).get(DAM, PUBLIC) is None
    assert keep(store, "late")
    assert store.get(DAM, PUBLIC) is not None


def test_a_process_killed_while_it_keeps_and_drops_leaves_a_store_that_works(folder: Path) -> None:
    busy = """
import sys
from pathlib import Path
from careo.edge.page import Page
from careo.edge.store import PageStore
store, number = PageStore(Path(sys.argv[1]), journal_bytes=2_000), 0
print("begun", flush=True)
while True:
    number += 1
    page = Page(b"%d " % number * 5_000, "text/plain", 0)
    store.put("/busy/", "public", page, tags={"busy"}, stamp=store.stamp())
    store.drop({"busy"})
"""
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", busy, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.15)
            process.send_signal(signal.SIGKILL)
        store = PageStore(folder)
        assert keep(store, "whole")
        found = PageStore(folder).get(DAM, PUBLIC)
        assert found is not None
        assert found.body == b"whole"
