"""The likeliest sequence of tags that begins every stretch with its "begin" (Viterbi, 1967).

Tags are 0 for outside, then a pair for each role: begin 1 and inside 2, begin 3 and inside 4 …
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Stretch = tuple[int, int]
_NEVER = np.float32(-1e9)


def best_tags(scores: Floats) -> NDArray[np.int8]:
    """[rows, words] from scores [rows, words, tags]: each row on its own, all at once."""
    rows, words, tags = scores.shape
    allowed = _transitions(tags)
    back = np.zeros((rows, words, tags), np.int8)
    best = scores[:, 0].copy()
    best[:, 2::2] = _NEVER
    for at in range(1, words):
        paths = best[:, :, None] + allowed
        back[:, at] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[:, at]
    found = np.zeros((rows, words), np.int8)
    found[:, -1] = best.argmax(axis=1)
    each = np.arange(rows)
    for at in range(words - 1, 0, -1):
        found[:, at - 1] = back[each, at, found[:, at]]
    return found


def _transitions(tags: int) -> Floats:
    """[from, to]: 0 where allowed. Inside follows its own begin or inside alone."""
    allowed = np.zeros((tags, tags), np.float32)
    for inside in range(2, tags, 2):
        allowed[:, inside] = _NEVER
        allowed[inside - 1 : inside + 1, inside] = 0
    return allowed


def stretches(tags: NDArray[np.int8], begin: int) -> list[Stretch]:
    """[first, last) of every run that opens with `begin` and goes on with the tag after it."""
    found: list[Stretch] = []
    for at in np.flatnonzero(tags == begin).tolist():
        end = at + 1
        while end < len(tags) and tags[end] == begin + 1:
            end += 1
        found.append((at, end))
    return found
