"""Cut words into the sub-word pieces that the model knows: the likeliest way by a unigram table (Kudo, 2018).

A piece that begins a word after white space carries "▁" in front, as in SentencePiece. A character that no piece holds
is the unknown piece.

>>> pieces = Pieces(["<unk>", "▁", "▁cor", "tes", "t", "e", "s", "."], [0, -9, -5, -4, -8, -8, -8, -3])
>>> [pieces.table[number] for number in pieces.of("cortes", spaced=True)]
['▁cor', 'tes']
>>> [pieces.table[number] for number in pieces.of(".", spaced=False)]
['.']
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

UNKNOWN = 0
SPACE = "▁"
# Longer runs are no words; what stands behind adds cost and no meaning.
_LONGEST_WORD = 60
# Words repeat; more than a newspaper's vocabulary need not be kept.
_KEPT = 50_000


class Pieces:
    """A table of pieces, the unknown one first, and the logarithm of how likely each is."""

    def __init__(self, table: Sequence[str], scores: Sequence[float]) -> None:
        self.table = tuple(table)
        self._numbers = {piece: number for number, piece in enumerate(self.table) if number != UNKNOWN}
        self._scores = tuple(float(score) for score in scores)
        self._longest = max(map(len, self.table))
        self._worst = min(self._scores) - 10
        self._kept: dict[tuple[str, bool], tuple[int, ...]] = {}

    def of(self, word: str, *, spaced: bool) -> tuple[int, ...]:
        """The pieces of one word, never none; `spaced` says that white space, or nothing, stands before it."""
        key = (word, spaced)
        known = self._kept.get(key)
        if known is None:
            known = self._cut(word, spaced)
            if len(self._kept) < _KEPT:
                self._kept[key] = known
        return known

    def _cut(self, word: str, spaced: bool) -> tuple[int, ...]:
        text = unicodedata.normalize("NFKC", word[:_LONGEST_WORD]).replace(" ", "")[:_LONGEST_WORD]
        if spaced:
            text = SPACE + text
        best = [0.0] + [float("-inf")] * len(text)
        back = [(0, UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                number = self._numbers.get(text[start:end])
                if number is None:
                    if end > start + 1:
                        continue
                    number = UNKNOWN
                score = best[start] + (self._worst if number == UNKNOWN else self._scores[number])
                if score > best[end]:
                    best[end], back[end] = score, (start, number)
        found: list[int] = []
        at = len(text)
        while at > 0:
            at, number = back[at]
            found.append(number)
        return tuple(reversed(found)) or (UNKNOWN,)
