"""Common words of both languages: those that the reader's table of pieces holds whole in lower case."""

from __future__ import annotations

from functools import cache

import numpy as np

from careo.reading.pieces import SPACE
from careo.reading.weights import SHIPPED


@cache
def common_words() -> frozenset[str]:
    """Some 20,000, read out of the weights' file without the network."""
    with np.load(SHIPPED) as file:
        pieces = bytes(file["pieces"]).decode().split("\n")
    return frozenset(piece[1:] for piece in pieces if piece.startswith(SPACE) and piece[1:].islower())
