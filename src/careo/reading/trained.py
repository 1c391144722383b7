"""The trained reader, loaded by whoever asks first and shared by all threads: nothing in it changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from careo.reading.encoder import Encoder
from careo.reading.model import Model
from careo.reading.weights import load

_FILE = Path(__file__).parent / "reader.npz"


@cache
def trained() -> Model:
    """The engine that `read` takes unless told otherwise; a fifth of a second to load, some 60 MB."""
    weights = load(_FILE)
    return Model(weights.name, Encoder(weights.arrays, weights.table, weights.heads), weights.pieces)
