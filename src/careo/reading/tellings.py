"""A statement made ready to be compared: its words, clauses, facts and vectors, each worked out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from careo.reading.centring import centred, ordinary_mean
from careo.reading.facts import Facts, facts
from careo.reading.folding import fold
from careo.reading.opposition import denies
from careo.reading.similarity import Encoder, Vectors
from careo.reading.telling import EVERY_FUNCTION_WORD, WORD
from careo.reading.types import Days, Span, Statement

_CLAUSE_END = re.compile(
    r"[,;:.!?—–()…]+\s|\s(?:but|because|although|while|since|and|pero|porque|aunque|mientras|sino|pues|y)\s",
    re.IGNORECASE,
)
_MOST_WORDS = 60  # compared one by one
_LEAST_WORDS = 3  # in a clause that is compared by itself


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """`meaning` is the whole content's vector; `clause_meanings` and `word_meanings` have one row a clause, a content word.

    `called` is the vector of the office, or of the words that name the speaker; zero where there are none. The mean of
    the language is taken off all of them.
    """

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
    word_meanings: Vectors
    called: Vectors

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


def content_words(words: str) -> list[str]:
    """The words that carry meaning, the first of a long telling; all words where none carries any."""
    found = [match.group() for match in WORD.finditer(words)]
    telling = [word for word in found if fold(word) not in EVERY_FUNCTION_WORD]
    return (telling or found or [words])[:_MOST_WORDS]


def closest_clauses(a: Telling, b: Telling) -> tuple[float, str, str]:
    """How near the two clauses most alike are, and both."""
    table = a.clause_meanings @ b.clause_meanings.T
    row, column = np.unravel_index(int(table.argmax()), table.shape)
    return float(table[row, column]), a.clauses[row], b.clauses[column]


def tellings(sources: Sequence[Source], encoder: Encoder) -> list[Telling]:
    """Make statements ready, encoding all of their words at once."""
    said = [wording(source.text, source.statement.content) for source in sources]
    parts = [[one, *clauses(one)] for one in said]
    words = [content_words(one) for one in said]
    called = [_called(source) for source in sources]
    flat = [text for each in zip(parts, words, called, strict=True) for group in each for text in group]
    meanings = encoder.encode(flat)
    made, at = [], 0
    for source, part, word, name in zip(sources, parts, words, called, strict=True):
        ends = np.cumsum([at, len(part), len(word), len(name)])
        at = int(ends[-1])
        made.append(_telling(source, part, *(meanings[a:b] for a, b in pairwise(ends)), encoder=encoder))
    return made


def _called(source: Source) -> list[str]:
    speaker = source.statement.speaker
    office = speaker.office if speaker else None
    words = office or wording(source.text, source.statement.source)
    return [words] if words else []


def _telling(
    source: Source, parts: list[str], rows: Vectors, words: Vectors, called: Vectors, *, encoder: Encoder
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
        wording=parts[0],
        clauses=tuple(parts[1:]),
        facts=facts(parts[0], language=language, published=source.published),
        denied=denies(cue),
        cue=cue,
        meaning=centred(rows[:1], mean)[0],
        clause_meanings=centred(rows[1:], mean),
        word_meanings=centred(words, mean),
        called=centred(called, mean)[0] if len(called) else np.zeros_like(rows[0]),
    )
