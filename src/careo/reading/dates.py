"""Resolve the days a report speaks of ("el lunes", "last March") against the day it was published.

Each language has a table of patterns with what they mean (english_dates.py, spanish_dates.py). A pattern is tried where
no earlier one of its table matched; the tense of its sentence says whether "Thursday" is the last or the next one.
Nothing is padded: "in March" stays a month. Without a day of publication a relative expression is vague.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from careo.reading.cues import cue
from careo.reading.days import VAGUE, Direction
from careo.reading.english_dates import ENGLISH
from careo.reading.spanish_dates import SPANISH
from careo.reading.surface import Surface
from careo.reading.time_patterns import Context, Pattern, Table
from careo.reading.types import Days, Language, Span, TimeExpression


def time_expressions(cut: Surface, published: date | None) -> tuple[TimeExpression, ...]:
    """All expressions of time in the text, in order."""
    table = SPANISH if cut.language == "es" else ENGLISH
    starts = [sentence.start for sentence in cut.sentences]
    found = []
    quarter = last = None
    for pattern, match in table.matches(cut.text):
        at = max(bisect_right(starts, match.start()) - 1, 0)
        sentence = cut.sentences[at]
        direction = _direction(table, cut.text, sentence.start, sentence.end, match, cut.language)
        days = _resolved(pattern, match, published, direction, quarter, last)
        if days is not None:
            found.append(TimeExpression(Span(match.start(), match.end()), days))
            last = days if days.start is not None else last
            quarter = _spoken_of(quarter, days)
    return tuple(found)


def _spoken_of(quarter: Days | None, days: Days) -> Days | None:
    """The quarter that a report is about: the one named last, though not the same one of an earlier year beside it."""
    if days.granularity != "quarter" or days.start is None:
        return quarter
    if quarter is None or quarter.start is None or days.start.month != quarter.start.month:
        return days
    return max(quarter, days, key=lambda one: one.start or date.min)


def _resolved(
    pattern: Pattern,
    match: re.Match[str],
    published: date | None,
    direction: Direction,
    quarter: Days | None,
    last: Days | None,
) -> Days | None:
    if published is None and pattern.relative:
        return VAGUE
    return pattern.meaning(match, Context(published or date.min, direction, quarter, last))


# How far from an expression a verb's tense still speaks for it, in characters: about a clause.
_CLAUSE = 60
# "In January, the company brought in …": the clause comes after the comma.
_OPENING = 4
# What ends a clause on the way from the expression to the verb.
_BOUNDARY = re.compile(r"[,;:“”\"«»]|\b(?:que|that)\b", re.IGNORECASE)
# The verb right before a time, with no more between than small words: "said late on Monday", "aseguró el lunes".
_VERB_BEFORE = re.compile(r"(\w+)(?: (?:late|early|on|here|el|este|ya|mismo|pasado))*\s+$", re.IGNORECASE)


def _direction(
    table: Table, text: str, start: int, end: int, match: re.Match[str], language: Language
) -> Direction:
    """Where the tense of the expression's clause points; of its sentence up to there, where the clause has no verb."""
    so_far = text[max(start, match.start() - 3 * _CLAUSE) : match.start()]
    before = _BOUNDARY.split(so_far[-_CLAUSE:])[-1]
    opens = start + _OPENING >= match.start() and text[match.end() : match.end() + 1] == ","
    following = text[match.end() + opens : min(end, match.end() + (_CLAUSE if opens else _CLAUSE // 2))]
    after = _BOUNDARY.split(following)[0]
    verb = _VERB_BEFORE.search(before)
    if verb is not None and _says(verb[1].lower(), language):
        return "past"
    if table.future.search(before) or table.future.search(after):
        return "future"
    if table.past.search(before) or table.past.search(after):
        return "past"
    return "future" if table.future.search(so_far) else "untold"


def _says(low: str, language: Language) -> bool:
    """Whether the word tells that somebody said something: what follows is its content, of whatever tense."""
    found = cue(low, language)
    return found is not None and found.form == "finite" and found.kind in ("say", "tell")
