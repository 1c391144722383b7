"""Whom a sentence is about: the noun phrase with which it begins, or the name that acts in it.

>>> from careo.reading.surface import surface
>>> cut = surface("El alcalde de Puerto Alba, Esteban Quiroga, llegó tarde.", "es")
>>> " ".join(word.text for word in cut.words[slice(*main_subject(cut, 0, len(cut.words)))])
'El alcalde de Puerto Alba , Esteban Quiroga'

Bounds are numbers of words. No parser: what is not plain is None.
"""

from __future__ import annotations

from careo.reading.cues import cue
from careo.reading.grammar import Grammar, grammar
from careo.reading.phrases import LONGEST, NOUNS, PARTICLES
from careo.reading.surface import Surface

_GENITIVE = frozenset({"'s", "’s"})


def main_subject(cut: Surface, first: int, stop: int) -> tuple[int, int] | None:
    """The noun phrase with which the sentence begins, past an opening "On Monday, …"; None where that is not plain."""
    rules = grammar(cut.language)
    words = cut.words
    at = _past_opening(cut, first, stop, rules)
    if at >= stop:
        return None
    if words[at].low in rules.pronouns:
        return at, at + 1
    end = at
    while end < min(stop, at + LONGEST) and not _is_past(cut, at, end, rules):
        end += 1
    return (at, _past_name(cut, end, stop)) if end > at else None


def _past_opening(cut: Surface, first: int, stop: int, rules: Grammar) -> int:
    words = cut.words
    at = first
    while at < stop and (
        words[at].low in rules.adverbs or words[at].low in rules.conjunctions or words[at].is_mark
    ):
        at += 1
    if at < stop and (
        words[at].low in rules.prepositions or words[at].low in rules.breaks or words[at].low in rules.days
    ):
        while at < min(stop, first + LONGEST) and words[at].low != ",":
            at += 1
        at += 1
    return at


def _is_past(cut: Surface, at: int, end: int, rules: Grammar) -> bool:
    """Whether the phrase that began at word `at` is over at word `end`."""
    word, low = cut.words[end], cut.words[end].low
    if (
        word.is_mark
        or low in rules.relatives
        or low in rules.auxiliaries - rules.determiners - rules.prepositions - _GENITIVE
    ):
        return True
    if word.is_capital:
        return False
    if (cue(low, cut.language) is not None or low.endswith(_PAST[cut.language])) and low not in NOUNS:
        return True
    before = cut.words[end - 1]
    return (
        end > at
        and before.is_capital
        and before.low not in rules.determiners  # "El alcalde": a capital from its place alone
        and low not in rules.prepositions | rules.conjunctions | _GENITIVE | PARTICLES
    )


# How verbs of the past end that no list of ours holds.
_PAST = {"en": ("ed",), "es": ("ó", "aron", "ieron", "aban")}


def _past_name(cut: Surface, end: int, stop: int) -> int:
    """Past the name between commas after an office: "El alcalde de Puerto Alba |, Esteban Quiroga|, desmintió …"."""
    words = cut.words
    at = end + 1
    while at < min(stop, end + _LONGEST_NAME) and (words[at].is_capital or words[at].low in PARTICLES):
        at += 1
    named = end < stop and words[end].text == "," and at > end + 2 and words[end + 1].is_capital
    return at if named and at < stop and words[at].text == "," else end


_LONGEST_NAME = 8


def acting_name(cut: Surface, first: int, stop: int) -> tuple[int, int] | None:
    """The last name before `stop` that a verb follows: "in Guatemala | Kelly | contradicted that and …"."""
    words = cut.words
    rules = grammar(cut.language)
    for at in range(stop - 1, max(first, stop - LONGEST), -1):
        verb = words[at].low
        acts = verb in rules.auxiliaries or verb.endswith(("ed", "ó")) or cue(verb, cut.language) is not None
        if not acts or words[at].is_capital or cut.quoted[at] >= 0 or not words[at - 1].is_capital:
            continue
        start = at - 1
        while start > first and words[start - 1].is_capital:
            start -= 1
        if start > first and start < at - 1 and words[start - 1].low in ("in", "en"):
            start += 1
        return start, at
    return None
