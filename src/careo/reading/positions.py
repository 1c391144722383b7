"""From places in a text to its sentences and words, by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span


class Positions:
    """An index over a surface; places are code points."""

    def __init__(self, cut: Surface) -> None:
        self._cut = cut
        self._sentences = [sentence.start for sentence in cut.sentences]
        self._words = [word.start for word in cut.words]

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds the place, or of the last one before it."""
        return max(bisect_right(self._sentences, at) - 1, 0)

    def numbers(self, span: Span) -> range:
        """The numbers of the words that begin in the span."""
        return range(bisect_left(self._words, span.start), bisect_left(self._words, span.end))

    def words(self, span: Span) -> Sequence[Word]:
        found = self.numbers(span)
        return self._cut.words[found.start : found.stop]

    def is_quoted(self, at: int) -> bool:
        number = bisect_right(self._words, at) - 1
        return number >= 0 and self._cut.quoted[number] >= 0
