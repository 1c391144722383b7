"""Drawn pieces of pages, kept in memory by all that they were drawn from; the least used leave."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Piece = TypeVar("Piece")

# Beside the characters: the key's values, the entry, and what Python needs for each; measured with sys.getsizeof.
ENTRY_BYTES = 2_500


class Kept(Generic[Piece]):
    """A bounded store. Nothing is ever dropped because it changed: what changed is asked for by another key."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self.weight = most_bytes, 0
        self._pieces: OrderedDict[Hashable, tuple[Piece, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    def get(self, key: Hashable) -> Piece | None:
        with self._lock:
            found = self._pieces.get(key)
            if found is None:
                return None
            self._pieces.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, piece: Piece, characters: int) -> None:
        """`characters`: of the piece and of the texts in its key; four bytes each is the most that they take."""
        weight = 4 * characters + ENTRY_BYTES
        with self._lock:
            if (before := self._pieces.pop(key, None)) is not None:
                self.weight -= before[1]
            self._pieces[key] = (piece, weight)
            self.weight += weight
            while self.weight > self._most:
                self.weight -= self._pieces.popitem(last=False)[1][1]
