"""Who waits for what: topics with a number that only grows, and listeners that are woken when it has grown.

A hub belongs to one event loop; `tell` may be called from any thread. A listener costs an `asyncio.Event` and no thread.
What other processes do is learnt by asking: while anybody listens, `look` is called with the topics listened to, in
one thread, every `every` seconds; it answers with their numbers, and what is new in them is told as if it were ours.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

Look = Callable[[Collection[str]], Mapping[str, int]]
LOOK_SECONDS = 0.5  # so that what one process keeps is at the listeners of another within a second
log = logging.getLogger(__name__)


class Listener:
    """One who waits. `number` is the topic's newest, as far as it has been told here."""

    __slots__ = ("_grown", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self._grown = asyncio.Event()

    def tell(self, number: int) -> None:
        if number > self.number:
            self.number = number
            self._grown.set()

    async def grown(self) -> None:
        """Until the number has grown since this was last asked."""
        await self._grown.wait()
        self._grown.clear()


class Hub:
    """`look` may be left out where there is one process."""

    def __init__(self, look: Look | None = None, *, every: float = LOOK_SECONDS) -> None:
        self._look, self._every = look, every
        self._topics: dict[str, set[Listener]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looking: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hub")

    def listeners(self, topic: str | None = None) -> int:
        """How many there are, of one topic or of all."""
        return sum(map(len, self._topics.values())) if topic is None else len(self._topics.get(topic, ()))

    @contextmanager
    def listening(self, topic: str, number: int) -> Iterator[Listener]:
        """From within the loop: wait for `topic` to grow beyond `number`."""
        listener = Listener(number)
        self._loop = asyncio.get_running_loop()
        self._topics.setdefault(topic, set()).add(listener)
        self._begin_looking()
        try:
            yield listener
        finally:
            self._topics[topic].discard(listener)
            if not self._topics[topic]:
                del self._topics[topic]

    def tell(self, topic: str, number: int) -> None:
        """From any thread: wake whoever has not been told so much yet."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, topic, number)

    def _tell(self, topic: str, number: int) -> None:
        for listener in self._topics.get(topic, ()):
            listener.tell(number)

    def _begin_looking(self) -> None:
        if self._look is not None and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._keep_looking(self._look))

    async def _keep_looking(self, look: Look) -> None:
        loop, troubled = asyncio.get_running_loop(), False
        while self._topics:
            try:
                numbers = await loop.run_in_executor(self._thread, look, list(self._topics))
            except Exception as error:  # whatever the database raises: listeners are told later
                if not troubled:
                    log.warning("What is new cannot be learnt (%s); it is tried again.", error)
                troubled = True
            else:
                troubled = False
                for topic, number in numbers.items():
                    self._tell(topic, number)
            await asyncio.sleep(self._every)
