"""Who a source names: the fullest name, through pronouns, offices and what Spanish leaves out.

Resolution goes down a ladder, and each step says by its score how sure it is. Where no step holds the speaker is None:
"his boss" and "a source" are not guessed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.reading.engine import Attribution
from careo.reading.grammar import Grammar, grammar
from careo.reading.offices import is_head
from careo.reading.people import Cast, Mention
from careo.reading.positions import Positions
from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span, Speaker

# How sure each step of the ladder is. Set by hand; to be measured when there is gold for speakers.
_NAMED, _LONE_NAME, _JOINED, _BY_OFFICE, _BY_PRONOUN, _LEFT_OUT, _BODY = 0.95, 0.75, 0.85, 0.75, 0.7, 0.5, 0.6
_PRONOUNS = {"he": "he", "she": "she", "él": "he", "ella": "she", "éste": "he", "ésta": "she"}
# How many sentences back a pronoun may reach.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker and, where it is one person, that person's number in the cast."""

    speaker: Speaker
    person: int | None


def speakers(cut: Surface, attributions: Sequence[Attribution], cast: Cast) -> list[Found | None]:
    """The speaker of each attribution, in order; None where the text does not say who."""
    ladder = _Ladder(cut, cast)
    return [ladder.speaker(attribution) for attribution in attributions]


class _Ladder:
    """Resolves sources in the order of the text, remembering who spoke last and where."""

    def __init__(self, cut: Surface, cast: Cast) -> None:
        self.cut, self.cast = cut, cast
        self.rules: Grammar = grammar(cut.language)
        self.positions = Positions(cut)
        self.offices = [frozenset(_content_words(person.office or "", self.rules)) for person in cast.people]
        self._small = self.rules.determiners | self.rules.prepositions | self.rules.conjunctions
        self.last: Found | None = None
        self.last_sentence = -10

    def speaker(self, attribution: Attribution) -> Found | None:
        at = (attribution.cue or attribution.content)[0]
        sentence = self.positions.sentence(at.start)
        source = Span(attribution.source[0].start, attribution.source[-1].end) if attribution.source else None
        found = self._left_out(sentence) if source is None else self._named(source, sentence)
        if found is not None and source is None and attribution.cue == ():
            found = None
        if found is not None:
            self.last, self.last_sentence = found, sentence
        return found

    def _named(self, source: Span, sentence: int) -> Found | None:
        words = self.positions.words(source)
        if not words:
            return None
        heads = self._heads(source, words)
        pronoun = next((word for word in words if word.low in _PRONOUNS), None)
        if pronoun is not None and heads and words[-1].low not in self.rules.relatives:
            return self._with_pronoun(source, pronoun.low, heads, sentence)
        if len(heads) > 1 and words[-1].low not in self.rules.relatives:
            return self._joined(heads)
        if heads:
            return self._person(heads[-1], 1.0)
        if pronoun is not None and len(words) <= 2:
            return self._by_pronoun(source, _PRONOUNS[pronoun.low], sentence)
        return self._by_office(source, words, sentence) or self._body(source, words)

    def _with_pronoun(
        self, source: Span, pronoun: str, heads: Sequence[Mention], sentence: int
    ) -> Found | None:
        """ "Both he and Videgaray"."""
        other = self._by_pronoun(source, _PRONOUNS[pronoun], sentence)
        if other is None or other.person is None or any(mention.person == other.person for mention in heads):
            return None
        return self._joint(
            [other.speaker.name, *(self.cast.people[mention.person].name for mention in heads)],
            other.speaker.score,
        )

    def _heads(self, source: Span, words: Sequence[Word]) -> list[Mention]:
        """The people named as the source's heads: not "Olmedo's aide", not "a spokesman for Olmedo"."""
        heads: list[Mention] = []
        for mention in self.cast.within(source.start, source.end):
            if (mention.genitive and mention.name.end < source.end) or self._qualifies(mention, words):
                continue
            before = self.positions.words(Span(source.start, max(source.start, mention.start)))
            if _is_dependent(before, self.rules) and not heads:
                continue
            if heads and not _is_joined(before, self.rules):
                continue
            heads.append(mention)
        return heads

    def _person(self, mention: Mention, factor: float) -> Found:
        person = self.cast.people[mention.person]
        sure = _NAMED if " " in person.name else _LONE_NAME
        return Found(
            Speaker(person.name, person.office, round(sure * mention.score * factor, 2)), mention.person
        )

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

    def _joined(self, heads: Sequence[Mention]) -> Found:
        names = list(dict.fromkeys(self.cast.people[mention.person].name for mention in heads))
        if len(names) == 1:
            return self._person(heads[-1], 1.0)
        return self._joint(names, _JOINED * min(mention.score for mention in heads))

    def _joint(self, names: Sequence[str], score: float) -> Found:
        """Several who say one thing: all names, no office."""
        joint = " and " if self.cut.language == "en" else " y "
        return Found(Speaker(", ".join(names[:-1]) + joint + names[-1], None, round(score, 2)), None)

    def _by_pronoun(self, source: Span, pronoun: str, sentence: int) -> Found | None:
        for back in range(_REACH):
            here = sentence - back
            if here < 0:
                break
            person = self._salient(here, source.start, pronoun)
            if person is not None:
                found = self.cast.people[person]
                return Found(Speaker(found.name, found.office, round(_BY_PRONOUN - 0.1 * back, 2)), person)
        return None

    def _salient(self, sentence: int, before: int, pronoun: str) -> int | None:
        """Whoever a pronoun is likeliest to mean in a sentence: who spoke in it, else whom it names first."""
        if (
            self.last is not None
            and self.last.person is not None
            and self.last_sentence == sentence
            and self._fits(self.last.person, pronoun)
        ):
            return self.last.person
        bounds = self.cut.sentences[sentence]
        named = [
            mention
            for mention in self.cast.within(bounds.start, min(bounds.end, before))
            if self._fits(mention.person, pronoun)
        ]
        outside = [mention for mention in named if not self.positions.is_quoted(mention.name.start)]
        subjects = [mention for mention in outside if not mention.genitive]
        chosen = next(iter(subjects or outside), None)
        return chosen.person if chosen else None

    def _fits(self, person: int, pronoun: str) -> bool:
        return self.cast.pronouns[person] in ("", pronoun)

    def _left_out(self, sentence: int) -> Found | None:
        """Spanish says no subject where it is who spoke last; English does not leave it out."""
        if self.cut.language != "es" or self.last is None or sentence - self.last_sentence > 2:
            return None
        speaker = self.last.speaker
        return Found(Speaker(speaker.name, speaker.office, min(_LEFT_OUT, speaker.score)), self.last.person)

    def _by_office(self, source: Span, words: Sequence[Word], sentence: int) -> Found | None:
        """ "The Foreign Affairs Secretary": whoever holds the office; the one named last if several do."""
        owned = max((number for number, word in enumerate(words) if word.low in ("'s", "’s")), default=-1)
        said = frozenset(word.low for word in words[owned + 1 :]) - self._small
        if not any(is_head(word) for word in said):
            return None
        holders = [number for number, office in enumerate(self.offices) if office and said <= office]
        if not holders:
            return None
        chosen = max(
            holders,
            key=lambda number: max(
                (m.start for m in self.cast.people[number].mentions if m.start < source.start), default=-1
            ),
        )
        person = self.cast.people[chosen]
        return Found(
            Speaker(
                person.name, person.office, round(_BY_OFFICE if len(holders) == 1 else _BY_OFFICE / 2, 2)
            ),
            chosen,
        )

    def _body(self, source: Span, words: Sequence[Word]) -> Found | None:
        """An institution, a paper, a document with a name of its own, as the source writes it."""
        start = 0
        while start < len(words) and (words[start].low in self.rules.determiners or words[start].is_mark):
            start += 1
        body = words[start:]
        if (
            not body
            or not body[0].is_capital
            or body[0].low in self.rules.pronouns | self.rules.relatives
            or len(body) > 10
        ):
            return None
        if any(word.is_mark and word.text not in "&.-’'" for word in body) or not (
            start or not _opens(self.cut, body[0], self.positions) or len(body) > 1
        ):
            return None
        capital = sum(word.is_capital for word in body)
        if (
            2 * capital < len(body)
            or not body[-1].is_capital
            or any(word.low in ("'s", "’s") for word in body)
        ):
            return None
        name = " ".join(self.cut.text[body[0].start : body[-1].end].split())
        return Found(Speaker(name, None, _BODY), None)


def _opens(cut: Surface, word: Word, positions: Positions) -> bool:
    return cut.sentences[positions.sentence(word.start)].start == word.start


def _content_words(text: str, rules: Grammar) -> frozenset[str]:
    small = rules.determiners | rules.prepositions | rules.conjunctions
    return frozenset(word for word in text.lower().replace(",", " ").split() if word not in small)


def _is_dependent(before: Sequence[Word], rules: Grammar) -> bool:
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
