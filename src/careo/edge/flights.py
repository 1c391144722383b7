"""One maker for each page: who asks for it meanwhile waits, and finds it in the store.

Within a process by an event for each page being made, between processes by a lock on one byte of a file, at a place
that the page's path decides. This saves work and no more: that nothing outdated is kept is the store's own care, so
whoever has waited long enough, or cannot lock, goes on alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

PATIENCE_SECONDS = 10.0  # for another's rendering; most take some 20 ms
_LOOK_AGAIN_SECONDS = 0.01  # between processes, where nothing wakes us


class Flight:
    """A page being made. `mine` says whether by the caller; `for_all`, set by the maker, whether others may find it in
    the store afterwards, unless it was out of date by then."""

    __slots__ = ("for_all", "landed", "mine")

    def __init__(self, mine: bool, landed: Event) -> None:
        self.mine, self.landed, self.for_all = mine, landed, False


class Flights:
    """All that is being made by this process; `file` is shared with the others."""

    def __init__(self, file: Path, *, patience: float = PATIENCE_SECONDS) -> None:
        self.file = file
        self.patience = patience
        self._in_the_air: dict[str, Flight] = {}
        self._mutex = Lock()
        self._descriptor = -1  # kept open: closing it would end every lock of this process

    @contextmanager
    def join(self, path: str) -> Iterator[Flight]:
        """Begin to make the page, or wait until whoever has begun is done."""
        with self._mutex:
            other = self._in_the_air.get(path)
            if other is None:
                flight = self._in_the_air[path] = Flight(mine=True, landed=Event())
        if other is not None:
            other.landed.wait(self.patience)
            joined = Flight(mine=False, landed=other.landed)
            joined.for_all = other.for_all and other.landed.is_set()
            yield joined
            return
        try:
            with self._alone_on_this_machine(path):
                yield flight
        finally:
            with self._mutex:
                del self._in_the_air[path]
            flight.landed.set()

    @contextmanager
    def _alone_on_this_machine(self, path: str) -> Iterator[None]:
        place = place_of(path)
        locked = self._lock(place)
        try:
            yield
        finally:
            if locked:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, place)

    def _lock(self, place: int) -> bool:
        """Once no other process makes the page; False where that cannot be told, or takes too long."""
        end = time.monotonic() + self.patience
        try:
            while not self._lock_now(place):
                if time.monotonic() > end:
                    return False
                time.sleep(_LOOK_AGAIN_SECONDS)
        except OSError:
            return False
        return True

    def _lock_now(self, place: int) -> bool:
        with self._mutex:
            if self._descriptor < 0:
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except BlockingIOError:
            return False
        return True


def place_of(path: str) -> int:
    """The byte of the file that stands for the path."""
    return int.from_bytes(hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()[:7], "big")
