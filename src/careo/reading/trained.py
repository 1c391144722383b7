"""The trained reader, loaded by whoever asks first and shared by all threads: nothing in it changes."""

from __future__ import annotations

import threading
from pathlib import Path

from careo.reading.encoder import Encoder
from careo.reading.model import Model
from careo.reading.weights import SHIPPED, load

_shared: Model | None = None
_loading = threading.Lock()


def trained() -> Model:
    """The engine that `read` takes unless told otherwise; half a second to load, some 80 MB."""
    global _shared
    with _loading:
        if _shared is None:
            _shared = model(SHIPPED)
        return _shared


def model(path: Path) -> Model:
    """An engine with other weights, to be compared."""
    weights = load(path)
    return Model(weights.name, Encoder(weights.arrays, weights.table, weights.layers), weights.pieces)
