"""A text in windows that the model can take in at once: pieces, what each stands in, and where its words begin.

Windows end where a sentence does, if one ends in their last third, and each takes up again the last sentences of the
one before, so that every cue has room on both sides in one of them. The work grows with the length of the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from careo.reading.pieces import Pieces
from careo.reading.surface import Surface

# Pieces a window holds at most, and how many of them it shares with the one before.
SIZE = 320
SHARED = 96
# What a piece stands in: inside quotation marks, at the head of a sentence, at the head of a paragraph.
QUOTED, SENTENCE, PARAGRAPH = 1, 2, 4
CONTEXTS = 8


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, last) of the surface. Piece i stands in `contexts[i]`; word first + j begins with piece `heads[j]`."""

    first: int
    last: int
    pieces: list[int]
    contexts: list[int]
    heads: list[int]


class Windows:
    """All pieces of a text, cut once; windows are slices of them."""

    def __init__(self, cut: Surface, pieces: Pieces) -> None:
        self._numbers: list[int] = []
        self._contexts: list[int] = []
        self._heads: list[int] = []
        self.sentence_ends = {sentence.last for sentence in cut.sentences}
        heads = _contexts(cut)
        end = -1
        for at, word in enumerate(cut.words):
            found = pieces.of(word.text, spaced=word.start != end)
            end = word.end
            self._heads.append(len(self._numbers))
            self._numbers.extend(found)
            self._contexts.append(heads[at])
            self._contexts.extend([heads[at] & QUOTED] * (len(found) - 1))
        self.words = len(cut.words)

    def window(self, first: int, last: int) -> Window:
        begin, end = self._heads[first], self.piece(last)
        return Window(
            first,
            last,
            self._numbers[begin:end],
            self._contexts[begin:end],
            [head - begin for head in self._heads[first:last]],
        )

    def piece(self, word: int) -> int:
        """The first piece of a word, or the number of all pieces after the last."""
        return self._heads[word] if word < self.words else len(self._numbers)

    def reach(self, first: int, size: int) -> int:
        """The word after the last that fits into `size` pieces from `first` on; one word at least."""
        limit = self.piece(first) + size
        last = min(first + size, self.words)
        while last > first + 1 and self.piece(last) > limit:
            last -= 1
        return last

    def __iter__(self) -> Iterator[Window]:
        first = 0
        while first < self.words:
            last = self._end(first)
            yield self.window(first, last)
            if last == self.words:
                return
            first = self._next(first, last)

    def _end(self, first: int) -> int:
        reach = self.reach(first, SIZE)
        if reach == self.words:
            return reach
        earliest = first + 2 * (reach - first) // 3
        return next((end for end in range(reach, earliest, -1) if end in self.sentence_ends), reach)

    def _next(self, first: int, last: int) -> int:
        limit = self.piece(last) - SHARED
        start = last
        while start > first + 1 and self.piece(start - 1) >= limit:
            start -= 1
        within = next((at for at in range(start, last) if at in self.sentence_ends), start)
        return max(within, first + 1)


def _contexts(cut: Surface) -> list[int]:
    found = [QUOTED if number >= 0 else 0 for number in cut.quoted]
    paragraph = -1
    for sentence in cut.sentences:
        if sentence.first < sentence.last:
            found[sentence.first] |= SENTENCE | (PARAGRAPH if sentence.paragraph != paragraph else 0)
            paragraph = sentence.paragraph
    return found
