"""Take off a vector what all sentences of its language share, so that what remains is the subject.

Without it two English sentences on different subjects look as alike as a sentence and its translation: grouping the
headlines of a summer in two languages, taking the mean off raised F1 over pairs in different languages from 24 to 42.
The mean begins with sentences of our own (`ordinary.py`) and moves with what is learnt.
"""

from __future__ import annotations

import threading
import weakref

import numpy as np

from careo.reading.ordinary import ORDINARY
from careo.reading.similarity import Encoder, Vectors, unit

_kept: weakref.WeakKeyDictionary[Encoder, dict[str, Vectors]] = weakref.WeakKeyDictionary()
_keeping = threading.Lock()


def ordinary_mean(language: str, encoder: Encoder) -> Vectors:
    """The mean vector of a language's ordinary sentences, computed once an encoder (0.1 s)."""
    with _keeping:
        means = _kept.setdefault(encoder, {})
        if language not in means:
            means[language] = np.asarray(encoder.encode(ORDINARY[language]).mean(axis=0), np.float32)
        return means[language]


def centred(rows: Vectors, mean: Vectors) -> Vectors:
    """Each row without the mean, scaled to length 1 again."""
    return unit(np.asarray(rows - mean, np.float32))


class RunningMeans:
    """The mean of each language's vectors so far, beginning with the ordinary ones, as if those had been seen."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._sums: dict[str, Vectors] = {}
        self._counts: dict[str, int] = {}

    def learn(self, language: str, vector: Vectors) -> None:
        self._sums[language] = np.asarray(self._sum(language) + vector, np.float32)
        self._counts[language] = self._count(language) + 1

    def mean(self, language: str) -> Vectors:
        return np.asarray(self._sum(language) / self._count(language), np.float32)

    def _sum(self, language: str) -> Vectors:
        if language not in self._sums:
            self._sums[language] = ordinary_mean(language, self._encoder) * len(ORDINARY[language])
        return self._sums[language]

    def _count(self, language: str) -> int:
        return self._counts.get(language, len(ORDINARY[language]))
