"""A kept statement as `reading.compare` takes it."""

from __future__ import annotations

from typing import cast

from careo.reading.compare import Told
from careo.reading.types import Days, Granularity, Kind, Speaker
from careo.reading.types import Statement as Read
from careo.record.models import Statement
from careo.record.spans import spans


def told(statement: Statement) -> Told:
    """The statement in its report; its id is its number as text. Ask `Statement.objects.with_reports()` for many."""
    report = statement.report
    return Told(
        id=str(statement.pk),
        report=str(report.pk),
        outlet=report.outlet.name,
        language=statement.language,
        text=report.text,
        published=report.published_on,
        statement=as_read(statement),
    )


def as_read(statement: Statement) -> Read:
    """The statement in reading's words, with what editors put right in it."""
    return Read(
        source=spans(statement.source),
        cue=spans(statement.cue),
        content=spans(statement.content),
        kind=cast("Kind", statement.kind),
        speaker=_speaker(statement),
        addressee=statement.addressee or None,
        said_on=_said_on(statement),
        said_on_span=None,
        score=1.0 if statement.score is None else statement.score,
    )


def _speaker(statement: Statement) -> Speaker | None:
    """By the person's fullest name, so that "Olmedo" here and "Teresa Olmedo" there are one."""
    name = statement.person.name if statement.person else statement.speaker
    score = 1.0 if statement.speaker_score is None else statement.speaker_score
    return Speaker(name, statement.office or None, score) if name else None


def _said_on(statement: Statement) -> Days | None:
    if not statement.said_granularity:
        return None
    return Days(statement.said_from, statement.said_to, cast("Granularity", statement.said_granularity))
