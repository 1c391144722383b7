"""Whom a pronoun, "the minister" or a subject left out may mean: the candidates, and what speaks for each.

What is told of a candidate are features by name, most of them 1 where they hold: how many sentences ago the text named
him, whether he spoke last, whether the sentence is about him, whether office and gender fit. `ranking.py` weighs them.
Nobody is always a candidate: the text may name whoever spoke nowhere.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from careo.reading.engine import Attribution
from careo.reading.naming import ANY_OFFICE, Found, Naming
from careo.reading.offices import is_head
from careo.reading.people import AMBIGUOUS, Mention
from careo.reading.references import Reference
from careo.reading.subjects import main_subject
from careo.reading.tokens import Word
from careo.reading.types import Span, Speaker
from careo.reading.word_sets import word_set

Kind = Literal["pronoun", "role", "dropped", "alone"]
Features = dict[str, float]

# Candidates looked at, the nearest first, and how many sentences ahead a name may still come.
_MOST, _AHEAD = 12, 2
# Statements remembered: who spoke a page ago is a candidate by being named, if at all.
_REMEMBERED = 6
# Within how many words a sentence tells whom it is about.
_OPENING = 60
_OPENING_SENTENCES = 2
# In a text with hardly a name, or before it has got anywhere, how often somebody is named says nothing.
_FEW = 4
_PLURAL = re.compile(r"\w{2,}(?:[aeo]n|ron)")
_NO_VERB = word_set("también bien quien ven")
_REPLY = re.compile(
    r"(?:contest|respond|replic|retruc|espet|correg|interrump|repl(?:y|i)|answer|retort|counter)"
)
_IMPERSONAL = word_set(
    "espera esperaba cree creía dice decía sabe prevé preveía comenta rumorea considera estima calcula "
    "teme presume sospecha supo"
)
# "Se mostró convencida": a state tells who is in it, a compound tense ("ha declarado") does not.
_STATE = re.compile(r"\w+(?:ad|id|ur|uest|ari|iert)([oa])")
_COMPOUND = word_set("ha había haya hubiera habría habrá he hemos")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant; `found` is None for nobody whom the text names."""

    found: Found | None
    features: Features


@dataclass(frozen=True, slots=True)
class Case:
    """One source to be resolved. Nobody comes first among the candidates."""

    kind: Kind
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class Spoken:
    """Who spoke so far: for each statement its sentence, who made it, and the words that tell who."""

    sentences: list[int] = field(default_factory=list)
    found: list[Found | None] = field(default_factory=list)
    sources: list[Span | None] = field(default_factory=list)

    def add(self, sentence: int, found: Found | None, source: Span | None) -> None:
        self.sentences.append(sentence)
        self.found.append(found)
        self.sources.append(source)


class Antecedents:
    """Makes cases of the sources of one text."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.cut, self.cast, self.positions = naming.cut, naming.cast, naming.positions
        self._subjects: dict[int, Span | None] = {}
        self._alone: dict[int, bool] = {}
        self._starts: dict[int, list[int]] = {}
        for mention in self.cast.mentions:
            self._starts.setdefault(mention.person, []).append(mention.name.start)

    def case(
        self, attribution: Attribution, source: Span | None, pointed: Reference | None, spoken: Spoken
    ) -> Case:
        """`pointed` is what the source's words point to; without a source it is None."""
        at = _Place(self, attribution, source, pointed)
        at.unnamed = self._unnamed(spoken, at.sentence)
        at.last_said = spoken.sentences[-1] if spoken.sentences else -1
        if at.impersonal:
            return Case(at.kind, (Candidate(None, {"nobody": 1.0}),))
        seen = [*self._named_before(at), *self._named_after(at)]
        features = {person: self._of_person(person, mention, at) for person, mention in seen}
        for person in self._called_so(at):
            features.setdefault(person, self._of_person(person, None, at))
        names: dict[str, Features] = {}
        for back, number in enumerate(range(len(spoken.found) - 1, -1, -1)):
            if back >= _REMEMBERED:
                break
            found = spoken.found[number]
            if found is None:
                continue
            if found.person is not None:
                told = features.setdefault(found.person, self._of_person(found.person, None, at))
            elif at.kind == "role" or (at.kind == "pronoun" and at.gender):
                continue  # no institution is "she", or "the minister"
            else:
                told = names.setdefault(
                    found.speaker.name, {"no person": 1.0, f"no person, {_number(at)}": 1.0}
                )
            _spoke(told, back, at.sentence - spoken.sentences[number], at)
        nobody = Candidate(None, self._of_nobody(at, spoken, bool(features)))
        people = [
            Candidate(self._found(person), told)
            for person, told in features.items()
            if not _excluded(told, at)
        ]
        bodies = [Candidate(Found(Speaker(name, None, 1.0), None), told) for name, told in names.items()]
        return Case(at.kind, (nobody, *people, *bodies))

    def _unnamed(self, spoken: Spoken, sentence: int) -> int | None:
        """Where a human being without a name, or a body, spoke or acted just before: "A spokesman denied it."."""
        last = spoken.sentences[-1] if spoken.sentences else -1
        source = spoken.sources[-1] if spoken.sources and spoken.found[-1] is None else None
        if source is None or sentence - last >= _NEAR:
            source = self._subject(sentence - 1) if last < sentence - 1 else None
            if source is not None and self.naming.body(source) is not None:
                return source.start
        if source is None or self.naming.heads(source) or not self.naming.is_somebody(source):
            return None
        return source.start

    def _found(self, person: int) -> Found:
        named = self.cast.people[person]
        return Found(Speaker(named.name, named.office, 1.0), person)

    def _named_before(self, at: _Place) -> list[tuple[int, Mention]]:
        """The people named last, each with that mention."""
        found: dict[int, Mention] = {}
        last = bisect_left(self.cast.mentions, at.start, key=lambda mention: mention.name.start)
        for mention in reversed(self.cast.mentions[max(0, last - 5 * _MOST) : last]):
            if mention.score > AMBIGUOUS and not at.holds(mention.name.start):
                found.setdefault(mention.person, mention)
            if len(found) == _MOST:
                break
        return list(found.items())

    def _named_after(self, at: _Place) -> list[tuple[int, Mention]]:
        """Those first named here or in the next sentences: "…”, she said. Teresa Olmedo had come to …"."""
        end = self.cut.sentences[min(at.sentence + _AHEAD, len(self.cut.sentences) - 1)].end
        following = islice(self.cast.within(at.start, end), 2 * _MOST)
        return [
            (mention.person, mention)
            for mention in following
            if self._starts[mention.person][0] == mention.name.start
            and mention.score > AMBIGUOUS
            and not at.holds(mention.name.start)
        ]

    def _called_so(self, at: _Place) -> list[int]:
        """Those whom the text gives the office that the source tells, wherever it does: a headline names nobody."""
        if at.kind != "role" or not any(is_head(word) for word in at.said):
            return []
        return self.naming.holders(at.said)[:_MOST]

    def _of_person(self, person: int, mention: Mention | None, at: _Place) -> Features:
        told: Features = {"person": 1.0}
        pronoun = self.cast.pronouns[person]
        if at.gender and (pronoun or at.kind in ("pronoun", "role")):
            told["gender fits" if pronoun == at.gender else "gender clashes" if pronoun else "gender?"] = 1.0
        starts = self._starts[person]
        before = bisect_left(starts, at.start)
        told["often"] = math.log1p(before)
        told["share"] = before / (_FEW + self._mentions_before(at.start))
        told["share of all"] = len(starts) / (_FEW + len(self.cast.mentions))
        opened = self.positions.sentence(starts[0]) < _OPENING_SENTENCES
        told["in the opening"] = float(opened and at.sentence > _FEW)
        told["lone name"] = float(" " not in self.cast.people[person].name)
        if at.kind == "role":
            told |= self._in_office(person, at)
        if at.plural:
            told["plural"] = 1.0
        if at.unnamed is not None and (not before or starts[before - 1] < at.unnamed):
            told["somebody unnamed since"] = 1.0
        if mention is not None:
            told |= self._by_mention(mention, at)
        return told

    def _by_mention(self, mention: Mention, at: _Place) -> Features:
        sentence = self.positions.sentence(mention.name.start)
        away = at.sentence - sentence
        told: Features = {f"named {_bucket(away)}": 1.0}
        if away >= 0:
            paragraphs = self.cut.sentences[at.sentence].paragraph - self.cut.sentences[sentence].paragraph
            told[f"paragraphs {min(paragraphs, 2)}"] = 1.0
            between = self.cast.within(mention.name.end, at.start)
            others = {one.person for one in between[-5 * _MOST :]} - {mention.person}
            told[f"since then {min(len(others), 2)}"] = 1.0
        near = _bucket(away) if away < _NEAR else "far"
        if mention.genitive:
            told[f"owner {near}"] = 1.0
        if self.positions.is_quoted(mention.name.start):
            told[f"quoted {near}"] = 1.0
        word = self.positions.numbers(Span(mention.start, mention.name.end)).start
        if word and self.cut.words[word - 1].low in self.naming.rules.prepositions:
            told[f"governed {near}"] = 1.0
        subject = self._subject(sentence)
        if subject is not None and subject.start <= mention.name.start < subject.end:
            told[f"subject {near}"] = 1.0
        if self.cut.sentences[sentence].start == mention.start:
            told[f"first {near}"] = 1.0
        if self._is_alone(sentence):
            told[f"alone {near}"] = 1.0
        governed = f"governed {near}" in told
        if at.last_said < sentence < at.sentence and not governed:
            told["named since anybody spoke"] = 1.0
        return told

    def _is_alone(self, sentence: int) -> bool:
        """Whether the sentence names one person only."""
        if sentence not in self._alone:
            bounds = self.cut.sentences[sentence]
            self._alone[sentence] = (
                len({one.person for one in self.cast.within(bounds.start, bounds.end)}) == 1
            )
        return self._alone[sentence]

    def _in_office(self, person: int, at: _Place) -> Features:
        held = self.naming.offices[person]
        said = at.said
        heads = {word for word in said if is_head(word)} - ANY_OFFICE
        own = {word for word in held if is_head(word)}
        told: Features = {}
        if said and said <= held:
            told["office is said"] = 1.0
        if heads:
            told["head is held" if heads & own else "other head" if own else "no office"] = 1.0
        else:
            told["calling, office" if own else "calling, none"] = 1.0
            told["calling is held"] = float(bool(said & held))
        rest = (said & held) - heads
        told["shares office"] = len(rest) / max(len(said), 1)
        name = {part.lower() for part in self.cast.people[person].name.split()}
        told["shares name"] = float(bool(said & name))
        return told

    def _of_nobody(self, at: _Place, spoken: Spoken, anybody: bool) -> Features:
        told: Features = {"nobody": 1.0}
        if not anybody:
            told["no one else"] = 1.0
        if at.plural:
            told["nobody, plural"] = 1.0
        if at.impersonal:
            told["impersonal"] = 1.0
        if self.cut.language == "en":
            told["nobody, English"] = 1.0
        if at.named:
            told["nobody, a place is named"] = 1.0
        if spoken.found and spoken.found[-1] is None:
            away = at.sentence - spoken.sentences[-1]
            source = spoken.sources[-1]
            somebody = source is not None and self.naming.is_somebody(source)
            told[f"unnamed {'somebody' if somebody else 'else'} spoke {_bucket(away)}"] = 1.0
        for back in (0, 1):
            if at.sentence >= back:
                subject = self._subject(at.sentence - back)
                if subject is not None and not self.naming.heads(subject):
                    somebody = self.naming.is_somebody(subject)
                    told[f"about {'somebody' if somebody else 'something'} {back}"] = 1.0
        return told

    def _mentions_before(self, place: int) -> int:
        return bisect_left(self.cast.mentions, place, key=lambda mention: mention.name.start)

    def _subject(self, sentence: int) -> Span | None:
        """The words of whom the sentence is about; None where it begins within quotation marks."""
        if sentence not in self._subjects:
            bounds = self.cut.sentences[sentence]
            stop = bounds.first
            while stop < min(bounds.last, bounds.first + _OPENING) and self.cut.quoted[stop] < 0:
                stop += 1
            found = main_subject(self.cut, bounds.first, stop)
            words = self.cut.words
            self._subjects[sentence] = Span(words[found[0]].start, words[found[1] - 1].end) if found else None
        return self._subjects[sentence]


_NEAR = 3


class _Place:
    """Where a source stands and what its own words tell."""

    def __init__(
        self, of: Antecedents, attribution: Attribution, source: Span | None, pointed: Reference | None
    ) -> None:
        anchor = (attribution.cue or attribution.content)[0]
        self.content = attribution.content
        self.unnamed: int | None = None
        self.last_said = -1
        self.start = min(anchor.start, source.start) if source else anchor.start
        self.sentence = of.positions.sentence(anchor.start)
        cue = [word for span in attribution.cue for word in of.positions.words(span)]
        self.reply = any(_REPLY.match(word.low) for word in cue)
        self.plural = of.cut.language == "es" and source is None and any(map(_is_plural, cue))
        lows = [word.low for word in cue]
        self.impersonal = source is None and lows[:1] == ["se"] and lows[1:2] != [] and lows[1] in _IMPERSONAL
        words = list(of.positions.words(source)) if source else []
        small = of.naming.small
        self.said = frozenset(word.low for word in words if word.low not in small and not word.is_mark)
        self.named = any(word.is_capital for word in words[1:])
        self.kind: Kind = "dropped" if attribution.cue else "alone"
        self.gender = ""
        if source is not None and pointed is not None:
            self.kind = "role" if pointed.kind == "role" else "pronoun"
            self.gender = pointed.pronoun
        elif of.cut.language == "es" and cue and not any(word.low in _COMPOUND for word in cue):
            state = _STATE.fullmatch(cue[-1].low) if len(cue) > 1 else None
            self.gender = "" if state is None else "she" if state[1] == "a" else "he"

    def holds(self, place: int) -> bool:
        """Whether the place lies in what is said: "“Olmedo lies”, she said" is not said by Olmedo."""
        return any(span.start <= place < span.end for span in self.content)


def _excluded(told: Features, at: _Place) -> bool:
    """A woman is no "he", a senator not "the mayor".

    After "a spokesman said" no one before him goes on speaking, by whatever words he is called.
    """
    passed = at.kind != "role" and "somebody unnamed since" in told
    return "gender clashes" in told or "other head" in told or passed


def _is_plural(word: Word) -> bool:
    return word.low not in _NO_VERB and _PLURAL.fullmatch(word.low) is not None


def _number(at: _Place) -> str:
    return "plural" if at.plural else "singular"


def _spoke(told: Features, back: int, away: int, at: _Place) -> None:
    """Notes of a candidate that he made the statement `back` statements ago, the latest alone."""
    if "spoke" in told:
        return
    told["spoke"] = 1.0
    told[f"spoke {min(back, 3)}"] = 1.0
    told[f"spoke, sentences {_bucket(away)}"] = 1.0
    if at.reply:
        told["spoke last, is answered" if back == 0 else "spoke before, answers"] = 1.0


def _bucket(sentences: int) -> str:
    if sentences < 0:
        return f"ahead {min(-sentences, _AHEAD)}"
    return next((str(edge) for edge in (0, 1, 2, 4, 8) if sentences <= edge), "far")
