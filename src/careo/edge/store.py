"""The page store: rendered pages by path and variant, kept on the disk and in the memory of each process.

    stamp = store.stamp()                      # before anything that goes into the page is read
    page = Page(render(), "text/html; charset=utf-8", last_modified)
    store.put("/politics/dam/", PUBLIC, page, tags={"story:12", "sections"}, stamp=stamp)
    store.drop({"story:12"})                   # at once, in every process on the machine

What is promised: after `drop` has returned, no process on the machine is given a page with one of the tags that was
begun before it, not even one that is still being rendered. Every `get` looks at the journal's file (one `lseek`).
A restart finds the pages again. A folder deleted, a file damaged, a disk full: a page is missing, never wrong.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from careo.edge import pagefile
from careo.edge.flights import Flights
from careo.edge.journal import MERELY_OLD, Journal, News, Stamp
from careo.edge.memory import Memory
from careo.edge.page import Page
from careo.edge.pagefile import Kept
from careo.edge.variants import PUBLIC, Variant

__all__ = ["Page", "PageStore", "Stamp"]

MEMORY_BYTES = 128 * 1024 * 1024  # some 12,000 pages of a story's size, as browsers ask for them
JOURNAL_BYTES = 1024 * 1024  # some 30,000 droppings; read whole by a process that starts, in about 30 ms


class PageStore:
    """Pages under `folder`, which is made when it is needed. Safe for threads and processes."""

    def __init__(
        self, folder: Path, *, memory_bytes: int = MEMORY_BYTES, journal_bytes: int = JOURNAL_BYTES
    ) -> None:
        self.folder = folder
        self.journal_bytes = journal_bytes
        self._journal = Journal(folder / "journal")
        self._memory = Memory(memory_bytes)
        self.flights = Flights(folder / "making")  # for whoever renders, so that each page is rendered once
        self._mutex = Lock()  # guards the two above; never held while a page is read or written

    def stamp(self) -> Stamp:
        """To be taken before rendering; says which droppings the page to come will have seen."""
        with self._mutex:
            self._catch_up()
            if self._journal.known:
                return self._journal.stamp()
        try:
            with self._locked(), self._mutex:
                return self._journal.stamp()
        except OSError:
            return Stamp("", 0)  # no page can be kept now; putting it will be refused

    def put(self, path: str, variant: Variant, page: Page, *, tags: Collection[str], stamp: Stamp) -> bool:
        """Keep the page. False, and nothing is kept, where one of the tags was dropped since the stamp, or the disk
        is full."""
        kept = Kept(path, variant, page.compressed(), frozenset(tags), stamp)
        try:
            with self._locked():
                with self._mutex:
                    if self._journal.too_old(stamp) or self._journal.overtaken(kept.tags, stamp):
                        return False
                pagefile.write(pagefile.place(self.folder, path, variant), kept)
                with self._mutex:
                    self._memory.keep(path, variant, page, kept.tags)
        except OSError:
            return False
        return True

    def get(self, path: str, variant: Variant) -> Page | None:
        """The page as it is to be served now; None where it must be rendered."""
        with self._mutex:
            self._forget(self._journal.catch_up())
            if (page := self._memory.get(path, variant)) is not None or not self._journal.known:
                return page
            epoch = self._journal.epoch
        return self._fetch(path, variant, epoch)

    def at_hand(self) -> tuple[int, int]:
        """Pages in this process's memory, and the bytes they take, about."""
        with self._mutex:
            return len(self._memory), self._memory.weight

    def stale(self, path: str) -> Page | None:
        """The public page as it was before the last change, where that change did no more than put it out of date.

        For when it cannot be made anew: never what was dropped for good.
        """
        with self._mutex:
            self._catch_up()
            epoch = self._journal.epoch
        kept = pagefile.read(pagefile.place(self.folder, path, PUBLIC))
        if kept is None or (kept.path, kept.variant) != (path, PUBLIC):
            return None
        with self._mutex:
            self._catch_up()
            # As in `_fetch`: a compaction meanwhile has forgotten what it forbade.
            if self._journal.epoch != epoch or self._journal.forbidden(kept.tags, kept.stamp):
                return None
            return kept.page

    def drop(self, tags: Collection[str], *, merely_old: Collection[str] = ()) -> None:
        """From now on no page with one of the tags is given, in any process; one that has only tags that are
        `merely_old` may still be given by `stale`. Raises StoreUnwritable."""
        words = {*tags, *(MERELY_OLD + tag for tag in set(merely_old) - set(tags))}
        if not words:
            return
        try:
            with self._locked():
                self._journal.append(words)
                if self._journal.path.stat().st_size > self.journal_bytes:
                    self._compact()
        except OSError:
            self._journal.destroy()
        with self._mutex:
            self._catch_up()

    def clear(self) -> None:
        """Drop every page. Raises StoreUnwritable."""
        self._journal.destroy()
        with self._mutex:
            self._catch_up()
        for shelf in self._shelves():
            shutil.rmtree(shelf, ignore_errors=True)

    def _catch_up(self) -> None:
        self._forget(self._journal.look_up())

    def _forget(self, news: News) -> None:
        if news.all:
            self._memory.clear()
        elif news.tags:
            self._memory.drop(news.tags)

    def _fetch(self, path: str, variant: Variant, epoch: tuple[str, int]) -> Page | None:
        """From the disk into memory, if nothing happened meanwhile that says it must not be given."""
        kept = pagefile.read(pagefile.place(self.folder, path, variant))
        if kept is None or (kept.path, kept.variant) != (path, variant):
            return None
        with self._mutex:
            self._catch_up()
            # A compaction forgets what was dropped before it, having swept the files; this one was read before that.
            if self._journal.epoch != epoch or self._journal.overtaken(kept.tags, kept.stamp):
                return None
            self._memory.keep(path, variant, kept.page, kept.tags)
            return kept.page

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the store against every thread and process, with a journal that is whole and read to its end."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with self._mutex:
                self._catch_up()
                if self._journal.mend():
                    self._catch_up()
            yield
        finally:
            os.close(lock)

    def _compact(self) -> None:
        """Begin the journal anew where it ends, once no file is left that its droppings forbid. Under the lock."""
        with self._mutex:
            self._catch_up()
        for file in (file for shelf in self._shelves() for file in shelf.iterdir()):
            kept = pagefile.read(file) if file.suffix == pagefile.SUFFIX else None
            with self._mutex:
                if kept is None or self._journal.overtaken(kept.tags, kept.stamp):
                    file.unlink()
        with self._mutex:
            self._journal.replace(self._journal.name, base=self._journal.position)
            self._catch_up()

    def _shelves(self) -> list[Path]:
        return [entry for entry in self.folder.iterdir() if entry.is_dir()] if self.folder.is_dir() else []
