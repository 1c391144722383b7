"""Spans as the record keeps them: lists of [begin, end) in code points of a report's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from careo.reading.types import Span
from careo.record.errors import SpanOutsideReport, WordsNotInReport

GAP = " […] "
_GAP = re.compile(r"\s*(?:\[…\]|\[\.\.\.\])\s*")


def kept(spans: Iterable[Sequence[int]]) -> list[list[int]]:
    """As JSON holds them."""
    return [[begin, end] for begin, end in spans]


def spans(kept_spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """From JSON to what `reading` speaks of."""
    return tuple(Span(begin, end) for begin, end in kept_spans)


def words_of(text: str, of: Iterable[Sequence[int]]) -> str:
    """The spans' words as the report prints them, an ellipsis between parts that stand apart."""
    return GAP.join(text[begin:end] for begin, end in of)


def within(text: str, of: Iterable[Sequence[int]]) -> None:
    """Raises SpanOutsideReport for the first span that does not lie within `text` or holds nothing but space."""
    for begin, end in of:
        if not 0 <= begin < end <= len(text) or text[begin:end].isspace():
            raise SpanOutsideReport(begin, end, len(text))


def find(words: str, text: str, *, near: int) -> tuple[Span, ...]:
    """Where words copied from a report stand in it: one span a part, each part the occurrence nearest to what came
    before it, the first to `near`. White space may differ, as it does when words are copied from a page.

    >>> find("we opened […] at night", "He said we opened the gates at night.", near=0)
    (Span(start=8, end=17), Span(start=28, end=36))
    """
    found: list[Span] = []
    for part in filter(None, (piece.strip() for piece in _GAP.split(words))):
        pattern = r"\s+".join(map(re.escape, part.split()))
        places = [Span(*hit.span()) for hit in re.finditer(pattern, text)]
        if not places:
            raise WordsNotInReport(part)
        anchor = found[-1].end if found else near
        later = [place for place in places if found and place.start >= anchor]
        found.append(min(later or places, key=lambda place: abs(place.start - anchor)))
    return tuple(sorted(found))
