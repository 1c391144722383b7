"""Documents as the network sees them: windows of pieces with the tags that are right."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from careo.reading.encoder import BARE
from careo.reading.pieces import Pieces
from careo.reading.relative import Places
from careo.reading.surface import surface
from careo.reading.windows import SIZE, Window, Windows
from training.corpora import Document, Spans

Stretch = tuple[int, int]
"""Words [first, last) of the surface."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution in words; a cue is one stretch, from its first to its last word.

    Where there is no cue, the first word of the content, mostly a quotation mark, stands for it: `bare`.
    """

    cue: Stretch
    bare: bool
    source: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


class Example:
    """A document cut up, with its attributions in words."""

    def __init__(self, document: Document, pieces: Pieces) -> None:
        self.document = document
        self.cut = surface(document.text, document.language)
        self.windows = Windows(self.cut, pieces)
        self.places = Places(self.cut)
        self._starts = [word.start for word in self.cut.words]
        found = [
            gold
            for one in document.attributions
            if (gold := self._in_words(one.source, one.cue, one.content))
        ]
        self.gold = sorted({one.cue: one for one in found}.values(), key=lambda one: one.cue)

    def _in_words(self, source: Spans, cue: Spans, content: Spans) -> Gold | None:
        told = self._stretches(content)
        if not told:
            return None
        seen = self._stretches(_hull(cue)) or ((told[0][0], told[0][0] + 1),)
        return Gold(seen[0], not cue, self._stretches(source), told)

    def _stretches(self, spans: Spans) -> tuple[Stretch, ...]:
        found = []
        for begin, end in spans:
            first, last = self._around(begin, end)
            if first < last:
                found.append((first, last))
        return tuple(found)

    def _around(self, begin: int, end: int) -> tuple[int, int]:
        return bisect_left(self._starts, begin), bisect_left(self._starts, end)

    def cut_at_random(self, chance: random.Random) -> Iterator[Window]:
        """All words once, in windows that begin anywhere: no sentence always stands at the same place of its window."""
        first, size = 0, chance.randint(SIZE // 3, SIZE)
        while first < self.windows.words:
            last = self.windows.reach(first, size)
            yield self.windows.window(first, last)
            first, size = last, SIZE


def _hull(spans: Spans) -> Spans:
    return ((spans[0][0], spans[-1][1]),) if spans and spans[-1][1] - spans[0][0] < 80 else spans[:1]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows; cues of all windows stand in one list, `which` tells the window of each."""

    pieces: Tensor
    contexts: Tensor
    real: Tensor
    heads: Tensor
    cue_tags: Tensor
    which: Tensor
    cues: Tensor
    words: Tensor
    sentences: Tensor
    quotes: Tensor
    part_tags: Tensor


NOTHING = -100


def batch(windows: Sequence[tuple[Example, Window]]) -> Batch:
    longest = max(len(window.pieces) for _, window in windows) + 2
    wide = max(window.last - window.first for _, window in windows)
    shape, many = (len(windows), longest), (len(windows), wide)
    pieces, contexts = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    real, heads = torch.zeros(shape, dtype=torch.bool), torch.zeros(many, dtype=torch.long)
    cue_tags = torch.full(many, NOTHING)
    cues: list[tuple[int, Tensor, tuple[Tensor, Tensor, Tensor], Tensor]] = []
    for row, (example, window) in enumerate(windows):
        length, count = len(window.pieces) + 2, window.last - window.first
        pieces[row, :length] = torch.tensor([1, *window.pieces, 2])
        contexts[row, 1 : length - 1] = torch.tensor(window.contexts)
        real[row, :length] = True
        heads[row, :count] = torch.tensor(window.heads) + 1
        cue_tags[row, :count] = 0
        for gold in example.gold:
            first, last = max(gold.cue[0], window.first), min(gold.cue[1], window.last)
            if first >= last:
                continue
            cue_tags[row, first - window.first : last - window.first] = 2
            if first == gold.cue[0]:
                cue_tags[row, first - window.first] = BARE if gold.bare else 1
            cues.append((row, *_seen(example, window, gold, (first, last), wide)))
    nothing = torch.zeros(0, wide, dtype=torch.long)
    words, sentences, quotes = (
        torch.stack([places[kind] for _, _, places, _ in cues]) if cues else nothing for kind in range(3)
    )
    return Batch(
        pieces,
        contexts,
        real,
        heads,
        cue_tags,
        torch.tensor([row for row, *_ in cues], dtype=torch.long),
        torch.stack([weights for _, weights, _, _ in cues]) if cues else torch.zeros(0, wide),
        words,
        sentences,
        quotes,
        torch.stack([tags for *_, tags in cues]) if cues else nothing,
    )


def _seen(
    example: Example, window: Window, gold: Gold, cue: Stretch, wide: int
) -> tuple[Tensor, tuple[Tensor, Tensor, Tensor], Tensor]:
    count = window.last - window.first
    weights = torch.zeros(wide)
    weights[cue[0] - window.first : cue[1] - window.first] = 1 / (cue[1] - cue[0])
    places = [torch.zeros(wide, dtype=torch.long) for _ in range(3)]
    for tensor, buckets in zip(places, example.places.buckets(window.first, window.last, cue), strict=True):
        tensor[:count] = torch.from_numpy(buckets)
    tags = torch.full((wide,), NOTHING)
    tags[:count] = 0
    for begin, stretches in ((3, gold.content), (1, gold.source)):
        for first, last in stretches:
            inside = range(max(first, window.first) - window.first, min(last, window.last) - window.first)
            for at in inside:
                tags[at] = begin + 1
            if len(inside) and first >= window.first:
                tags[inside[0]] = begin
    return weights, (places[0], places[1], places[2]), tags
