"""The model's network with numpy alone: pieces in, states of words out, and two heads that score cues and their parts.

A transformer encoder (Vaswani et al., 2017; post-norm, as BERT) of six layers. The cue head gives each word three
scores: outside, begin, inside. Seen from one cue, the part head gives each word five: outside, begin and inside of the
source, begin and inside of the content. Arrays are float32; W words of C cues give [C, W, 5].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from careo.reading.relative import Places
from careo.reading.windows import Window

Floats = NDArray[np.float32]
Stretch = tuple[int, int]
BEGIN_PIECE, END_PIECE = 1, 2
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class _Layer:
    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    norm1: tuple[Floats, Floats]
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    norm2: tuple[Floats, Floats]


class Table(Protocol):
    """Gives rows of the table of pieces as floats."""

    def __getitem__(self, rows: list[int]) -> Floats: ...


class Encoder:
    """Holds the weights, changes nothing: many threads may use one."""

    def __init__(self, weights: Mapping[str, Floats], table: Table, heads: int) -> None:
        self._w, self._table, self._heads = weights, table, heads
        self._frame = weights["contexts.weight"][0]
        count = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
        self._layers = [_layer(weights, f"layers.{number}.") for number in range(count)]

    def states(self, window: Window) -> Floats:
        """[words, width]: the state of each word's first piece."""
        w = self._w
        pieces = [BEGIN_PIECE, *window.pieces, END_PIECE]
        x = self._table[pieces] + w["positions.weight"][: len(pieces)]
        x[1:-1] += w["contexts.weight"][window.contexts]
        x[0] += self._frame
        x[-1] += self._frame
        x = _norm(x, w["norm.weight"], w["norm.bias"])
        for layer in self._layers:
            x = _norm(x + _attend(x, layer, self._heads), *layer.norm1)
            inner = _gelu(x @ layer.up + layer.up_bias)
            x = _norm(x + (inner @ layer.down + layer.down_bias), *layer.norm2)
        return x[np.asarray(window.heads) + 1]

    def cue_scores(self, states: Floats) -> Floats:
        """[words, 3]: logarithms of probabilities."""
        return _log_softmax(states @ self._w["cue.weight"].T + self._w["cue.bias"])

    def part_scores(self, states: Floats, window: Window, cues: Sequence[Stretch], places: Places) -> Floats:
        """[cues, words, 5]: logarithms of probabilities, seen from each cue (words of the surface, inside the window)."""
        w = self._w
        own, product = np.split(states @ w["from_word.weight"].T + w["from_word.bias"], 2, axis=1)
        scores = []
        for cue in cues:
            mean = states[cue[0] - window.first : cue[1] - window.first].mean(axis=0)
            seen, factor = np.split(w["from_cue.weight"] @ mean, 2)
            words, sentences, quotes = places.buckets(window.first, window.last, cue)
            hidden = (
                own
                + product * factor
                + (
                    seen
                    + w["by_words.weight"][words]
                    + w["by_sentences.weight"][sentences]
                    + w["by_quotes.weight"][quotes]
                )
            )
            scores.append(_log_softmax(_gelu(hidden) @ w["part.weight"].T + w["part.bias"]))
        return np.stack(scores)


def _layer(weights: Mapping[str, Floats], name: str) -> _Layer:
    def matrix(part: str) -> Floats:
        return np.ascontiguousarray(weights[f"{name}{part}.weight"].T)

    def pair(part: str) -> tuple[Floats, Floats]:
        return weights[f"{name}{part}.weight"], weights[f"{name}{part}.bias"]

    return _Layer(
        matrix("qkv"), weights[f"{name}qkv.bias"], matrix("out"), weights[f"{name}out.bias"], pair("norm1"),
        matrix("up"), weights[f"{name}up.bias"], matrix("down"), weights[f"{name}down.bias"], pair("norm2"),
    )  # fmt: skip


def _attend(x: Floats, layer: _Layer, heads: int) -> Floats:
    length, width = x.shape
    parts = (x @ layer.qkv + layer.qkv_bias).reshape(length, 3, heads, -1)
    # In one piece each: over strides the products are three times slower.
    q, k, v = np.ascontiguousarray(parts.transpose(1, 2, 0, 3))
    scores = (q * np.float32(1 / np.sqrt(width // heads))) @ np.ascontiguousarray(k.transpose(0, 2, 1))
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    seen = (scores @ v) / scores.sum(axis=-1, keepdims=True)
    return seen.transpose(1, 0, 2).reshape(length, width) @ layer.out + layer.out_bias


def _norm(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[-1]) + np.float32(_EPSILON))
    return x / deviation * weight + bias


def _gelu(x: Floats) -> Floats:
    """The tanh form (Hendrycks and Gimpel, 2016), in which the network was trained."""
    inner = x * x
    inner *= np.float32(0.044715 * 0.7978845608)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _log_softmax(x: Floats) -> Floats:
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
