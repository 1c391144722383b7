"""How well and how fast the reader finds who said what, beside a regular expression that takes quotations alone.

    python bench/reading.py            scores on the development parts, and the speed, of the reader as it stands

Scores are those of `measure/record/score.py` and `times.py` beside the datasets (CAREO_DATASETS), called as they are;
a digest of each data file says what was measured. PolNeAR counts attitudes ("endorsed", "wants") as attributions;
AnCora's gold is not complete, so that there only recall is meaningful. Nothing is learned from the files read here.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from careo.project.environment import DATASETS
from careo.reading import read

DATA = DATASETS.read()
MEASURE = DATA.parent / "measure" / "record"
SETS = (("polnear-dev.jsonl.gz", "en"), ("ancora-dev.jsonl.gz", "es"))
SHOWN = (
    "linked",
    "linked+cue",
    "linked/sourced",
    "linked/direct",
    "linked/mixed",
    "linked/indirect",
    "content/jaccard50",
)
Attributions = list[dict[str, list[tuple[int, int]]]]

# The baseline: a quotation of twenty characters and more, and "said X" or "X said" right beside it.
_NAME = r"[A-Z]\w+(?: [A-Z]\w+)*"
QUOTED = re.compile(
    r"(?P<content>[“\"«][^”\"»\n]{20,}[”\"»])"
    rf"(?:,?\s*(?P<cue>said|says|told|dijo|añadió|afirmó)\s+(?P<after>{_NAME})"
    rf"|,?\s*(?P<before>{_NAME}|he|she)\s+(?P<cue2>said|says|told))?"
)


def scorer(name: str) -> ModuleType:
    """One of the measuring scripts, as a module."""
    spec = importlib.util.spec_from_file_location(name, MEASURE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_reader(text: str, language: str) -> Attributions:
    found = read(text, language=language).statements
    return [{"source": [*s.source], "cue": [*s.cue], "content": [*s.content]} for s in found]


def by_expression(text: str, language: str) -> Attributions:
    return [_matched(match) for match in QUOTED.finditer(text)]


def _matched(match: re.Match[str]) -> dict[str, list[tuple[int, int]]]:
    def spans(*names: str) -> list[tuple[int, int]]:
        return [match.span(name) for name in names if match[name]]

    return {"source": spans("before", "after"), "cue": spans("cue", "cue2"), "content": spans("content")}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def score_statements(score: Any, name: str, language: str) -> None:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    texts = {one["doc"]: one["text"] for one in documents}
    gold = {
        one["doc"]: [
            {role: sorted(map(tuple, a.get(role) or [])) for role in score.ROLES} for a in one["attributions"]
        ]
        for one in documents
    }
    readers: tuple[tuple[str, Callable[[str, str], Attributions]], ...] = (
        ("regular expression", by_expression),
        ("reader", by_reader),
    )
    for title, reader in readers:
        start = time.perf_counter()
        found = {doc: reader(text, language) for doc, text in texts.items()}
        speed = sum(len(text.split()) for text in texts.values()) / (time.perf_counter() - start)
        result = score.run(gold, found, texts.__getitem__)
        print(f"\n{name} ({digest(DATA / name)}), {len(texts)} texts, {title}: {speed:,.0f} words/s")
        for measure in SHOWN:
            row = result[measure]
            print(
                f"  {measure:18} P {100 * row['P']:5.1f}  R {100 * row['R']:5.1f}  F1 {100 * row['F1']:5.1f}"
            )


def score_times(times: Any, language: str) -> None:
    path = DATA / "timex" / f"timebank-{language}-train.tsv"
    documents = times.load(path, language)
    found = {}
    for one in documents:
        reading = read(one["text"], language=language, published=date.fromisoformat(one["day"]))
        found[one["id"]] = [
            {"span": [*time.span], "from": str(time.days.start), "to": str(time.days.end)}
            for time in reading.times
            if time.days.start
        ]
    result = times.score(documents, found)
    print(f"\n{path.name} ({digest(path)}), {result['documents']} texts")
    for measure in ("value", "found"):
        row = result[measure]
        print(f"  {measure:18} P {row['P']:5.1f}  R {row['R']:5.1f}  F1 {row['F1']:5.1f}")


def main() -> None:
    if not MEASURE.exists():
        sys.exit(f"{MEASURE} is absent; set CAREO_DATASETS to the folder beside it.")
    score, times = scorer("score"), scorer("times")
    for name, language in SETS:
        score_statements(score, name, language)
    for language in ("en", "es"):
        score_times(times, language)


if __name__ == "__main__":
    main()
