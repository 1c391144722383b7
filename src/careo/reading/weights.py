"""The trained reader's weights as they lie in the package: most of them in eight bits.

The encoder's layers are an ONNX model in the array "layers". Of the rest a matrix is kept as whole numbers of -127 to 127
with one scale a row (`NAME` and `NAME/scale`), a vector as it is. Beside them stand the pieces, one a line, how likely
each is, and what the weights are called. `training/export.py` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from careo.reading.pieces import Pieces

Floats = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "reader.npz"
TABLE = "pieces.weight"
_SCALE = "/scale"


class Rows:
    """A matrix in eight bits of which only the rows that are asked for become floats."""

    def __init__(self, numbers: NDArray[np.int8], scales: NDArray[np.float16]) -> None:
        self._numbers, self._scales = numbers, scales.astype(np.float32)[:, None]

    def __getitem__(self, rows: Sequence[int]) -> Floats:
        return np.asarray(self._numbers[rows] * self._scales[rows], np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """`arrays` by name, without the table of pieces; `layers` is an ONNX model."""

    name: str
    layers: bytes
    arrays: Mapping[str, Floats]
    table: Rows
    pieces: Pieces


def load(path: Path) -> Weights:
    """Read the file, some 25 MB, in a tenth of a second."""
    with np.load(path) as file:
        kept = dict(file)
    name = bytes(kept.pop("name")).decode()
    layers = bytes(kept.pop("layers"))
    pieces = Pieces(bytes(kept.pop("pieces")).decode().split("\n"), kept.pop("scores").tolist())
    table = Rows(kept.pop(TABLE), kept.pop(TABLE + _SCALE))
    arrays = {
        name: array * kept[name + _SCALE].astype(np.float32)[:, None] if name + _SCALE in kept else array
        for name, array in kept.items()
        if not name.endswith(_SCALE)
    }
    return Weights(name, layers, arrays, table, pieces)


def save(
    path: Path,
    name: str,
    layers: bytes,
    arrays: Mapping[str, Floats],
    pieces: Pieces,
    scores: Sequence[float],
) -> None:
    """Write such a file; a matrix of zeros keeps its zeros."""
    kept: dict[str, NDArray[np.generic]] = {
        "name": np.frombuffer(name.encode(), np.uint8),
        "layers": np.frombuffer(layers, np.uint8),
        "pieces": np.frombuffer("\n".join(pieces.table).encode(), np.uint8),
        "scores": np.asarray(scores, np.float32),
    }
    for key, array in arrays.items():
        if array.ndim == 1:
            kept[key] = array.astype(np.float32)
            continue
        scales = np.maximum(np.abs(array).max(axis=1) / 127, 1e-7).astype(np.float16)
        kept[key] = np.clip(np.rint(array / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
        kept[key + _SCALE] = scales
    np.savez(path, **kept)  # type: ignore[arg-type]  # numpy takes the names for its own
