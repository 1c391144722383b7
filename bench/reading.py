"""How well and how fast the reader finds who said what, beside a regular expression that takes quotations alone.

    python -m bench.reading                   scores on the development parts, and the speed, of the reader as it stands
    python -m bench.reading --weights FILE    statements alone, of weights that training has just made

Scores are those of `measure/record/score.py` and `times.py` beside the datasets (CAREO_DATASETS), called as they are;
a digest of each data file says what was measured. PolNeAR counts attitudes ("endorsed", "wants") as attributions;
AnCora's gold is not complete, so that there only recall is meaningful. Nothing is learned from the files read here.
Our own texts (`training/data`) are counted too, those that training never sees by themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from bench.cost import main as measure_cost
from bench.pairs import main as score_all_pairs
from bench.speakers import score_speakers
from training.corpora import Document, held_out, outside, own

from careo.project.environment import DATASETS
from careo.reading import read
from careo.reading.engine import Engine
from careo.reading.rules import RULES
from careo.reading.trained import model, trained
from careo.reading.types import Language

DATA = DATASETS.read()
MEASURE = DATA.parent / "measure" / "record"
SETS: tuple[tuple[str, Language], ...] = (("polnear-dev.jsonl.gz", "en"), ("ancora-dev.jsonl.gz", "es"))
SHOWN = (
    "linked",
    "linked+cue",
    "linked/sourced",
    "linked/direct",
    "linked/mixed",
    "linked/indirect",
    "content/jaccard50",
    "content/exact",
    "span/source",
    "span/cue",
    "span/content",
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


def by_reader(text: str, language: str, *, engine: Engine) -> Attributions:
    found = read(text, language=language, engine=engine).statements
    return [{"source": [*s.source], "cue": [*s.cue], "content": [*s.content]} for s in found]


def by_expression(text: str, language: str) -> Attributions:
    return [_matched(match) for match in QUOTED.finditer(text)]


def _matched(match: re.Match[str]) -> dict[str, list[tuple[int, int]]]:
    def spans(*names: str) -> list[tuple[int, int]]:
        return [match.span(name) for name in names if match[name]]

    return {"source": spans("before", "after"), "cue": spans("cue", "cue2"), "content": spans("content")}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def score_statements(score: Any, title: str, documents: list[Document], engines: Sequence[Engine]) -> None:
    texts = {one.name: one.text for one in documents}
    gold = {
        one.name: [
            {"source": [*a.source], "cue": [*a.cue], "content": [*a.content]} for a in one.attributions
        ]
        for one in documents
    }
    readers: tuple[tuple[str, Callable[[str, str], Attributions]], ...] = (
        ("regular expression", by_expression),
        *((engine.name, partial(by_reader, engine=engine)) for engine in engines),
    )
    for name, reader in readers:
        start = time.perf_counter()
        found = {one.name: reader(one.text, one.language) for one in documents}
        speed = sum(len(text.split()) for text in texts.values()) / (time.perf_counter() - start)
        result = score.run(gold, found, texts.__getitem__)
        print(f"\n{title}, {len(texts)} texts, {name}: {speed:,.0f} words/s")
        for measure in SHOWN:
            row = result[measure]
            print(
                f"  {measure:18} P {100 * row['P']:5.1f}  R {100 * row['R']:5.1f}  F1 {100 * row['F1']:5.1f}"
            )


def statements_of_all(score: Any, engines: Sequence[Engine]) -> None:
    for name, language in SETS:
        title = f"{name} ({digest(DATA / name)})"
        score_statements(score, title, list(outside(DATA / name, language)), engines)
    for tongue in get_args(Language):
        kept_back = [one for one in own(tongue) if held_out(one)]
        score_statements(score, f"our own {tongue} texts that training never sees", kept_back, engines)


def agreement(score: Any) -> None:
    """Twenty of our own texts annotated twice, one annotation scored against the other."""
    first = {one.name: one for one in own("es")}
    second = list(own("es", "second"))
    gold, found = (
        {
            one.name: [
                {"source": [*a.source], "cue": [*a.cue], "content": [*a.content]} for a in one.attributions
            ]
            for one in documents
        }
        for documents in ([first[one.name] for one in second], second)
    )
    result = score.run(gold, found, {one.name: one.text for one in second}.__getitem__)
    print(f"\nannotated twice, {len(second)} texts")
    for measure in SHOWN:
        print(f"  {measure:18} F1 {100 * result[measure]['F1']:5.1f}")


def score_times(times: Any, language: str) -> None:
    """Every second text is held out: the patterns of November 2026 were written on the others alone."""
    path = DATA / "timex" / f"timebank-{language}-train.tsv"
    documents = times.load(path, language)
    for part, kept in (("looked at", documents[::2]), ("held out", documents[1::2])):
        score_part(times, f"{path.name} ({digest(path)}), {part}", language, kept)


def score_part(times: Any, title: str, language: str, documents: list[Any]) -> None:
    found = {}
    for one in documents:
        reading = read(one["text"], language=language, published=date.fromisoformat(one["day"]))
        found[one["id"]] = [
            {"span": [*time.span], "from": str(time.days.start), "to": str(time.days.end)}
            for time in reading.times
            if time.days.start
        ]
    result = times.score(documents, found)
    print(f"\n{title}, {result['documents']} texts")
    for measure in ("value", "found"):
        row = result[measure]
        print(f"  {measure:18} P {row['P']:5.1f}  R {row['R']:5.1f}  F1 {row['F1']:5.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path)
    asked = parser.parse_args()
    if not MEASURE.exists():
        sys.exit(f"{MEASURE} is absent; set CAREO_DATASETS to the folder beside it.")
    score, times = scorer("score"), scorer("times")
    if asked.weights:
        statements_of_all(score, (model(asked.weights),))
        return
    statements_of_all(score, (RULES, trained()))
    agreement(score)
    for tongue in get_args(Language):
        score_times(times, tongue)
        for kept_back in (False, True):
            score_speakers(tongue, kept_back=kept_back)
    score_all_pairs()
    measure_cost()


if __name__ == "__main__":
    main()
