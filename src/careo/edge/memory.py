"""The pages one process has at hand: the least recently asked for go when they weigh too much together."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from careo.edge.page import Page
from careo.edge.pagefile import Kept
from careo.edge.variants import Variant

Key = tuple[str, Variant]


class Memory:
    """At most `limit` bytes of pages, about. Not safe for threads by itself: its store guards it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._tagged: defaultdict[str, set[Key]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, path: str, variant: Variant) -> Page | None:
        key = (path, variant)
        kept = self._pages.get(key)
        if kept is None:
            return None
        self._pages.move_to_end(key)
        return kept.page

    def keep(self, kept: Kept) -> None:
        key = (kept.path, kept.variant)
        self._remove(key)
        if kept.page.weight > self.limit:
            return
        self._pages[key] = kept
        self.weight += kept.page.weight
        for tag in kept.tags:
            self._tagged[tag].add(key)
        while self.weight > self.limit:
            self._remove(next(iter(self._pages)))

    def drop(self, tags: Iterable[str]) -> None:
        for tag in tags:
            for key in list(self._tagged.get(tag, ())):
                self._remove(key)

    def clear(self) -> None:
        self._pages.clear()
        self._tagged.clear()
        self.weight = 0

    def _remove(self, key: Key) -> None:
        kept = self._pages.pop(key, None)
        if kept is None:
            return
        self.weight -= kept.page.weight
        for tag in kept.tags:
            self._tagged[tag].discard(key)
            if not self._tagged[tag]:
                del self._tagged[tag]
