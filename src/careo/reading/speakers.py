"""Who speaks: the fullest name, through pronouns, offices and what Spanish leaves out.

What a source names by itself is found first (naming.py). What points to somebody named elsewhere is a case with
candidates (antecedents.py), among which a ranking learnt from our own texts chooses (ranking.py). Nobody is a candidate
too, for a wrong name is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careo.reading.antecedents import Antecedents, Case, Spoken
from careo.reading.engine import Attribution
from careo.reading.naming import Found, Naming
from careo.reading.people import AMBIGUOUS, Cast, Mention
from careo.reading.positions import Positions
from careo.reading.ranking import likeliest
from careo.reading.references import PRONOUNS, Reference, reference
from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span, Speaker
from careo.reading.word_sets import word_set

_BY_RELATIVE, _BY_BOTH = 0.7, 0.5
_TWO, _BOTH_REACH = 2, 3
# How far before "quien", in characters, whoever it means may be named.
_LONGEST_ANTECEDENT = 400
_WITHIN_BODIES = word_set("de del la las los el y of the for and")
Choose = Callable[[Case], Found | None]


@dataclass(frozen=True, slots=True)
class Told:
    """Who made a statement. `found` is None where the text gives no name; `source` are the words that tell who it is."""

    found: Found | None
    source: Span | None


def speakers(cut: Surface, attributions: Sequence[Attribution], cast: Cast) -> list[Told]:
    """Who made each statement, in order."""
    ladder = Ladder(cut, cast)
    return [ladder.speaker(attribution) for attribution in attributions]


class Ladder:
    """Resolves sources in the order of the text, remembering who spoke; training puts in its own `choose`."""

    def __init__(self, cut: Surface, cast: Cast, choose: Choose = likeliest) -> None:
        self.cut, self.cast, self.choose = cut, cast, choose
        self.positions = Positions(cut)
        self.naming = Naming(cut, cast, self.positions)
        self.rules = self.naming.rules
        self.antecedents = Antecedents(self.naming)
        self.spoken = Spoken()

    def speaker(self, attribution: Attribution) -> Told:
        at = (attribution.cue or attribution.content)[0]
        source = Span(attribution.source[0].start, attribution.source[-1].end) if attribution.source else None
        sentence = self.positions.sentence(at.start)
        found = (
            self._named(attribution, source, sentence)
            if source
            else self.choose(self.antecedents.case(attribution, None, None, self.spoken))
        )
        self.spoken.add(sentence, found, source)
        return Told(found, source)

    def _named(self, attribution: Attribution, source: Span, sentence: int) -> Found | None:
        words = self.positions.words(source)
        if not words:
            return None
        heads = self.naming.heads(source)
        pronoun = next((word for word in words if word.low in PRONOUNS), None)
        whole = words[-1].low not in self.rules.relatives
        if pronoun is not None and heads and whole:
            return self._with_pronoun(attribution, source, PRONOUNS[pronoun.low], heads)
        if len(heads) > 1 and whole:
            return self.naming.joined(heads)
        if heads:
            return self.naming.person(heads[-1]) if heads[-1].score > AMBIGUOUS else None
        pointed = reference(_opening(words), self.cut.language)
        if pointed is None:
            return self.naming.by_office(source) or self._body(source)
        if pointed.kind == "both":
            return self._both(source, sentence)
        found = self._antecedent(source, sentence) if pointed.kind == "relative" else None
        found = found or self._pointed(attribution, source, pointed)
        return found or (self._body(source) if pointed.kind == "role" else None)

    def _pointed(self, attribution: Attribution, source: Span, pointed: Reference) -> Found | None:
        return self.choose(self.antecedents.case(attribution, source, pointed, self.spoken))

    def _body(self, source: Span) -> Found | None:
        return self.naming.body(source) or self.naming.body_called(source)

    def _antecedent(self, source: Span, sentence: int) -> Found | None:
        """ "Olmedo, quien …": whoever, or whatever body, is named right before."""
        start = self.cut.sentences[sentence].start
        start = max(start, source.start - _LONGEST_ANTECEDENT)
        before = [
            mention
            for mention in self.cast.within(start, source.start)
            if self.positions.is_quoted(mention.name.start) == self.positions.is_quoted(source.start)
        ]
        if before and before[-1].score <= AMBIGUOUS:
            return None
        if before and not before[-1].genitive:
            found = self.naming.person(before[-1])
            said = found.speaker
            return Found(Speaker(said.name, said.office, min(said.score, _BY_RELATIVE)), found.person)
        words = self.positions.words(Span(start, source.start))
        end = len(words) - (bool(words) and words[-1].text == ",")
        begin = end
        while begin > 0 and (words[begin - 1].is_capital or words[begin - 1].low in _WITHIN_BODIES):
            begin -= 1
        if begin == end:
            return None
        return self.naming.body(Span(words[begin].start, words[end - 1].end))

    def _both(self, source: Span, sentence: int) -> Found | None:
        """ "Ambos": the two people named last, in the order in which they were."""
        start = self.cut.sentences[max(sentence - _BOTH_REACH, 0)].start
        named: dict[int, Mention] = {}
        for mention in reversed(self.cast.within(start, source.start)):
            if not self.positions.is_quoted(mention.name.start):
                named.setdefault(mention.person, mention)
        two = sorted(list(named.values())[:2], key=lambda mention: mention.name)
        if len(two) < _TWO:
            return None
        return self.naming.joint([self.cast.people[mention.person].name for mention in two], _BY_BOTH)

    def _with_pronoun(
        self, attribution: Attribution, source: Span, pronoun: str, heads: Sequence[Mention]
    ) -> Found | None:
        """ "Both he and Videgaray"."""
        other = self._pointed(attribution, source, Reference("pronoun", pronoun))
        if other is None or other.person is None or any(mention.person == other.person for mention in heads):
            return None
        return self.naming.joint(
            [other.speaker.name, *(self.cast.people[mention.person].name for mention in heads)],
            other.speaker.score,
        )


def _opening(words: Sequence[Word]) -> list[str]:
    """The words up to the first mark, in lower case."""
    end = next((number for number, word in enumerate(words) if word.is_mark), len(words))
    return [word.low for word in words[:end]]
