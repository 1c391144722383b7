"""The institutions that a text names, and the short forms under which it goes on speaking of them.

>>> from careo.reading.surface import surface
>>> cut = surface("El Frente Popular de Karvania (FPK) aceptó. La Federación de Mineros, no.", "es")
>>> bodies = Bodies(cut, taken=())
>>> bodies.fullest("FPK"), bodies.fullest("Federación"), bodies.fullest("Senado")
('Frente Popular de Karvania', 'Federación de Mineros', 'Senado')
>>> bodies.called("federación", before=60)
'Federación de Mineros'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careo.reading.surface import Surface
from careo.reading.types import Span
from careo.reading.word_sets import word_set

_WITHIN = word_set("de del la las los el y of the for and e &")
_ARTICLES = word_set("la las los el the")
# More names than this in one text, or of one first word, are a register and nobody's speech.
_MOST = 2000
_ACRONYM = 8
# How far back, in characters, "the ministry" may reach.
_REACH = 6000


@dataclass(frozen=True, slots=True)
class _Body:
    start: int
    name: str
    acronym: str


class Bodies:
    """`taken` are the spans of people's names, which no institution's name begins with."""

    def __init__(self, cut: Surface, taken: Iterable[Span]) -> None:
        people = {span.start for span in taken}
        self._all = [body for body in _bodies(cut) if body.start not in people][:_MOST]
        self._by_acronym = {body.acronym: body.name for body in reversed(self._all) if body.acronym}
        self._by_first: dict[str, list[_Body]] = {}
        self._by_last: dict[str, list[_Body]] = {}
        for body in self._all:
            parts = body.name.split()
            if len(parts) > 1:
                self._by_first.setdefault(parts[0], []).append(body)
                self._by_last.setdefault(parts[-1], []).append(body)

    def fullest(self, name: str) -> str:
        """The longest name that the text gives the body it calls `name`; the name itself where there is none."""
        if name in self._by_acronym:
            return self._by_acronym[name]
        parts = name.split()
        longer = [body.name for body in self._by_first.get(parts[0], ()) if body.name.startswith(f"{name} ")]
        if not longer and len(parts) == 1:
            longer = [body.name for body in self._by_last.get(name, ()) if len(body.name.split()) == _PAIR]
        return max(longer, key=len, default=name)

    def called(self, noun: str, before: int) -> str | None:
        """ "La federación": the body last named before a place whose name begins with the noun."""
        for body in reversed(self._all):
            if (
                before - _REACH < body.start < before
                and " " in body.name
                and noun in body.name.lower().split()
            ):
                return self.fullest(body.name)
        return None


# "El Supremo" is "Tribunal Supremo", not every name that ends so.
_PAIR = 2


def _bodies(cut: Surface) -> Iterator[_Body]:
    words = cut.words
    for sentence in cut.sentences:
        at = sentence.first
        while at < sentence.last:
            if not words[at].is_capital or words[at].is_mark or words[at].low in _WITHIN:
                at += 1
                continue
            end = _end(cut, at, sentence.last)
            acronym = ""
            if (
                end + 2 < sentence.last
                and words[end].text == "("
                and words[end + 2].text == ")"
                and words[end + 1].is_capital
                and len(words[end + 1].text) <= _ACRONYM
            ):
                acronym = words[end + 1].text
            name = " ".join(cut.text[words[at].start : words[end - 1].end].split())
            yield _Body(words[at].start, name, acronym)
            at = end


def _end(cut: Surface, start: int, last: int) -> int:
    """The word after a name: capital words, with small ones between them."""
    words = cut.words
    end = at = start + 1
    while at < last and at - end < 3:
        word = words[at]
        if word.is_capital and not word.is_mark:
            end = at + 1
        elif word.low not in _WITHIN or (at == end and word.low in _ARTICLES):
            break
        at += 1
    return end
