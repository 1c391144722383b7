"""Who speaks: the fullest name, through pronouns, offices and what Spanish leaves out.

What a source names by itself is found first (naming.py). A pronoun and a subject left out then mean whom the sentences
before are about: who spoke in them, else their subject. Somebody without a name stops the search, for a wrong name is
worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.reading.engine import Attribution
from careo.reading.naming import Found, Naming
from careo.reading.people import UNSURE, Cast, Mention
from careo.reading.positions import Positions
from careo.reading.subjects import main_subject
from careo.reading.surface import Surface
from careo.reading.types import Span, Speaker

# How sure these two are. Set by hand; to be measured when there is gold for speakers.
_BY_PRONOUN, _LEFT_OUT = 0.7, 0.5
_PRONOUNS = {"he": "he", "she": "she", "él": "he", "ella": "she", "éste": "he", "ésta": "she"}
# How many sentences, its own included, a pronoun or a subject left out may reach back.
_REACH = 3
# Within how many words a sentence tells whom it is about.
_OPENING = 60


@dataclass(frozen=True, slots=True)
class Told:
    """Who made a statement. `found` is None where the text gives no name; `source` are the words that tell who it is."""

    found: Found | None
    source: Span | None


_NOBODY = Told(None, None)


def speakers(cut: Surface, attributions: Sequence[Attribution], cast: Cast) -> list[Told]:
    """Who made each statement, in order."""
    ladder = _Ladder(cut, cast)
    return [ladder.speaker(attribution) for attribution in attributions]


class _Ladder:
    """Resolves sources in the order of the text, remembering who spoke in which sentence."""

    def __init__(self, cut: Surface, cast: Cast) -> None:
        self.cut, self.cast = cut, cast
        self.positions = Positions(cut)
        self.naming = Naming(cut, cast, self.positions)
        self.rules = self.naming.rules
        self.told: dict[int, Told] = {}
        self._abouts: dict[int, Told | None] = {}

    def speaker(self, attribution: Attribution) -> Told:
        at = (attribution.cue or attribution.content)[0]
        sentence = self.positions.sentence(at.start)
        if attribution.source:
            source = Span(attribution.source[0].start, attribution.source[-1].end)
            told = Told(self._named(source, sentence), source)
        elif attribution.cue:
            told = self._left_out(sentence)
        else:
            return _NOBODY
        self.told[sentence] = told
        return told

    def _named(self, source: Span, sentence: int) -> Found | None:
        words = self.positions.words(source)
        if not words:
            return None
        heads = self.naming.heads(source)
        pronoun = next((word for word in words if word.low in _PRONOUNS), None)
        whole = words[-1].low not in self.rules.relatives
        if pronoun is not None and heads and whole:
            return self._with_pronoun(source, pronoun.low, heads, sentence)
        if len(heads) > 1 and whole:
            return self.naming.joined(heads)
        if heads:
            return self.naming.person(heads[-1]) if heads[-1].score > UNSURE else None
        if pronoun is not None and len(words) <= 2:
            return self._by_pronoun(source, _PRONOUNS[pronoun.low], sentence)
        return self.naming.by_office(source) or self.naming.body(source)

    def _with_pronoun(
        self, source: Span, pronoun: str, heads: Sequence[Mention], sentence: int
    ) -> Found | None:
        """ "Both he and Videgaray"."""
        other = self._by_pronoun(source, _PRONOUNS[pronoun], sentence)
        if other is None or other.person is None or any(mention.person == other.person for mention in heads):
            return None
        return self.naming.joint(
            [other.speaker.name, *(self.cast.people[mention.person].name for mention in heads)],
            other.speaker.score,
        )

    def _by_pronoun(self, source: Span, pronoun: str, sentence: int) -> Found | None:
        for back in range(min(_REACH, sentence + 1)):
            here = sentence - back
            person = self._salient(here, source.start, pronoun)
            if person is not None:
                found = self.cast.people[person]
                return Found(Speaker(found.name, found.office, round(_BY_PRONOUN - 0.1 * back, 2)), person)
            if back and self._is_about_somebody(here):
                return None
        return None

    def _salient(self, sentence: int, before: int, pronoun: str) -> int | None:
        """Whoever a pronoun is likeliest to mean in a sentence: who spoke in it, else whom it names first."""
        told = self.told.get(sentence, _NOBODY).found
        if told is not None and told.person is not None and self._fits(told.person, pronoun):
            return told.person
        if told is None and sentence in self.told:
            return None
        bounds = self.cut.sentences[sentence]
        subject = self._subject(sentence)
        if subject is not None and subject.end <= before and not self.naming.heads(subject):
            holder = self.naming.by_office(subject)
            if holder is not None and holder.person is not None and self._fits(holder.person, pronoun):
                return holder.person
            if self.naming.is_somebody(subject):
                return None
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

    def _is_about_somebody(self, sentence: int) -> bool:
        """Whether one human being without a name spoke in the sentence, or it is about one."""
        if sentence in self.told:
            told = self.told[sentence]
            return (
                told.found is None
                and told.source is not None
                and bool(self.naming.heads(told.source) or self.naming.is_somebody(told.source))
            )
        subject = self._subject(sentence)
        return subject is not None and self.naming.is_somebody(subject)

    def _left_out(self, sentence: int) -> Told:
        """Spanish says no subject where it is whom it just spoke of; English does not leave it out."""
        if self.cut.language != "es":
            return _NOBODY
        for back in range(min(_REACH, sentence + 1)):
            told = self.told.get(sentence - back) or (self._about(sentence - back) if back else None)
            if told is not None:
                return _less_sure(told)
        return _NOBODY

    def _about(self, sentence: int) -> Told | None:
        """Whom a sentence is about in which nobody was told to speak; None where it is about no one."""
        if sentence not in self._abouts:
            self._abouts[sentence] = self._found_about(sentence)
        return self._abouts[sentence]

    def _found_about(self, sentence: int) -> Told | None:
        subject = self._subject(sentence)
        if subject is not None:
            heads = self.naming.heads(subject)
            if len(heads) == 1 and heads[0].score > UNSURE:
                return Told(self.naming.person(heads[0]), subject)
            if self.naming.is_somebody(subject):
                return Told(self.naming.by_office(subject), subject)
            if heads or self.naming.body(subject) is not None:
                return _NOBODY
        return _NOBODY if self._may_act(sentence) else None

    def _may_act(self, sentence: int) -> bool:
        """Whether somebody whom the sentence names may be its subject after its verb: "Celebró sus palabras Ibarra"."""
        bounds = self.cut.sentences[sentence]
        for mention in self.cast.within(bounds.start, bounds.end):
            word = self.positions.numbers(Span(mention.start, mention.name.end)).start
            governed = word > bounds.first and self.cut.words[word - 1].low in self.rules.prepositions
            if not governed and self.cut.quoted[word] < 0:
                return True
        return False

    def _subject(self, sentence: int) -> Span | None:
        """The words of whom the sentence is about; None where it begins within quotation marks."""
        bounds = self.cut.sentences[sentence]
        stop = bounds.first
        while stop < min(bounds.last, bounds.first + _OPENING) and self.cut.quoted[stop] < 0:
            stop += 1
        found = main_subject(self.cut, bounds.first, stop)
        return Span(self.cut.words[found[0]].start, self.cut.words[found[1] - 1].end) if found else None


def _less_sure(told: Told) -> Told:
    if told.found is None:
        return told
    said = told.found.speaker
    return Told(
        Found(Speaker(said.name, said.office, min(_LEFT_OUT, said.score)), told.found.person), told.source
    )
