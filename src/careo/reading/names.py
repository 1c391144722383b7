"""Names in a text: capitalised words in sequence, with the small words that join them ("Carlos de la Torre").

>>> text = "Ayer Teresa Olmedo llegó a Puerto Alba. Nadie la recibió."
>>> [text[name.span.start : name.span.end] for name in names(text)]
['Teresa Olmedo', 'Puerto Alba']

A word that opens a sentence counts only if the text writes it with a capital elsewhere too, or a capital follows it and
it is no everyday opener. Days, months and number words are no names. Spans are code points, without title words at
the front left out: "Minister Olmedo" is one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careo.reading.exonyms import one_form
from careo.reading.folding import fold
from careo.reading.number_words import SCALES, VALUES
from careo.reading.paragraphs import paragraphs
from careo.reading.sentences import sentences_within
from careo.reading.telling import EVERY_FUNCTION_WORD
from careo.reading.tokens import Word, words
from careo.reading.types import Span

_JOINING_WORDS = "de del la las los of the for van von der den da dos do di bin ibn al el"
_JOINING = frozenset(_JOINING_WORDS.split())
_CALENDAR_WORDS = """\
monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo
january february march april may june july august september october november december
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"""
_CALENDAR = frozenset(_CALENDAR_WORDS.split())
_OPENERS_WORDS = """\
according actually asked besides despite earlier finally first following given instead last late later
meanwhile moreover nearly neither nobody nothing officials others perhaps police second sources still such
thanks third today together tomorrow tonight two unlike yesterday yet
acerca ademas ahora alla alli anoche antier apenas asimismo ayer cerca conforme cuanto dentro durante finalmente
fuera gracias hoy igual incluso jamas junto luego mediante menos mañana manana mas nadie ninguna ninguno nunca
ojala ojalá pese primero quienes quiza quizas respecto salvo segundo siempre tras unicamente vecinos"""
_OPENERS = frozenset(_OPENERS_WORDS.split())
_NUMBER_WORDS = frozenset(word for table in VALUES.values() for word in table) | {
    word for table in SCALES.values() for word in table
}
_NEVER = EVERY_FUNCTION_WORD | _CALENDAR | _NUMBER_WORDS

# "Habló Carlos de la Torre": a verb before its subject opens many a Spanish sentence.
_SPANISH_PAST = re.compile(r"[^\W\d_]{2,}(?:ó|aron|ieron)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written (`span`) and its words folded, joining words left out."""

    span: Span
    text: str
    words: tuple[str, ...]

    @property
    def form(self) -> str:
        """The form under which it is compared, whichever language wrote it."""
        return one_form(self.text)


def names(text: str) -> tuple[Name, ...]:
    """All names in the order of the text; each time one stands there it is listed."""
    sentences = [_Sentence(text, span) for part in paragraphs(text) for span in sentences_within(text, part)]
    known = {word.low for sentence in sentences for word in sentence.inner_capitals()}
    found = (name for sentence in sentences for name in _in_sentence(text, sentence, known))
    return tuple(found)


class _Sentence:
    def __init__(self, text: str, span: Span) -> None:
        self.words = words(text, span.start, span.end)
        self.opening = _openings(self.words)

    def inner_capitals(self) -> Iterable[Word]:
        return (word for at, word in enumerate(self.words) if word.is_capital and at not in self.opening)


def _openings(found: Sequence[Word]) -> frozenset[int]:
    """Where a capital letter says nothing: at the head of the sentence, of a quotation, after a colon."""
    heads, head = set(), True
    for at, word in enumerate(found):
        if word.is_mark:
            head = head or word.text in '"“«¿¡:•'
        elif head:
            heads.add(at)
            head = False
    return frozenset(heads)


def _in_sentence(text: str, sentence: _Sentence, known: set[str]) -> Iterable[Name]:
    run: list[Word] = []
    for at, word in enumerate(sentence.words):
        joins = bool(run) and word.low in _JOINING and _capital_follows(sentence.words, at)
        if joins or (_may_stand_in_name(word) and not _breaks(text, run, word)):
            run.append(word)
        else:
            yield from _named(text, run, sentence, known)
            run = [word] if _may_stand_in_name(word) else []
    yield from _named(text, run, sentence, known)


def _may_stand_in_name(word: Word) -> bool:
    return word.is_capital and not word.is_mark and fold(word.text) not in _CALENDAR


def _breaks(text: str, run: list[Word], word: Word) -> bool:
    return bool(run) and text[run[-1].end : word.start].replace("\u00a0", " ") != " "


def _capital_follows(found: Sequence[Word], at: int) -> bool:
    """Whether, after at most two more joining words, a capital comes: "Carlos de la Torre"."""
    for word in found[at + 1 : at + 3]:
        if word.low not in _JOINING:
            return _may_stand_in_name(word)
    return False


def _named(text: str, run: list[Word], sentence: _Sentence, known: set[str]) -> Iterable[Name]:
    """The name a run of words holds, its opener and small words at the ends left out."""
    run = list(run)
    first = sentence.words.index(run[0]) if run else -1
    if run and first in sentence.opening and _is_opener(run, known):
        run = run[1:]
    while run and (fold(run[0].text) in _NEVER or run[0].low in _JOINING):
        run = run[1:]
    while run and run[-1].low in _JOINING:
        run = run[:-1]
    if run and any(len(word.text) > 1 for word in run):
        span = Span(run[0].start, run[-1].end)
        parts = tuple(fold(word.text) for word in run if word.low not in _JOINING)
        yield Name(span, text[span.start : span.end], parts)


def _is_opener(run: list[Word], known: set[str]) -> bool:
    """Whether the first word has its capital from its place alone."""
    low = fold(run[0].text)
    if low in _NEVER or low in _OPENERS or _SPANISH_PAST.search(run[0].low):
        return True
    return len(run) == 1 and run[0].low not in known
