"""Place a report among the events in play as reports stream in, in either language.

A report joins the event whose reports it is most like, if that is like enough and the event's last report is at most
`WINDOW` hours away; else it opens one. Alike means: the meaning, less what all reports of the language share so far,
and the words in common, rare ones counting more; less a little for every hour since the event was last told.
Figures and how they were taken: bench/events.py.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from careo.reading import similarity
from careo.reading.centring import RunningMeans, centred
from careo.reading.likeness import Gist, damped
from careo.reading.similarity import DIMENSIONS, Encoder, Vectors, unit

WINDOW = 48.0  # hours
MEANING_SHARE = 0.7
DECAY = 0.3  # taken off for each WINDOW that has passed since the event's last report
# Whole reports of different happenings are more alike than their headlines are: tuned apart.
PLACED_BY_HEADLINE = 0.325
PLACED_BY_LEAD = 0.4
# A report this like to a second event joins the two: without it F1 over pairs of headlines was 0.5 lower.
MERGED = 0.475


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event that may still take reports: its id and the gists of those it has."""

    id: str
    gists: Sequence[Gist]


@dataclass(frozen=True, slots=True)
class Placement:
    """The event a report belongs to and how like it is, in 0..1.

    `merges` are other events that it is so like that they tell the same happening: it is the report that shows it.
    """

    event: str
    score: float
    merges: tuple[str, ...] = ()


def place(gist: Gist, events: Iterable[OpenEvent], *, encoder: Encoder | None = None) -> Placement | None:
    """The event the report belongs to, or None where it opens one. Events may be given in any order."""
    placer, told = Placer(encoder=encoder), list(events)
    for event in told:
        for earlier in event.gists:
            placer.learn(earlier)
    placer.learn(gist)
    for event in told:
        for earlier in event.gists:
            placer.add(event.id, earlier)
    return placer.best(gist)


class Placer:
    """The events in play, kept between reports: for each report `learn` it, ask `best`, then `add` it to its event."""

    def __init__(self, *, encoder: Encoder | None = None) -> None:
        self._means = RunningMeans(encoder or similarity.encoder())
        self._reports = 0
        self._in_reports: Counter[str] = Counter()
        self._events: dict[str, _Event] = {}

    def learn(self, gist: Gist) -> None:
        """Take note of what reports have in common, so that it counts for less."""
        self._means.learn(gist.language, gist.meaning)
        self._reports += 1
        self._in_reports.update(gist.words.keys())

    def best(self, gist: Gist) -> Placement | None:
        """The event the report belongs to, or None where it opens one; nothing is changed."""
        live = [(id_, event) for id_, event in self._events.items() if event.age(gist) <= WINDOW]
        if not live:
            return None
        meanings = np.stack([event.meaning for _, event in live]) @ self._meaning(gist)
        words = self._weighted(gist.words)
        scores = [
            MEANING_SHARE * float(meaning)
            + (1 - MEANING_SHARE) * event.shared(words)
            - DECAY * event.age(gist) / WINDOW
            for meaning, (_, event) in zip(meanings, live, strict=True)
        ]
        at = int(np.argmax(scores))
        enough = PLACED_BY_HEADLINE if gist.short or live[at][1].short else PLACED_BY_LEAD
        if scores[at] < enough:
            return None
        merges = (id_ for (id_, _), score in zip(live, scores, strict=True) if score >= MERGED)
        event = live[at][0]
        return Placement(event, min(1.0, scores[at]), tuple(id_ for id_ in merges if id_ != event))

    def add(self, event: str, gist: Gist) -> None:
        """The report belongs to the event, whoever decided so."""
        kept = self._events.setdefault(event, _Event())
        kept.add(gist, self._meaning(gist), self._weighted(gist.words))

    def merge(self, event: str, other: str) -> None:
        """All reports of `other` belong to `event` from now on. KeyError where either is not in play."""
        self._events[event].take_in(self._events.pop(other))

    def forget(self, *, before: float) -> None:
        """Drop the events whose last report is older than `before` (hours since 1970)."""
        self._events = {id_: e for id_, e in self._events.items() if e.last is None or e.last >= before}

    def _meaning(self, gist: Gist) -> Vectors:
        return centred(gist.meaning, self._means.mean(gist.language))

    def _weighted(self, words: Mapping[str, int]) -> dict[str, float]:
        """Words weighted by rarity among the reports seen, to length 1."""
        weights = {word: damped(count) * self._rarity(word) for word, count in words.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    def _rarity(self, word: str) -> float:
        return math.log(1 + max(1, self._reports) / max(1, self._in_reports[word]))


class _Event:
    """The middle of an event's reports: meaning, words, and when it was last told."""

    def __init__(self) -> None:
        self.meaning: Vectors = np.zeros(DIMENSIONS, np.float32)
        self.last: float | None = None
        self.short = True
        self._sum: Vectors = self.meaning
        self._words: dict[str, float] = {}
        self._square = 0.0  # of the length of _words, kept so that no event is measured anew for each report

    def add(self, gist: Gist, meaning: Vectors, words: Mapping[str, float]) -> None:
        self._take(meaning, words, gist.hours, short=gist.short)

    def take_in(self, other: _Event) -> None:
        self._take(other._sum, other._words, other.last, short=other.short)

    def _take(self, meaning: Vectors, words: Mapping[str, float], last: float | None, *, short: bool) -> None:
        self._sum = np.asarray(self._sum + meaning, np.float32)
        self.meaning = unit(self._sum)
        self.short = self.short and short
        for word, weight in words.items():
            before = self._words.get(word, 0.0)
            self._words[word] = before + weight
            self._square += weight * (2 * before + weight)
        if last is not None:
            self.last = last if self.last is None else max(self.last, last)

    def shared(self, words: Mapping[str, float]) -> float:
        dot = sum(weight * self._words[word] for word, weight in words.items() if word in self._words)
        return dot / math.sqrt(self._square) if dot else 0.0

    def age(self, gist: Gist) -> float:
        """Hours between the event's last report and this one, which may have come late; 0 where unknown."""
        if self.last is None or gist.hours is None:
            return 0.0
        return abs(gist.hours - self.last)
