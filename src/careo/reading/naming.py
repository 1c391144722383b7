"""Whom a phrase names by itself: people, the holder of an office, an institution. What came before plays no part.

Each way says by its score how sure it is. Where none holds the answer is None: "his boss" and "a source" are not
guessed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.reading.bodies import Bodies
from careo.reading.grammar import Grammar, grammar
from careo.reading.offices import is_head
from careo.reading.people import Cast, Mention
from careo.reading.positions import Positions
from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span, Speaker
from careo.reading.word_sets import word_set

# How sure each way is, by its rank among them.
_NAMED, _LONE_NAME, _JOINED, _BY_OFFICE, _BODY, _BODY_CALLED = 0.95, 0.75, 0.85, 0.75, 0.6, 0.5
# "A minister" is not the minister whom the text names.
_INDEFINITE = word_set(
    "a an another some any one several two un una otro otra unos unas algún alguna varios dos"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker and, where it is one person, that person's number in the cast."""

    speaker: Speaker
    person: int | None


class Naming:
    """Resolves phrases against the cast of a text."""

    def __init__(self, cut: Surface, cast: Cast, positions: Positions) -> None:
        self.cut, self.cast, self.positions = cut, cast, positions
        self.rules: Grammar = grammar(cut.language)
        self.offices = [frozenset(_content_words(person.office or "", self.rules)) for person in cast.people]
        self._by_word: dict[str, list[int]] = {}
        for number, office in enumerate(self.offices):
            for word in office:
                self._by_word.setdefault(word, []).append(number)
        self.bodies = Bodies(cut, [mention.name for mention in cast.mentions])
        self.small = self.rules.determiners | self.rules.prepositions | self.rules.conjunctions

    def heads(self, phrase: Span) -> list[Mention]:
        """The people named as the phrase's heads: not "Olmedo's aide", not "a spokesman for Olmedo"."""
        heads: list[Mention] = []
        words = self.positions.words(phrase)
        for mention in self.cast.within(phrase.start, phrase.end):
            if (mention.genitive and mention.name.end < phrase.end) or self._qualifies(mention, words):
                continue
            before = self.positions.words(Span(phrase.start, max(phrase.start, mention.start)))
            if is_dependent(before, self.rules) and not heads:
                continue
            if heads and not _is_joined(before, self.rules):
                continue
            heads.append(mention)
        return heads

    def _qualifies(self, mention: Mention, words: Sequence[Word]) -> bool:
        """Whether the name only qualifies a noun: "the Trump administration"."""
        after = next((word for word in words if word.start >= mention.name.end), None)
        return (
            after is not None
            and not after.is_mark
            and after.low
            not in (
                self.rules.conjunctions
                | self.rules.relatives
                | self.rules.prepositions
                | self.rules.days
                | self.rules.adverbs
            )
        )

    def person(self, mention: Mention) -> Found:
        person = self.cast.people[mention.person]
        sure = _NAMED if " " in person.name else _LONE_NAME
        return Found(Speaker(person.name, person.office, round(sure * mention.score, 2)), mention.person)

    def joined(self, heads: Sequence[Mention]) -> Found:
        names = list(dict.fromkeys(self.cast.people[mention.person].name for mention in heads))
        if len(names) == 1:
            return self.person(heads[-1])
        return self.joint(names, _JOINED * min(mention.score for mention in heads))

    def joint(self, names: Sequence[str], score: float) -> Found:
        """Several who say one thing: all names, no office."""
        joint = " and " if self.cut.language == "en" else " y "
        return Found(Speaker(", ".join(names[:-1]) + joint + names[-1], None, round(score, 2)), None)

    def by_office(self, phrase: Span) -> Found | None:
        """ "The Foreign Affairs Secretary": whoever holds the office; the one named last if several do."""
        words = self.positions.words(phrase)
        owned = max((number for number, word in enumerate(words) if word.low in ("'s", "’s")), default=-1)
        said = frozenset(word.low for word in words[owned + 1 :]) - self.small
        if not words or words[0].low in _INDEFINITE or not any(is_head(word) for word in said):
            return None
        holders = self.holders(said)
        if not holders:
            return None
        chosen = max(
            holders,
            key=lambda number: max(
                (m.start for m in self.cast.people[number].mentions if m.start < phrase.start), default=-1
            ),
        )
        sure = _BY_OFFICE if len(holders) == 1 else _BY_OFFICE / 2
        person = self.cast.people[chosen]
        return Found(Speaker(person.name, person.office, round(sure, 2)), chosen)

    def holders(self, said: frozenset[str]) -> list[int]:
        """The people whose office has all these words."""
        some = min((self._by_word.get(word, ()) for word in said), key=len, default=())
        return [number for number in some if said <= self.offices[number]]

    def is_somebody(self, phrase: Span) -> bool:
        """Whether the phrase is one human being by office or calling, named or not: "a ministry spokesman"."""
        for word in self.positions.words(phrase):
            if word.low in self.rules.prepositions or word.text == ",":
                return False
            if word.low in _HUMAN or is_head(word.low):
                return True
        return False

    def body(self, phrase: Span) -> Found | None:
        """An institution, a paper, a document under the fullest name the text gives it: "la consultora Vatio", "el FPK"."""
        words = list(self.positions.words(phrase))
        if words and words[0].text == "@" and len(words) > 1:
            return Found(Speaker(self.cut.text[words[0].start : words[1].end], None, _BODY), None)
        start = 0
        while start < len(words) and (words[start].low in self.rules.determiners or words[start].is_mark):
            start += 1
        if start and start + 1 < len(words) and self._only_describes(words[start]):
            start += 1
        body = _up_to_aside(words[start:], self.rules)
        if (
            not body
            or not body[0].is_capital
            or body[0].low in self.rules.pronouns | self.rules.relatives
            or len(body) > 10
        ):
            return None
        if not (start or not _opens(self.cut, body[0], self.positions) or len(body) > 1):
            return None
        capital = sum(word.is_capital for word in body)
        if (
            2 * capital < len(body)
            or not body[-1].is_capital
            or any(word.low in ("'s", "’s") for word in body)
        ):
            return None
        name = " ".join(self.cut.text[body[0].start : body[-1].end].split())
        return Found(Speaker(self.bodies.fullest(name), None, _BODY), None)

    def body_called(self, phrase: Span) -> Found | None:
        """ "La federación": the body last named so."""
        words = self.positions.words(phrase)
        if len(words) < 2 or words[0].low not in self.rules.determiners or words[0].low in _INDEFINITE:
            return None
        if len(words) > 2 and not (words[2].is_mark or words[2].low in self.rules.relatives):
            return None
        name = self.bodies.called(words[1].low, phrase.start)
        return Found(Speaker(name, None, _BODY_CALLED), None) if name else None

    def _only_describes(self, word: Word) -> bool:
        """Whether a small word before a body's name says what it is: "la | consultora | Vatio", "the | state | Senate"."""
        return not (
            word.is_capital
            or word.is_mark
            or word.low in self.small
            or word.low in self.rules.relatives
            or is_head(word.low)
        )


def _up_to_aside(words: Sequence[Word], rules: Grammar) -> Sequence[Word]:
    """The words before the first bracket, comma or relative clause."""
    for number, word in enumerate(words):
        if (word.is_mark and word.text not in "&.-’'") or word.low in rules.relatives:
            return words[:number]
    return words


# Callings that holders of many offices go by.
ANY_OFFICE = word_set(
    "dirigente líder leader official oficial parlamentario representante responsable titular político "
    "experto experta expert jefe jefa chief head lawmaker member candidato candidata candidate abogado "
    "abogada lawyer profesor profesora professor doctor doctora investigador investigadora researcher"
)
# Who speaks without a name or an office.
_HUMAN = word_set(
    "man woman resident neighbour neighbor source witness worker driver docker fisherman protester person "
    "hombre mujer vecino vecina fuente testigo trabajador trabajadora estibador asistente persona "
    "funcionario funcionaria manifestante"
)


def is_dependent(before: Sequence[Word], rules: Grammar) -> bool:
    """Whether a preposition stands before the name with no comma after it: "a spokesman for | Olmedo"."""
    for word in reversed(before):
        if word.text in ",(":
            return False
        if word.low in rules.prepositions or word.low in ("'s", "’s"):
            return word.low not in ("'s", "’s")
    return False


def _is_joined(before: Sequence[Word], rules: Grammar) -> bool:
    """Whether the name follows another directly: "Barrera and | Ibarra", "Barrera, | Ibarra"."""
    return bool(before) and (before[-1].low in rules.conjunctions)


def _opens(cut: Surface, word: Word, positions: Positions) -> bool:
    return cut.sentences[positions.sentence(word.start)].start == word.start


def _content_words(text: str, rules: Grammar) -> frozenset[str]:
    small = rules.determiners | rules.prepositions | rules.conjunctions
    return frozenset(word for word in text.lower().replace(",", " ").split() if word not in small)
