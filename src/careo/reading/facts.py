"""The facts of a text that can be held against another's: names, numbers, days.

>>> told = facts("Minister Olmedo promised on Monday to spend $2 billion.", language="en", published=date(2026, 3, 5))
>>> [name.text for name in told.names], [str(number.value) for number in told.numbers]
(['Minister Olmedo'], ['2000000000'])
>>> str(told.days[0].days.start)
'2026-03-02'

Numbers that belong to a day ("5 March 2026") are told with the days alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careo.reading.dates import time_expressions
from careo.reading.language import named_language
from careo.reading.names import Name, names
from careo.reading.numbers import Number, numbers
from careo.reading.surface import surface
from careo.reading.types import Span, TimeExpression


@dataclass(frozen=True, slots=True)
class Facts:
    """All three in the order of the text; spans are code points of it."""

    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    days: tuple[TimeExpression, ...]

    def within(self, spans: Iterable[Span]) -> Facts:
        """Those that lie wholly within one of the spans."""
        kept = tuple(spans)
        return Facts(
            tuple(name for name in self.names if lies_within(name.span, kept)),
            tuple(number for number in self.numbers if lies_within(number.span, kept)),
            tuple(time for time in self.days if lies_within(time.span, kept)),
        )


def facts(text: str, *, language: str, published: date | None = None) -> Facts:
    """Find them. Without a day of publication relative days are vague. Raises UnknownLanguage."""
    tongue = named_language(language)
    days = time_expressions(surface(text, tongue), published)
    counted = tuple(
        number
        for number in numbers(text, tongue)
        if not any(overlap(number.span, time.span) for time in days)
    )
    return Facts(names(text), counted, days)


def lies_within(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
