"""The page store of a newspaper on several machines: what one drops, the others drop too, within a second.

Each machine keeps its own pages; Redis or Valkey carries only the droppings, as a stream:

    careo:drops:post.example   1-0 {"by": "9f0c…", "words": ["page:12", "~latest"]}

A process that serves *follows* it. While the stream cannot be read, what the store holds may be old, so it gives
nothing and Django answers; a stream that lost entries not yet seen empties the store. A dropping that cannot be told is
written to `untold` in the store's folder and told later, also after a restart. A crash between a commit and its dropping
is `careo serve`'s to mend: it begins with an empty store then, and has the others empty theirs (`tell_everything`).
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careo.edge.errors import StoreUnwritable
from careo.edge.journal import MERELY_OLD
from careo.edge.page import Page
from careo.edge.store import JOURNAL_BYTES, MEMORY_BYTES, PageStore
from careo.edge.variants import Variant

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)

MOST_ENTRIES = 100_000  # about; some 10 MB in Redis, and days of publishing
# The stream is looked at so often, in one question: while 64 threads draw pages, each answer is waited for a third of a second.
LOOK_SECONDS = 0.1
TROUBLED_SECONDS = 0.5  # and so often while it cannot be
TRUST_SECONDS = 0.9  # since it was last looked at
ANSWER_SECONDS = 1.0  # for Redis to answer, or to be reached
PAUSE_SECONDS = 5.0  # after it did not: whoever publishes is not held up for each dropping anew
EVERYTHING = "*"  # in place of tags: what was dropped is not known


class SharedPageStore(PageStore):
    """`stream` names the paper in a Redis that serves others too. Raises ImportError where redis-py is missing."""

    def __init__(
        self,
        folder: Path,
        *,
        redis_url: str,
        stream: str,
        memory_bytes: int = MEMORY_BYTES,
        journal_bytes: int = JOURNAL_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(folder, memory_bytes=memory_bytes, journal_bytes=journal_bytes)
        self._redis = _connect(redis_url)
        self._stream = stream
        self._clock = clock
        self._me = secrets.token_hex(8)
        self._untold = _Untold(folder / "untold")
        self._follows = False
        self._seen = ""  # the last entry that was read
        self._read_at = float("-inf")

    def follow(self) -> None:
        """From now on drop what others drop, in a thread, and give nothing while that cannot be known."""
        self._follows = True
        threading.Thread(target=self._follow, name=f"droppings {self._stream}", daemon=True).start()

    def get(self, path: str, variant: Variant) -> Page | None:
        return super().get(path, variant) if self.is_trusted else None

    def stale(self, path: str) -> Page | None:
        """As everywhere, and nothing while it may be that another machine dropped it for good."""
        return super().stale(path) if self.is_trusted else None

    @property
    def is_trusted(self) -> bool:
        """Is it known what the others dropped? A process that does not follow cannot say, and only its own counts."""
        return not self._follows or self._clock() - self._read_at < TRUST_SECONDS

    def drop(self, tags: Collection[str], *, merely_old: Collection[str] = ()) -> None:
        """Here at once, elsewhere as soon as they hear of it. Raises StoreUnwritable."""
        super().drop(tags, merely_old=merely_old)
        words = sorted({*tags, *(MERELY_OLD + tag for tag in set(merely_old) - set(tags))})
        if words:
            try:
                self._untold.tell([words], self._tell)
            except OSError as error:
                raise StoreUnwritable(self.folder, error) from error

    def _tell(self, words: list[str]) -> str:
        entry: Any = {"by": self._me, "words": json.dumps(words)}
        return str(self._redis.xadd(self._stream, entry, maxlen=MOST_ENTRIES, approximate=True))

    def _follow(self) -> None:
        troubled = False
        while True:
            try:
                self._catch_up_with_others()
                self._untold.tell([], self._tell)
                troubled = False
            except (
                Exception
            ) as error:  # whatever the connection raises: it is tried again, and nothing given meanwhile
                if not troubled:
                    log.warning(
                        "The droppings of other machines cannot be read (%s); pages are drawn anew.", error
                    )
                troubled = True
            time.sleep(TROUBLED_SECONDS if troubled else LOOK_SECONDS)

    def _catch_up_with_others(self) -> None:
        """Drop what is new in the stream; everything, where not all that is new is in it any more."""
        asked = self._clock()
        first, last, came = self._look()
        if not self._seen or not first <= _order(self._seen) <= last:
            # An empty stream gets a first entry: if it is lost, that will show.
            seen = f"{last[0]}-{last[1]}" if last > _NONE else self._tell([])
            self.clear()
            self._seen = seen
        else:
            for number, entry in came:
                self._take(entry)
                self._seen = number
        self._read_at = asked

    def _look(self) -> tuple[_Order, _Order, list[tuple[str, dict[str, str]]]]:
        """The stream at one moment: its first and its last entry's place, and what came after the last that was seen."""
        with self._redis.pipeline() as question:
            question.xrange(self._stream, count=1)
            question.xrevrange(self._stream, count=1)
            question.xread({self._stream: self._seen or "$"})
            first, last, came = question.execute()
        return _place(first), _place(last), [entry for _, entries in came or () for entry in entries]

    def _take(self, entry: dict[str, str]) -> None:
        if entry.get("by") == self._me:
            return
        words = json.loads(entry["words"])
        if EVERYTHING in words:
            self.clear()
            return
        old = {word.removeprefix(MERELY_OLD) for word in words if word.startswith(MERELY_OLD)}
        super().drop({word for word in words if not word.startswith(MERELY_OLD)}, merely_old=old)


def tell_everything(folder: Path) -> None:
    """Have the other machines empty their stores, too, as soon as a process that follows can tell them. For whoever has
    no connection of its own. Raises StoreUnwritable."""
    try:
        _Untold(folder / "untold").note([[EVERYTHING]])
    except OSError as error:
        raise StoreUnwritable(folder, error) from error


class _Untold:
    """Droppings that the others have yet to be told of, in a file of lines, oldest first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._pause_until = float("-inf")  # monotonic seconds

    def note(self, new: list[list[str]]) -> None:
        """Have it wait."""
        with self._alone():
            self._write([*self._read(), *new])

    def tell(self, new: list[list[str]], tell: Callable[[list[str]], object]) -> None:
        """Tell what waits and what is new, in this order; what cannot be told waits. Raises what `tell` raised where
        nothing is new."""
        if not new and not self._path.exists():
            return
        with self._alone():
            waiting = [*self._read(), *new]
            try:
                if not new or time.monotonic() > self._pause_until:
                    self._tell_all(waiting, tell)
            except Exception as error:
                if not new:
                    raise
                log.warning(
                    "Other machines could not be told what was dropped (%s); it is tried again.", error
                )
            finally:
                self._write(waiting)

    def _tell_all(self, waiting: list[list[str]], tell: Callable[[list[str]], object]) -> None:
        self._pause_until = time.monotonic() + PAUSE_SECONDS  # unless all goes well
        while waiting:
            tell(waiting[0])
            del waiting[0]
        self._pause_until = float("-inf")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Against the threads and the other processes of this machine."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._mutex, self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _read(self) -> list[list[str]]:
        try:
            return [json.loads(line) for line in self._path.read_text().splitlines()]
        except FileNotFoundError:
            return []
        except ValueError:  # a disk that lost a part of it
            return [[EVERYTHING]]

    def _write(self, waiting: list[list[str]]) -> None:
        if waiting:
            draft = self._path.with_suffix(".new")
            with draft.open("w") as file:
                file.writelines(json.dumps(words) + "\n" for words in waiting)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._path)
        elif self._path.exists():
            self._path.unlink()


_Order = tuple[int, int]
_NONE: _Order = (0, 0)  # before every entry


def _order(entry: str) -> _Order:
    milliseconds, _, number = entry.partition("-")
    return int(milliseconds), int(number)


def _place(found: list[tuple[str, dict[str, str]]]) -> _Order:
    return _order(found[0][0]) if found else _NONE


def _connect(url: str) -> Redis:
    import redis

    return redis.Redis.from_url(
        url, decode_responses=True, socket_connect_timeout=ANSWER_SECONDS, socket_timeout=ANSWER_SECONDS
    )
