"""From attributions to statements: kind, speaker and the day it was said."""

from __future__ import annotations

from collections.abc import Sequence

from careo.reading.engine import Attribution
from careo.reading.people import Cast
from careo.reading.surface import Surface
from careo.reading.types import Kind, Span, Speaker, Statement, TimeExpression


def statements(
    cut: Surface, found: Sequence[Attribution], cast: Cast, times: Sequence[TimeExpression]
) -> tuple[Statement, ...]:
    return tuple(_statement(cut, attribution, cast, times) for attribution in found)


def _statement(cut: Surface, a: Attribution, cast: Cast, times: Sequence[TimeExpression]) -> Statement:
    speaker = _speaker(cut, a, cast)
    near = [t for t in times if a.cue and abs(t.span.start - a.cue[0].end) < 40]
    said = near[0] if near else None
    return Statement(
        a.source, a.cue, a.content, kind_of(cut, a.content), speaker, None,
        said.days if said else None, said.span if said else None, a.score,
    )  # fmt: skip


def _speaker(cut: Surface, a: Attribution, cast: Cast) -> Speaker | None:
    if not a.source:
        return None
    words = cut.text[a.source[0].start : a.source[0].end]
    for person in cast.people:
        if person.name in words or person.name.endswith(" " + words):
            return Speaker(person.name, person.office, 0.8)
    return None


def kind_of(cut: Surface, content: Sequence[Span]) -> Kind:
    """Direct when all but two words stand in quotation marks, indirect when none does, else mixed."""
    inside = outside = 0
    for span in content:
        for number, word in enumerate(cut.words):
            if span.start <= word.start < span.end and not word.is_mark:
                if cut.quoted[number] >= 0:
                    inside += 1
                else:
                    outside += 1
    if inside == 0:
        return "indirect"
    return "direct" if outside <= 2 else "mixed"
