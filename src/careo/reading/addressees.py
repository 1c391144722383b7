"""To whom something was said: "told | reporters |", "aseguró | a los periodistas |"."""

from __future__ import annotations

from careo.reading.engine import Attribution
from careo.reading.grammar import grammar
from careo.reading.positions import Positions
from careo.reading.surface import Surface
from careo.reading.types import Span
from careo.reading.word_sets import word_set

_TELLING = word_set(
    "told tells tell telling informed informs informing reminded assured warned advised asked asks"
)
_LONGEST = 8


def addressee(cut: Surface, attribution: Attribution, positions: Positions) -> str | None:
    """The words that name the addressee, without a preposition; None where none are plain."""
    if not attribution.cue:
        return None
    cue = attribution.cue[-1]
    after = positions.numbers(Span(cue.end, len(cut.text)))[: _LONGEST + 3]
    if cut.language == "en":
        said = positions.words(cue)
        return _english(cut, after, attribution) if said and said[-1].low in _TELLING else None
    return _spanish(cut, after, attribution)


def _english(cut: Surface, after: range, attribution: Attribution) -> str | None:
    rules = grammar(cut.language)
    end = after.start
    for number in after:
        word = cut.words[number]
        if (
            _is_content(attribution, word.start)
            or word.is_mark
            or word.low in rules.that | rules.breaks | rules.days | rules.adverbs
        ):
            break
        if word.low in rules.prepositions and word.low not in ("of", "for"):
            break
        end = number + 1
    return _phrase(cut, after.start, end)


def _spanish(cut: Surface, after: range, attribution: Attribution) -> str | None:
    rules = grammar(cut.language)
    start = after.start
    while start < after.stop and cut.words[start].low in rules.days | rules.adverbs:
        start += 1
    if (
        start >= after.stop
        or cut.words[start].low not in ("a", "al")
        or _is_content(attribution, cut.words[start].start)
    ):
        return None
    end = start + 1
    while end < after.stop:
        word = cut.words[end]
        if (
            word.is_mark
            or _is_content(attribution, word.start)
            or word.low in rules.that | rules.breaks | rules.days
        ):
            break
        if (word.low in rules.prepositions and word.low not in ("de", "del")) or (
            end > start + 2 and word.low in ("el", "la", "un", "una")
        ):
            break
        end += 1
    return _phrase(cut, start + 1, end)


def _is_content(attribution: Attribution, at: int) -> bool:
    return any(span.start <= at < span.end for span in attribution.content)


def _phrase(cut: Surface, start: int, end: int) -> str | None:
    if start >= end or end - start > _LONGEST or not any(char.isalpha() for char in cut.words[start].text):
        return None
    return " ".join(cut.text[cut.words[start].start : cut.words[end - 1].end].split())
