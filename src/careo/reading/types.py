"""The words of a reading. Spans are [start, end) in code points of the text that was read; days are inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Language = Literal["en", "es"]
Kind = Literal["direct", "indirect", "mixed"]
Granularity = Literal["day", "week", "month", "quarter", "year", "vague"]


class Span(NamedTuple):
    """[start, end) in code points; never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends included. What is vague has neither end: nothing is padded to a day nobody said."""

    start: date | None
    end: date | None
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, and the days they stand for, counted from the day of publication."""

    span: Span
    days: Days


UNSURE = 0.6
"""A score below it is shown to people: the statement, or who made it, wants a second look."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever a source names: the fullest name and the office the text itself gives. `score` is in 0..1."""

    name: str
    office: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names: fullest form, office as stated, and every mention of the name."""

    name: str
    office: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: who (source), "said" (cue), what (content); each may be broken into several spans.

    `speaker` is None where the text does not say who; `said_on` where it does not say when, else the days and
    `said_on_span`, the words they were resolved from. `score`, in 0..1, is how sure the reader is.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    speaker: Speaker | None
    addressee: str | None
    said_on: Days | None
    said_on_span: Span | None
    score: float

    @property
    def is_unsure(self) -> bool:
        """Whether the statement, or who made it, wants a second look."""
        return self.score < UNSURE or (self.speaker is not None and self.speaker.score < UNSURE)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text. `reader` names the engine and its version, for the record."""

    text: str
    language: Language
    published: date | None
    sentences: tuple[Span, ...]
    statements: tuple[Statement, ...]
    people: tuple[Person, ...]
    times: tuple[TimeExpression, ...]
    reader: str
