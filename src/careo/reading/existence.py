"""What a clause says there is, or is not: "there will be no cuts", "habrá cortes de agua", "no hay acuerdo".

>>> existence("que no habrá cortes en la capital"), existence("there would be heavy water cuts in the capital")
(Existence(thing='cortes', there=False), Existence(thing='cuts', there=True))
>>> taken_for_granted("that the cuts come too late", "cuts")
True

That there is no such thing contradicts that there is one, however the rest of both clauses differs; it does not
contradict what is told of the thing ("the cuts come too late"), which answers another question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from careo.reading.folding import fold
from careo.reading.number_words import VALUES
from careo.reading.telling import EVERY_FUNCTION_WORD
from careo.reading.word_sets import word_set

_BE = r"(?:is|are|was|were|be|been|will\ be|would\ be|has\ been|have\ been|had\ been|'ll\ be)"
_ENGLISH = re.compile(
    rf"\bthere\s+(?:(?P<never>will\s+not|won't|would\s+not|wouldn't)\s+be|{_BE})\s+(?P<no>no\b|not\b)?\s*",
    re.VERBOSE,
)
_SPANISH = re.compile(r"(?P<no>\bno\s+)?\b(?:hay|hubo|habra|habria|haya|habia|habido)\s+")
_PHRASE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,4}")
_SMALL = (
    EVERY_FUNCTION_WORD
    | frozenset(word for values in VALUES.values() for word in values)
    | word_set("every each next any this esta este hasta desde mas")
)
_DEFINITE = r"(?:the|these|those|el|la|los|las|estos|estas|esos|esas|dichos|dichas)"


@dataclass(frozen=True, slots=True)
class Existence:
    """`thing` is the noun, folded."""

    thing: str
    there: bool


@lru_cache(maxsize=4096)  # each clause meets every other of its event
def existence(clause: str) -> Existence | None:
    """The first thing a clause says there is or is not; None where it says no such thing."""
    plain = fold(clause)
    for pattern, head in ((_ENGLISH, _last_of_phrase), (_SPANISH, _first_of_phrase)):
        match = pattern.search(plain)
        thing = match and head(plain[match.end() :])
        if match and thing:
            denied = match["no"] or (pattern is _ENGLISH and match["never"])
            return Existence(thing, not denied)
    return None


def same_thing(a: str, b: str) -> bool:
    """Two nouns of one language, singular or plural."""
    return _stem(a) == _stem(b)


def taken_for_granted(clause: str, thing: str) -> bool:
    """Whether a clause begins with the thing as known ("the cuts come too late"), saying something else of it."""
    return (
        re.match(rf"(?:that |que )?{_DEFINITE} {re.escape(_stem(thing))}(?:e?s)?\b", fold(clause)) is not None
    )


def _first_of_phrase(rest: str) -> str | None:
    match = _PHRASE.match(rest)
    words = [word for word in re.split(r"[ -]", match.group()) if word not in _SMALL] if match else []
    return words[0] if words else None


def _last_of_phrase(rest: str) -> str | None:
    """The English noun comes last: "heavy water cuts | in the capital"."""
    match = _PHRASE.match(rest)
    found = None
    for word in re.split(r"[ -]", match.group()) if match else []:
        if word in _SMALL:
            if found:
                break
        else:
            found = word
    return found


def _stem(noun: str) -> str:
    return re.sub(r"(?:es|s)$", "", noun)
