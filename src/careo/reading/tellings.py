"""A statement made ready to be compared: its words, clauses, facts and vectors, each worked out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from careo.reading.centring import centred, ordinary_mean
from careo.reading.facts import Facts, facts
from careo.reading.opposition import denies
from careo.reading.similarity import Encoder, Vectors
from careo.reading.types import Days, Span, Statement

_CLAUSE_END = re.compile(
    r"[,;:.!?—–()…]+\s|\s(?:but|because|although|while|since|and|pero|porque|aunque|mientras|sino|pues|y)\s",
    re.IGNORECASE,
)
_LEAST_WORDS = 3  # in a clause that is compared by itself


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """`meaning` is the whole content's vector, `clause_meanings` one row a clause; language means are taken off."""

    statement: Statement
    language: str
    published: date | None
    speaker: str | None
    wording: str
    clauses: tuple[str, ...]
    facts: Facts
    denied: bool
    cue: str
    meaning: Vectors
    clause_meanings: Vectors

    @property
    def said_on(self) -> Days | None:
        """The days it was said on, as far as the report tells."""
        days = self.statement.said_on
        return days if days is not None and days.start is not None else None


def wording(text: str, spans: Sequence[Span]) -> str:
    """The words of broken spans in one line."""
    return " ".join(" ".join(text[span.start : span.end].split()) for span in spans)


def clauses(words: str) -> tuple[str, ...]:
    """The parts of a wording that can be true or false by themselves; all of it where it has only one."""
    parts = (part.strip(" “”\"«»'’‘") for part in _CLAUSE_END.split(words))
    return tuple(part for part in parts if len(part.split()) >= _LEAST_WORDS) or (words,)


@dataclass(frozen=True, slots=True)
class Source:
    """What a telling is made from."""

    statement: Statement
    text: str
    language: str
    published: date | None


def tellings(sources: Sequence[Source], encoder: Encoder) -> list[Telling]:
    """Make statements ready, encoding all of their words at once."""
    words = [wording(source.text, source.statement.content) for source in sources]
    parts = [clauses(one) for one in words]
    flat = [*words, *(clause for each in parts for clause in each)]
    rows = encoder.encode(flat)
    made, at = [], len(words)
    for number, (source, whole, pieces) in enumerate(zip(sources, words, parts, strict=True)):
        made.append(_telling(source, whole, pieces, rows[number], rows[at : at + len(pieces)], encoder))
        at += len(pieces)
    return made


def _telling(
    source: Source, whole: str, pieces: tuple[str, ...], row: Vectors, rows: Vectors, encoder: Encoder
) -> Telling:
    language = "es" if source.language.startswith("es") else "en"
    mean = ordinary_mean(language, encoder)
    said = source.statement
    cue = wording(source.text, said.cue)
    return Telling(
        statement=said,
        language=language,
        published=source.published,
        speaker=said.speaker.name if said.speaker else None,
        wording=whole,
        clauses=pieces,
        facts=facts(whole, language=language, published=source.published),
        denied=denies(cue),
        cue=cue,
        meaning=centred(row[np.newaxis], mean)[0],
        clause_meanings=centred(rows, mean),
    )
