"""The model's network: pieces in, states of words out, and two heads that score cues and their parts.

A transformer encoder (Vaswani et al., 2017; post-norm, as BERT) whose layers onnxruntime computes in eight bits; numpy
does the rest. The cue head gives each word four scores: outside, begin, inside, and "bare": the first word of what
somebody says without a cue ("Olmedo shrugged. “Never.”"), which then stands for one. Seen from one cue, the part head
gives each word five: outside, begin and inside of the source, begin and inside of the content. Arrays are float32; W
words of C cues give [C, W, 5].
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from careo.reading.relative import Places
from careo.reading.windows import Window

Floats = NDArray[np.float32]
Stretch = tuple[int, int]
BEGIN_PIECE, END_PIECE = 1, 2
CUE, BARE = 1, 3
_EPSILON = 1e-12


class Table(Protocol):
    """Gives rows of the table of pieces as floats."""

    def __getitem__(self, rows: list[int]) -> Floats: ...


class Encoder:
    """Holds the weights, changes nothing: many threads may use one."""

    def __init__(self, weights: Mapping[str, Floats], table: Table, layers: bytes) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # a third of a second: only who reads pays

        self._w, self._table = weights, table
        self._frame = weights["contexts.weight"][0]
        options = SessionOptions()
        # Whoever wants more cores starts more readers; the same sums in the same order give the same reading.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.x64quantprecision", "0" if sums_are_exact() else "1")
        self._layers = InferenceSession(layers, options, providers=["CPUExecutionProvider"])

    def states(self, window: Window) -> Floats:
        """[words, width]: the state of each word's first piece."""
        w = self._w
        pieces = [BEGIN_PIECE, *window.pieces, END_PIECE]
        x = self._table[pieces] + w["positions.weight"][: len(pieces)]
        x[1:-1] += w["contexts.weight"][window.contexts]
        x[0] += self._frame
        x[-1] += self._frame
        x = _norm(x, w["norm.weight"], w["norm.bias"])
        (x,) = self._layers.run(["states"], {"x": x})
        return x[np.asarray(window.heads) + 1]

    def cue_scores(self, states: Floats) -> Floats:
        """[words, 4]: logarithms of probabilities."""
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


def sums_are_exact() -> bool:
    """Whether the processor adds products of eight bits without cutting large sums off: all but x86 without VNNI.

    There onnxruntime is told to take a slower way, so that a text has one reading on every machine.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


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
