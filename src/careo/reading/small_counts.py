"""Small counts in words ("the two men", "los dos"): an editor counts who is at hand, and quotes no figure.

Up to twelve, written out, with no unit of measure, money or percent, a number is therefore not looked for in the
passages, unless one counts the same things otherwise. Digits, and what is measured, always are.

>>> [counted_noun(text, Span(0, 3), "en") for text in ("Two striking dockers said", "two of them")]
[Noun(word='dockers', end=20), None]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careo.reading.folding import fold
from careo.reading.numbers import Number
from careo.reading.similarity import Encoder
from careo.reading.telling import EVERY_FUNCTION_WORD
from careo.reading.types import Span
from careo.reading.word_sets import word_set

MOST = 12  # "a dozen"; from thirteen on English papers write digits
# Likeness of the bare vectors of two nouns that name one thing: of 35 pairs such as men/hombres 26 are nearer, of 1,190
# others none ("men" and "mujeres" come to 0.73).
SAME_THING = 0.75

_LETTERS = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0\n-]+")
_AHEAD = 4  # words: "two young striking dockers"
_PARTS = word_set("thirds quarters fifths tenths tercios cuartos quintos décimos")
_IRREGULAR = word_set("men women people children police feet")
_PASSED_OVER = word_set(
    "more más other otros otras nuevos nuevas grandes primeros primeras últimos últimas mismos mismas"
)


def is_small_count(number: Number, text: str, language: str) -> bool:
    """Whether a number is written in words, is small, and measures nothing."""
    words = text[number.span.start : number.span.end]
    if number.unit or number.value > MOST or not all(sign.isalpha() or sign in " -\u00a0" for sign in words):
        return False
    noun = counted_noun(text, number.span, language)
    return noun is None or noun.word not in _PARTS


class Noun(NamedTuple):
    """What is counted, in small letters, and where it ends in the text."""

    word: str
    end: int


def counted_noun(text: str, number: Span, language: str) -> Noun | None:
    """The plural a number counts; None where none follows ("two of them", "los dos")."""
    at = number.end
    for _ in range(_AHEAD):
        gap = _GAP.match(text, at)
        word = gap and _LETTERS.match(text, gap.end())
        if not word:
            return None
        low, at = word.group().lower(), word.end()
        if low in _PASSED_OVER:
            continue
        if fold(low) in EVERY_FUNCTION_WORD:
            return None
        if _is_plural(low, language):
            return Noun(low, at)
    return None


def one_thing(a: str, a_language: str, b: str, b_language: str, encoder: Encoder) -> bool:
    """Whether two counted nouns name the same thing, in one language by their letters, across two by meaning."""
    if a_language == b_language:
        return _singular(a) == _singular(b)
    one, other = encoder.encode([a, b])
    return float(one @ other) >= SAME_THING


def _is_plural(low: str, language: str) -> bool:
    return (low.endswith("s") and not low.endswith("ss")) or (language == "en" and low in _IRREGULAR)


def _singular(low: str) -> str:
    return re.sub(r"(?:es|s)$", "", fold(low))
