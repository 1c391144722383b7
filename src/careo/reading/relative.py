"""Where a word stands as seen from a cue: how many words and sentences away, and in the same quotation or not.

Distances are put into buckets that widen, since "three words before" tells more than "ninety-three".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from careo.reading.surface import Surface

_EDGES = np.array([1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70, 110])
WORD_BUCKETS = 2 * len(_EDGES) + 1
_SENTENCES = 3
SENTENCE_BUCKETS = 2 * _SENTENCES + 1
# Outside quotations; in the cue's own; in the first one after the cue, the last one before; in another.
QUOTE_BUCKETS = 5
Numbers = NDArray[np.int64]


class Places:
    """Sentence and quotation of every word of a surface, as arrays."""

    def __init__(self, cut: Surface) -> None:
        self.sentences: Numbers = np.zeros(len(cut.words), np.int64)
        for number, sentence in enumerate(cut.sentences):
            self.sentences[sentence.first : sentence.last] = number
        self.quoted: Numbers = np.asarray(cut.quoted, np.int64)
        # The number of quotations that began before each word, whether it stands in one or not.
        self._begun: Numbers = np.maximum.accumulate(self.quoted) if len(self.quoted) else self.quoted

    def buckets(self, first: int, last: int, cue: tuple[int, int]) -> tuple[Numbers, Numbers, Numbers]:
        """For words [first, last), seen from the words [cue[0], cue[1]): buckets of words, sentences and quotations."""
        at = np.arange(first, last)
        before, after = cue[0] - at, at - (cue[1] - 1)
        steps = np.where(before > 0, -_bucket(before), np.where(after > 0, _bucket(after), 0))
        sentences = np.clip(self.sentences[first:last] - self.sentences[cue[0]], -_SENTENCES, _SENTENCES)
        return steps + len(_EDGES), sentences + _SENTENCES, self._quotes(first, last, cue[0])

    def _quotes(self, first: int, last: int, cue: int) -> Numbers:
        quoted = self.quoted[first:last]
        own, begun = self.quoted[cue], self._begun[cue]
        found = np.where(quoted < 0, 0, 4)
        found = np.where((quoted >= 0) & (quoted == begun + 1), 2, found)
        found = np.where((quoted >= 0) & (quoted == begun), 3, found)
        return np.where((quoted >= 0) & (quoted == own), 1, found)


def _bucket(distance: Numbers) -> Numbers:
    return np.searchsorted(_EDGES, distance, side="right").astype(np.int64)
