"""Learn whom pronouns, offices and subjects left out mean: `python -m training.speakers`, from our own texts, in a minute.

A log-linear ranking for each kind of source, fitted by gradient steps with a pull towards zero. Texts are read with
their own attributions; while learning, whoever spoke before is told right where he was among the candidates.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from careo.reading.antecedents import Case, Kind
from careo.reading.engine import Attribution
from careo.reading.introductions import introduced
from careo.reading.naming import Found
from careo.reading.people import cast_of
from careo.reading.speakers import Ladder
from careo.reading.surface import surface
from careo.reading.types import Language, Span
from training.corpora import OWN, is_kept_back
from training.markup import Marked, MarkedText, parse

OUT = Path("src/careo/reading/antecedents.json")
PULL, STEPS, RATE = 1.0, 600, 0.05
# A feature met less often is not learnt from.
LEAST = 5
Lesson = tuple[Case, int]
Floats = NDArray[np.float64]


def people(names: str) -> frozenset[str]:
    """Who is named in "Olmedo, Ibarra y Barrera"."""
    return frozenset(re.split(r"(?:,| y| e| and) ", names))


def texts(*, kept_back: bool) -> Iterator[tuple[MarkedText, Language]]:
    """Our own texts: those to learn from, or every fifth, which training never sees."""
    for language in get_args(Language):
        for path in sorted((OWN / language / "texts").glob("*.txt")):
            if is_kept_back(path.name) == kept_back:
                yield parse(path.read_text(encoding="utf-8")), language


class _Teacher:
    """Stands in for the ranking: notes each case with the right candidate, and answers with it."""

    def __init__(self) -> None:
        self.lessons: list[Lesson] = []
        self.gold: str | None = None

    def __call__(self, case: Case) -> Found | None:
        wanted = people(self.gold) if self.gold else None
        for number, one in enumerate(case.candidates):
            if (people(one.found.speaker.name) if one.found else None) == wanted:
                self.lessons.append((case, number))
                return one.found
        return None


def lessons() -> list[Lesson]:
    teacher = _Teacher()
    for marked, language in texts(kept_back=False):
        gold = sorted(marked.attributions, key=lambda one: one.content[0])
        found = [as_found(one) for one in gold]
        cut = surface(marked.text, language)
        cast = introduced(cut, cast_of(cut, [span for one in found for span in one.source]), found)
        ladder = Ladder(cut, cast, teacher)
        for one, attribution in zip(gold, found, strict=True):
            teacher.gold = one.speaker
            ladder.speaker(attribution)
    return teacher.lessons


def as_found(one: Marked) -> Attribution:
    """An attribution of ours as an engine would find it."""

    def spans(given: list[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(*span) for span in given)

    return Attribution(spans(one.source), spans(one.cue), spans(one.content), 1.0)


def fitted(given: list[Lesson]) -> dict[str, float]:
    """The weights under which the right candidates are likeliest, by Adam (Kingma and Ba, 2015) over all cases at once."""
    met = Counter(name for case, _ in given for one in case.candidates for name in one.features)
    names = sorted(name for name, times in met.items() if times >= LEAST)
    place = {name: at for at, name in enumerate(names)}
    rows = [one.features for case, _ in given for one in case.candidates]
    table = np.zeros((len(rows), len(names)))
    for row, features in enumerate(rows):
        for name, value in features.items():
            if name in place:
                table[row, place[name]] = value
    starts = np.cumsum([0, *(len(case.candidates) for case, _ in given)])
    right = np.zeros(len(rows))
    right[[start + number for start, (_, number) in zip(starts, given, strict=False)]] = 1
    which = np.repeat(np.arange(len(given)), np.diff(starts))
    weights, speed, size = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts[:-1])[which])
        likely = powers / np.add.reduceat(powers, starts[:-1])[which]
        slope = table.T @ (likely - right) + PULL * weights
        speed = 0.9 * speed + 0.1 * slope
        size = 0.999 * size + 0.001 * slope**2
        weights -= RATE * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    given = lessons()
    learnt = {}
    for kind in get_args(Kind):
        own = [one for one in given if one[0].kind == kind]
        learnt[kind] = fitted(own)
        print(f"{kind}: {len(own)} cases, {len(learnt[kind])} weights")
    OUT.write_text(json.dumps(learnt, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
