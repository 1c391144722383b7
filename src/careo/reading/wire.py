"""A reading as JSON, the form that other programs rely on; it changes only by adding (docs/reading.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careo.reading.types import Days, Person, Reading, Span, Speaker, Statement, TimeExpression

VERSION = 1


def reading_json(reading: Reading) -> dict[str, Any]:
    """The *reading* object: spans as [begin, end] in code points of "text", days as ISO 8601, both ends included."""
    return {
        "careo": VERSION,
        "language": reading.language,
        "published": reading.published.isoformat() if reading.published else None,
        "text": reading.text,
        "statements": [statement_json(statement) for statement in reading.statements],
        "people": [_person(person) for person in reading.people],
        "times": [_time(time) for time in reading.times],
        "sentences": _spans(reading.sentences),
        "reader": reading.reader,
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """One statement as it stands in a reading and in a comparison."""
    return {
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "kind": statement.kind,
        "speaker": _speaker(statement.speaker),
        "addressee": statement.addressee,
        "said_on": _days(statement.said_on) if statement.said_on else None,
        "said_on_span": list(statement.said_on_span) if statement.said_on_span else None,
        "score": statement.score,
    }


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {"name": speaker.name, "office": speaker.office, "score": speaker.score}


def _days(days: Days) -> dict[str, Any]:
    return {
        "from": days.start.isoformat() if days.start else None,
        "to": days.end.isoformat() if days.end else None,
        "granularity": days.granularity,
    }


def _person(person: Person) -> dict[str, Any]:
    return {"name": person.name, "office": person.office, "mentions": _spans(person.mentions)}


def _time(time: TimeExpression) -> dict[str, Any]:
    return {"span": list(time.span), **_days(time.days)}
