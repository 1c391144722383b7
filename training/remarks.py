"""Learn when two statements tell one remark: `python -m training.remarks`, from the pairs numbered up to 200.

Each pair's passages are read by the shipped reader. What it finds at the marks is right or wrong as the pair says; a
marked remark beside another statement of the other passage is wrong. Logistic regression, by Newton's steps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from careo.reading import read, similarity
from careo.reading.remarks import features
from careo.reading.same_speaker import SameSpeaker, same_speaker
from careo.reading.tellings import Source, tellings
from careo.reading.types import Statement
from training.pairs import Pair, Passage, held_out, pairs

OUT = Path("src/careo/reading/remarks.json")
PULL, STEPS = 2.0, 60
# Of the longer of a statement's content and the mark, the share that must be common.
COMMON = 0.4


@dataclass(frozen=True, slots=True)
class Lesson:
    features: dict[str, float]
    same: bool


def is_marked(statement: Statement, passage: Passage) -> bool:
    """Whether the statement is the one that the passage marks."""
    mark = passage.marked
    common = sum(max(0, min(span.end, mark.end) - max(span.start, mark.start)) for span in statement.content)
    longer = max(sum(span.end - span.start for span in statement.content), mark.end - mark.start)
    return common >= COMMON * longer


def lessons(given: Iterable[Pair]) -> Iterator[Lesson]:
    encoder = similarity.encoder()
    for pair in given:
        read_ones = [
            read(one.text, language=one.language, published=one.published).statements for one in pair.tellings
        ]
        sources = [
            Source(statement, passage.text, passage.language, passage.published)
            for passage, found in zip(pair.tellings, read_ones, strict=True)
            for statement in found
        ]
        made = tellings(sources, encoder) if sources else []
        first, second = made[: len(read_ones[0])], made[len(read_ones[0]) :]
        for one in first:
            for other in second:
                marked = [
                    is_marked(telling.statement, passage)
                    for telling, passage in zip((one, other), pair.tellings, strict=True)
                ]
                speaker = same_speaker(one.speaker, other.speaker)
                if any(marked) and speaker is not SameSpeaker.NO:
                    yield Lesson(features(one, other, speaker), pair.same and all(marked))


def fitted(given: Sequence[Lesson]) -> dict[str, float]:
    names = list(given[0].features)
    table = np.array([[one.features[name] for name in names] for one in given])
    right = np.array([one.same for one in given], float)
    spread = np.where(table.std(axis=0) > 0, table.std(axis=0), 1.0)
    scaled = table / spread
    pull = np.where([name == "always" for name in names], 0.0, PULL)
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (likely - right) + pull * weights
        curve = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + np.diag(pull + 1e-9)
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(one), 4) for name, one in zip(names, weights / spread, strict=True)}


def main() -> None:
    given = list(lessons(pair for pair in pairs() if not held_out(pair)))
    OUT.write_text(json.dumps(fitted(given), indent=1) + "\n", encoding="utf-8")
    print(f"{len(given)} lessons, {sum(one.same for one in given)} of one remark")


if __name__ == "__main__":
    main()
