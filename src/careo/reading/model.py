"""The engine that was trained: finds cues, then looks from each at its source and its content.

A text is read in windows that overlap; of what two windows hold, each answers for the half that lies nearer its middle.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from careo.reading.encoder import BARE, CUE, Encoder, Floats
from careo.reading.engine import Attribution
from careo.reading.pieces import Pieces
from careo.reading.relative import Places
from careo.reading.rules import RULES
from careo.reading.surface import Surface
from careo.reading.types import Span
from careo.reading.viterbi import Stretch, best_tags, stretches
from careo.reading.windows import Window, Windows

# Words between two stretches of one content that still belong to it: an aside that the tags missed by a word or two.
_BRIDGED = 3
_SOURCE, _CONTENT = 1, 3
_NEVER = np.float32(-1e9)


class Model:
    """An Engine."""

    def __init__(self, name: str, encoder: Encoder, pieces: Pieces) -> None:
        self.name = name
        self._encoder, self.pieces = encoder, pieces

    def attributions(self, surface: Surface) -> Sequence[Attribution]:
        """All attributions, in the order of their first content."""
        places = Places(surface)
        found = [
            attribution
            for window, first, last in _owned(Windows(surface, self.pieces))
            for attribution in self._of_window(surface, window, first, last, places)
        ]
        found = _inverted(surface, _outermost(_surest_of_each(found)))
        return sorted(found, key=lambda one: one.content[0])

    def _of_window(
        self, cut: Surface, window: Window, first: int, last: int, places: Places
    ) -> Iterator[Attribution]:
        states = self._encoder.states(window)
        scores = self._encoder.cue_scores(states)
        tags = best_tags(scores[None])[0]
        cues = [
            (begin + window.first, end + window.first)
            for begin, end in (*stretches(tags, CUE), *stretches(tags, BARE))
            if first <= begin + window.first < last
        ]
        if not cues:
            return
        parts = self._encoder.part_scores(states, window, cues, places)
        own = [(begin - window.first, end - window.first) for begin, end in cues]
        told = [(begin, end) for begin, end in own if tags[begin] != BARE]
        for row, (begin, end) in zip(parts, own, strict=True):
            if (begin, end) in told:  # a cue is no part of what it introduces
                row[begin:end, 1:] = _NEVER
        for cue, row, likely in zip(own, best_tags(parts), parts, strict=True):
            source = _surest(stretches(row, _SOURCE), likely)
            spoken = [cue] if cue in told else []
            content = [
                kept
                for one in _bridged(stretches(row, _CONTENT), [*spoken, *([source] if source else [])])
                if (kept := _without_marks(cut, window.first, one))
            ]
            if content:
                yield Attribution(
                    (_span(cut, window, source),) if source else (),
                    tuple(_span(cut, window, one) for one in spoken),
                    tuple(_span(cut, window, one) for one in content),
                    _certainty(scores[cue[0], 1:], likely, content),
                )


def _inverted(cut: Surface, found: list[Attribution]) -> list[Attribution]:
    """ "No cuts, said the minister": where the network takes whoever speaks for what is said, the rules tell them apart."""
    if not any(_goes_on_after(one) for one in found):
        return found
    sources = {one.cue[0].start: one.source for one in RULES.attributions(cut) if one.cue and one.source}
    return [_turned(one, sources.get(one.cue[0].start, ())) if _goes_on_after(one) else one for one in found]


def _goes_on_after(one: Attribution) -> bool:
    """Without a source, words before its cue and others right after it."""
    if not one.cue:
        return False
    cue = one.cue[0]
    return (
        not one.source
        and any(span.end <= cue.start for span in one.content)
        and any(cue.end <= span.start <= cue.end + 1 for span in one.content)
    )


def _turned(one: Attribution, source: tuple[Span, ...]) -> Attribution:
    after = [span for span in one.content if span.start >= one.cue[0].end]
    if not source or not after[0].start <= source[0].start < after[0].end:
        return one
    return replace(one, source=source, content=tuple(span for span in one.content if span not in after))


def _surest_of_each(found: list[Attribution]) -> list[Attribution]:
    """Of several that tell the very same words the surest: "John Kelly made the assurance … at which Osorio said …"."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for one in found:
        known = best.setdefault(one.content, one)
        if one.score > known.score:
            best[one.content] = one
    return [one for one in found if best[one.content] is one]


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Without those whose cue stands in another's content: a report tells what its source says, not the source's source.

    Where two stand in each other's content the surer one stays.
    """
    contents = sorted((span, number) for number, one in enumerate(found) for span in one.content)
    starts = [span.start for span, _ in contents]
    longest = max((span.end - span.start for span, _ in contents), default=0)
    inner: set[int] = set()
    for number, one in enumerate(found):
        at = _anchor(one)
        low = bisect_left(starts, at.start - longest)
        for span, other in contents[low : bisect_right(starts, at.start)]:
            if (
                other != number
                and span.end >= at.end
                and other not in inner
                and not _stands_in(found[other], one)
            ):
                inner.add(number)
                break
    return [one for number, one in enumerate(found) if number not in inner]


def _stands_in(inner: Attribution, outer: Attribution) -> bool:
    """Whether the one's cue stands in the other's content, and it is the less sure of the two."""
    at = _anchor(inner)
    return inner.score < outer.score and any(span.start <= at.start < span.end for span in outer.content)


def _anchor(one: Attribution) -> Span:
    return one.cue[0] if one.cue else Span(one.content[0].start, one.content[0].start + 1)


def _owned(windows: Windows) -> Iterator[tuple[Window, int, int]]:
    """Each window with the words [first, last) that it answers for."""
    first = 0
    current: Window | None = None
    for following in windows:
        if current is not None:
            last = (following.first + current.last) // 2
            yield current, first, last
            first = last
        current = following
    if current is not None:
        yield current, first, windows.words


def _without_marks(cut: Surface, first: int, stretch: Stretch) -> Stretch | None:
    """Without commas and full stops at its ends, those inside quotation marks excepted; None where nothing is left."""
    begin, end = stretch
    while begin < end and _is_loose(cut, first + begin):
        begin += 1
    while end > begin and _is_loose(cut, first + end - 1):
        end -= 1
    return (begin, end) if begin < end else None


def _is_loose(cut: Surface, at: int) -> bool:
    return cut.words[at].text in _LOOSE and cut.quoted[at] < 0


_LOOSE = frozenset(",.;:—–-")


def _bridged(found: list[Stretch], kept_out: list[Stretch]) -> list[Stretch]:
    """Joined over gaps of a few words, though not over the cue or the source."""
    joined: list[Stretch] = []
    for begin, end in found:
        last = joined[-1][1] if joined else 0
        between = any(last <= other[0] < begin for other in kept_out)
        if joined and begin - last <= _BRIDGED and not between:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _surest(found: list[Stretch], likely: Floats) -> Stretch | None:
    """A cue has one source: of several stretches, the one whose words are likeliest to be it."""
    return max(
        found,
        key=lambda one: float(np.exp(likely[one[0] : one[1], _SOURCE : _SOURCE + 2]).sum(axis=1).mean()),
        default=None,
    )


def _certainty(cue: NDArray[np.float32], likely: Floats, content: list[Stretch]) -> float:
    """How likely the cue is one, times the mean likelihood of the content's words: 0..1, to three places."""
    words = np.concatenate([likely[begin:end, _CONTENT : _CONTENT + 2] for begin, end in content])
    return round(float(np.exp(cue).sum() * np.exp(words).sum(axis=1).mean()), 3)


def _span(cut: Surface, window: Window, stretch: Stretch) -> Span:
    return Span(cut.words[stretch[0] + window.first].start, cut.words[stretch[1] + window.first - 1].end)
