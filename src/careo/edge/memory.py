"""The pages one process has at hand: the least recently asked for go when they weigh too much together.

A page comes in light, with its smallest form alone, and grows by the forms that somebody asks for: browsers take
brotli, so that most pages never need a second. Growth is noticed at the next `get` of the page.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from careo.edge.page import Page
from careo.edge.variants import Variant

Key = tuple[str, Variant]


class _Held:
    """A page with what is needed to let it go."""

    __slots__ = ("page", "tags", "weight")

    def __init__(self, page: Page, tags: frozenset[str]) -> None:
        self.page, self.tags, self.weight = page, tags, page.weight


class Memory:
    """At most `limit` bytes of pages, about. Not safe for threads by itself: its store guards it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._pages: OrderedDict[Key, _Held] = OrderedDict()
        self._tagged: defaultdict[str, set[Key]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, path: str, variant: Variant) -> Page | None:
        key = (path, variant)
        held = self._pages.get(key)
        if held is None:
            return None
        self._pages.move_to_end(key)
        if held.weight != held.page.weight:
            self._weigh(held)
        return held.page

    def keep(self, path: str, variant: Variant, page: Page, tags: frozenset[str]) -> None:
        key = (path, variant)
        self._remove(key)
        held = _Held(page.light(), tags)
        if held.weight > self.limit:
            return
        self._pages[key] = held
        self.weight += held.weight
        for tag in tags:
            self._tagged[tag].add(key)
        self._make_room()

    def drop(self, tags: Iterable[str]) -> None:
        for tag in tags:
            for key in list(self._tagged.get(tag, ())):
                self._remove(key)

    def clear(self) -> None:
        self._pages.clear()
        self._tagged.clear()
        self.weight = 0

    def _weigh(self, held: _Held) -> None:
        """Count the forms that were made since it was last weighed."""
        grown = held.page.weight - held.weight
        held.weight += grown
        self.weight += grown
        self._make_room()

    def _make_room(self) -> None:
        while self.weight > self.limit:
            self._remove(next(iter(self._pages)))

    def _remove(self, key: Key) -> None:
        held = self._pages.pop(key, None)
        if held is None:
            return
        self.weight -= held.weight
        for tag in held.tags:
            self._tagged[tag].discard(key)
            if not self._tagged[tag]:
                del self._tagged[tag]
