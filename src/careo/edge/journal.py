"""The store's journal: which tags were dropped, and in what order, for every process on the machine to see.

A file of lines, only ever appended to, under a lock:

    {"journal": "9f0c…", "base": 0}      which journal this is, and how many bytes were compacted away before it
    ["home", "story:12"]                 tags dropped together
    ["~home"]                            a tag whose pages are out of date and no more: better than no page at all

A *position* is a byte in the journal as if nothing had ever been compacted away, so it only grows: what was dropped
after a page was begun has a greater position than the page's stamp. A lost or damaged journal is replaced by
one with a new name, and no stamp or page of the old one counts any more: when in doubt, nothing is kept.

Whether something was dropped is asked at each request, so it is asked the cheapest way: has the open file grown? Who
puts another in its place, or removes it, gives the old one another length after that. Only one that others than Careo took
away is noticed later, when its name is looked up again.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from careo.edge.errors import StoreUnwritable

# How long the open file is taken for the one of that name: to look it up costs as much as all the rest of a `get`.
LOOK_UP_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in the order of droppings: how far which journal had come. Compared only by the store."""

    journal: str
    position: int


class News(NamedTuple):
    """What happened since the journal was last looked at: everything is to be forgotten, or what has these tags."""

    all: bool
    tags: frozenset[str]


NOTHING = News(all=False, tags=frozenset())
EVERYTHING = News(all=True, tags=frozenset())


MERELY_OLD = "~"  # before a tag in the journal; no tag begins with it


class Damaged(Exception):
    """Bytes in the journal that Careo did not write."""


class Journal:
    """One process's view of the journal. Not safe for threads by itself: its store guards it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = str(path)
        self._forget()

    def _forget(self) -> None:
        self.name = ""
        self.base = self.position = 0
        self.last_dropped: dict[str, int] = {}
        self.last_forbidden: dict[str, int] = {}  # as above, without what is merely out of date
        self._inode = self._size = -1  # as last read: where both are the same nothing was dropped since
        self._look_up_at = 0.0  # monotonic seconds
        self._file = -1  # kept open, so that the inode of a replaced journal is not given to its successor

    @property
    def known(self) -> bool:
        return self.name != ""

    @property
    def epoch(self) -> tuple[str, int]:
        """Changes when the journal is replaced or compacted."""
        return self.name, self.base

    def stamp(self) -> Stamp:
        return Stamp(self.name, self.position)

    def overtaken(self, tags: Collection[str], stamp: Stamp) -> bool:
        """Was one of the tags dropped after the stamp, or is that no longer known?"""
        if not self.known or stamp.journal != self.name or stamp.position > self.position:
            return True
        return any(self.last_dropped.get(tag, -1) > stamp.position for tag in tags)

    def forbidden(self, tags: Collection[str], stamp: Stamp) -> bool:
        """Was one of the tags dropped for good after the stamp, or is that no longer known?"""
        if not self.known or stamp.journal != self.name or stamp.position > self.position:
            return True
        return any(self.last_forbidden.get(tag, -1) > stamp.position for tag in tags)

    def too_old(self, stamp: Stamp) -> bool:
        """Was it taken before droppings that were compacted away? Pages kept by then were looked through, others not."""
        return stamp.position < self.base

    def catch_up(self) -> News:
        """Read what was appended since the last call; one `lseek` where nothing was."""
        return NOTHING if self._is_as_it_was() else self.look_up()

    def look_up(self) -> News:
        """The same, and whether the journal is still the one of that name; one `stat` where nothing was."""
        try:
            look_up_at = time.monotonic() + LOOK_UP_SECONDS
            status = os.stat(self._name)  # noqa: PTH116  # asked at each get; Path.stat takes twice as long
            if status.st_ino != self._inode:
                news = self._reopen()
            else:
                news = NOTHING if status.st_size == self._size else self._read_on(status.st_size)
            self._look_up_at = look_up_at
            return news
        except (OSError, Damaged):
            self.close()
            return EVERYTHING

    def _is_as_it_was(self) -> bool:
        return time.monotonic() < self._look_up_at and os.lseek(self._file, 0, os.SEEK_END) == self._size

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._forget()

    def mend(self) -> bool:
        """Under the lock, caught up: begin a journal where there is none, or one that cannot be gone on with."""
        if self.known and self._ends_well():
            return False
        self.replace(secrets.token_hex(8), base=0)
        return True

    def append(self, tags: Collection[str]) -> None:
        """Note under the lock that the tags are dropped, on the disk before this returns.

        A disk too full to say so loses the whole journal instead, and with it every page. Raises StoreUnwritable.
        """
        line = json.dumps(sorted(tags)).encode() + b"\n"
        try:
            with self.path.open("ab", buffering=0) as file:
                if file.write(line) != len(line):
                    raise OSError("only a part of the line could be written")
                os.fsync(file.fileno())
        except OSError:
            self.destroy()

    def destroy(self) -> None:
        """Lose the journal, so that no page kept under it counts. Raises StoreUnwritable."""
        with self._told_to_whoever_has_it_open():
            try:
                self.path.unlink(missing_ok=True)
            except OSError as error:
                raise StoreUnwritable(self.path.parent, error) from error

    def replace(self, name: str, *, base: int) -> None:
        """Begin the file anew, under the lock; readers see the old one or the new one, never half of it."""
        draft = self.path.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(json.dumps({"journal": name, "base": base}).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with self._told_to_whoever_has_it_open():
            draft.rename(self.path)

    @contextmanager
    def _told_to_whoever_has_it_open(self) -> Iterator[None]:
        """Around what takes the file away: gives the old one another length, so that its readers look for the new."""
        try:
            old = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
        except OSError:
            yield  # there is none, or none that could have been read
            return
        try:
            yield
            size = os.fstat(old).st_size
            try:
                os.ftruncate(old, size + 1)  # takes no room on a full disk; half a line, which nobody reads
            except OSError:
                os.ftruncate(old, max(size - 1, 0))
        finally:
            os.close(old)

    def _ends_well(self) -> bool:
        """Half a line is what a crash leaves: it may have been a tag."""
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def _read_on(self, size: int) -> News:
        if size < self._size:
            raise Damaged
        before = self.position
        tags = self._learn(_read_from(self._file, self._size))
        self._size += self.position - before
        return News(all=False, tags=tags)

    def _reopen(self) -> News:
        """Read a journal other than the one known so far."""
        name, reached = self.name, self.position
        self.close()
        self._file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        first, newline, rest = _read_from(self._file, 0).partition(b"\n")
        self.name, self.base = _header(first)
        # Compacted just where we stood. Else some droppings were never seen. What was dropped before is forgotten either
        # way: no file is left that it forbids, no stamp from before it is taken, and the names would only become more.
        went_on = (self.name, self.base) == (name, reached)
        self.position = self.base
        tags = self._learn(rest)
        self._inode = os.fstat(self._file).st_ino
        self._size = len(first + newline) + self.position - self.base
        return News(all=not went_on, tags=tags)

    def _learn(self, content: bytes) -> frozenset[str]:
        """Learn from whole lines; the rest of a line that is just being written is read next time."""
        dropped: set[str] = set()
        for line in content[: content.rfind(b"\n") + 1].splitlines(keepends=True):
            self.position += len(line)
            for word in _tags(line):
                tag = word.removeprefix(MERELY_OLD)
                self.last_dropped[tag] = self.position
                if tag == word:
                    self.last_forbidden[tag] = self.position
                dropped.add(tag)
        return frozenset(dropped)


def _read_from(file: int, offset: int) -> bytes:
    pieces = []
    while piece := os.pread(file, 1 << 20, offset):
        pieces.append(piece)
        offset += len(piece)
    return b"".join(pieces)


def _header(line: bytes) -> tuple[str, int]:
    try:
        header = json.loads(line)
        return str(header["journal"]), int(header["base"])
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged from error


def _tags(line: bytes) -> list[str]:
    try:
        tags = json.loads(line)
    except ValueError as error:
        raise Damaged from error
    if not isinstance(tags, list):
        raise Damaged
    return [str(tag) for tag in tags]
