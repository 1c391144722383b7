"""Who speaks: the fullest name, through pronouns, offices and what Spanish leaves out.

What a source names by itself is found first (naming.py). A pronoun and a subject left out then mean whom the sentences
before are about: who spoke in them, else their subject. Somebody without a name stops the search, for a wrong name is
worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from careo.reading.engine import Attribution
from careo.reading.naming import Found, Naming
from careo.reading.people import UNSURE, Cast, Mention
from careo.reading.positions import Positions
from careo.reading.references import Reference, reference
from careo.reading.subjects import main_subject
from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span, Speaker
from careo.reading.word_sets import word_set

# How sure each of these is: by its rank among the ways, as `bench/reading.py` counts them on our own texts.
_BY_PRONOUN, _LEFT_OUT, _BY_ROLE = 0.7, 0.5, 0.55
_PRONOUNS = {"he": "he", "she": "she", "él": "he", "ella": "she", "éste": "he", "ésta": "she"}
# How many sentences, its own included, a pronoun or a subject left out may reach back.
_REACH = 3
_LEFT_OUT_REACH = 6
_PROTAGONIST, _BY_PROTAGONIST = 2, 0.3
# "The minister" may be who was named a dozen sentences before.
_ROLE_REACH = 8
_WITHIN_BODIES = word_set("de del la las los el y of the for and")
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
        elif attribution.cue and (self.cut.language != "es" or self._is_nobodys(attribution.cue[0])):
            told = _NOBODY
        else:
            told = self._left_out(sentence)
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
        pointed = reference(_opening(words), self.cut.language)
        if pointed is not None and pointed.kind != "role":
            return self._referred(pointed, source, sentence)
        return (
            self.naming.by_office(source)
            or (self._by_role(source, pointed.pronoun, sentence) if pointed else None)
            or self.naming.body(source)
            or self.naming.body_called(source)
        )

    def _referred(self, pointed: Reference, source: Span, sentence: int) -> Found | None:
        if pointed.kind == "relative":
            return self._antecedent(source, sentence)
        if pointed.kind == "latest":
            return self._latest(source, pointed.pronoun, sentence)
        if pointed.kind == "owner" and self.cut.language == "es":
            return self._left_out(sentence).found
        return self._by_pronoun(source, pointed.pronoun, sentence)

    def _antecedent(self, source: Span, sentence: int) -> Found | None:
        """ "Olmedo, quien …": whoever, or whatever body, is named right before."""
        start = self.cut.sentences[sentence].start
        before = [
            mention
            for mention in self.cast.within(start, source.start)
            if self.positions.is_quoted(mention.name.start) == self.positions.is_quoted(source.start)
        ]
        if before and not before[-1].genitive:
            return self._as_sure(self.naming.person(before[-1]), _BY_PRONOUN)
        words = self.positions.words(Span(start, source.start))
        end = len(words) - (bool(words) and words[-1].text == ",")
        begin = end
        while begin > 0 and (words[begin - 1].is_capital or words[begin - 1].low in _WITHIN_BODIES):
            begin -= 1
        if begin == end:
            return None
        return self.naming.body(Span(words[begin].start, words[end - 1].end))

    def _latest(self, source: Span, pronoun: str, sentence: int) -> Found | None:
        """ "Este último": whoever was named last, in this sentence or the one before."""
        start = self.cut.sentences[max(sentence - 1, 0)].start
        for mention in reversed(self.cast.within(start, source.start)):
            if self._fits(mention.person, pronoun) and not self.positions.is_quoted(mention.name.start):
                return self._as_sure(self.naming.person(mention), _BY_PRONOUN)
        return None

    def _by_role(self, source: Span, pronoun: str, sentence: int) -> Found | None:
        """ "La funcionaria": who spoke last, or was named last, and may be called so."""
        words = self.positions.words(source)
        words = words[: len(_opening(words))]
        called = {word.low for word in words[1:] if word.is_capital}
        for back in range(min(_ROLE_REACH, sentence + 1)):
            for person in self._present(sentence - back, source.start):
                if self._fits(person, pronoun) and self.naming.may_be_called(
                    person, words, called, near=back < _REACH
                ):
                    found = self.cast.people[person]
                    sure = round(max(_BY_ROLE - 0.03 * back, 0.3), 2)
                    return Found(Speaker(found.name, found.office, sure), person)
        return None

    def _present(self, sentence: int, before: int) -> list[int]:
        """The people of a sentence, likeliest first: who spoke in it, then whom it names, the last first."""
        told = self.told.get(sentence, _NOBODY).found
        spoke = [told.person] if told is not None and told.person is not None else []
        bounds = self.cut.sentences[sentence]
        named = [
            mention.person
            for mention in reversed(self.cast.within(bounds.start, min(bounds.end, before)))
            if not self.positions.is_quoted(mention.name.start)
        ]
        return [*spoke, *named]

    @staticmethod
    def _as_sure(found: Found, most: float) -> Found:
        said = found.speaker
        return Found(Speaker(said.name, said.office, min(said.score, most)), found.person)

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

    def _is_nobodys(self, cue: Span) -> bool:
        """Whether the verb has no one person for its subject: "se espera que", "lo acusaron de"."""
        words = self.positions.words(cue)
        first = words[0].low if words else ""
        return (first == "se" and len(words) > 1 and words[1].low in _IMPERSONAL) or (
            bool(words) and words[-1].low.endswith(("aron", "ieron"))
        )

    def _left_out(self, sentence: int) -> Told:
        """Spanish says no subject where it is whom it just spoke of; a quotation alone belongs to whoever spoke."""
        for back in range(min(_LEFT_OUT_REACH, sentence + 1)):
            told = self._speaking_or_spoken_of(sentence - back, told_alone=not back)
            if told is not None:
                return _less_sure(told, back)
        return self._protagonist(sentence)

    def _protagonist(self, sentence: int) -> Told:
        """Whom the text so far is about: named three times at least, and as often as all others together."""
        named = Counter(mention.person for mention in self.cast.within(0, self.cut.sentences[sentence].start))
        if not named:
            return _NOBODY
        person, times = named.most_common(1)[0]
        if times < _PROTAGONIST or 2 * times < named.total():
            return _NOBODY
        found = self.cast.people[person]
        return Told(Found(Speaker(found.name, found.office, _BY_PROTAGONIST), person), None)

    def _speaking_or_spoken_of(self, sentence: int, *, told_alone: bool) -> Told | None:
        """Who spoke in a sentence, else whom it is about. One of many ("those who ask for it") is passed over."""
        told = self.told.get(sentence)
        if told is not None and (told.found is not None or told_alone or self._is_about_somebody(sentence)):
            return told
        about = None if told_alone else self._about(sentence)
        return about if about is not None else told

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
        acting = self._may_act(sentence)
        if not acting:
            return None
        alone = len({mention.person for mention in acting}) == 1 and acting[0].score > UNSURE
        return Told(self.naming.person(acting[0]), acting[0].name) if alone else _NOBODY

    def _may_act(self, sentence: int) -> list[Mention]:
        """Those whom the sentence names and who may be its subject after its verb: "Celebró sus palabras Ibarra"."""
        found = []
        bounds = self.cut.sentences[sentence]
        for mention in self.cast.within(bounds.start, bounds.end):
            word = self.positions.numbers(Span(mention.start, mention.name.end)).start
            governed = word > bounds.first and self.cut.words[word - 1].low in self.rules.prepositions
            if not governed and self.cut.quoted[word] < 0:
                found.append(mention)
        return found

    def _subject(self, sentence: int) -> Span | None:
        """The words of whom the sentence is about; None where it begins within quotation marks."""
        bounds = self.cut.sentences[sentence]
        stop = bounds.first
        while stop < min(bounds.last, bounds.first + _OPENING) and self.cut.quoted[stop] < 0:
            stop += 1
        found = main_subject(self.cut, bounds.first, stop)
        return Span(self.cut.words[found[0]].start, self.cut.words[found[1] - 1].end) if found else None


_IMPERSONAL = word_set(
    "espera esperaba cree creía dice decía sabe prevé preveía comenta rumorea considera estima calcula "
    "teme presume sospecha supo"
)


def _opening(words: Sequence[Word]) -> list[str]:
    """The words of a phrase up to its first mark, in lower case."""
    found = []
    for word in words:
        if word.is_mark:
            break
        found.append(word.low)
    return found


def _less_sure(told: Told, back: int) -> Told:
    if told.found is None:
        return told
    said = told.found.speaker
    return Told(
        Found(
            Speaker(said.name, said.office, min(round(_LEFT_OUT - 0.05 * max(back - 2, 0), 2), said.score)),
            told.found.person,
        ),
        told.source,
    )
