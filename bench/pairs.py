"""Does `compare` join two tellings of one remark across languages? Pairs of our own, from the bare passages on.

`python -m bench.pairs` prints those on which the judgement was fitted (numbers up to 200) beside those kept back. A pair
is found where a statement at each mark stands in one remark; what the reader misses counts as not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from training.pairs import DETAILS, Pair, held_out, pairs
from training.remarks import is_marked

from careo.reading import read
from careo.reading.compare import Told, compare


def is_found(pair: Pair) -> bool:
    told: list[Told] = []
    marked: list[set[str]] = [set(), set()]
    for number, passage in enumerate(pair.tellings):
        reading = read(passage.text, language=passage.language, published=passage.published)
        for at, statement in enumerate(reading.statements):
            name = f"{number}:{at}"
            told.append(
                Told(
                    name,
                    str(number),
                    passage.outlet,
                    passage.language,
                    passage.text,
                    passage.published,
                    statement,
                )
            )
            if is_marked(statement, passage):
                marked[number].add(name)
    return any(marked[0] & set(remark) and marked[1] & set(remark) for remark in compare(told).remarks)


def score_pairs(title: str, given: Sequence[Pair]) -> None:
    found = {pair.number: is_found(pair) for pair in given}
    joined = sum(found.values())
    right = sum(found[pair.number] and pair.same for pair in given)
    all_of = sum(pair.same for pair in given)
    precision, recall = right / max(joined, 1), right / all_of
    f1 = 2 * right / max(joined + all_of, 1)
    print(f"\n{title}, {len(given)} pairs across languages")
    print(f"  one remark         P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}")
    counts = Counter((pair.same, pair.detail) for pair in given)
    hits = Counter((pair.same, pair.detail) for pair in given if found[pair.number])
    for same, name in ((True, "joined, one remark"), (False, "joined, two remarks")):
        row = (
            f"{detail or 'alike'} {hits[same, detail]} of {counts[same, detail]}"
            for detail in sorted(DETAILS[same])
        )
        print(f"  {name}: {', '.join(row)}")


def main() -> None:
    given = list(pairs())
    score_pairs("fitted on", [pair for pair in given if not held_out(pair)])
    score_pairs("kept back", [pair for pair in given if held_out(pair)])


if __name__ == "__main__":
    main()
