"""Do reports land in the right events? Prints the grouping of headlines and the likeness of whole reports.

    python bench/events.py DATA MEASURE

DATA holds events/og2021-dev and pairs/semeval8-dev; MEASURE the scorers events/score.py and events/pairs.py. Headlines
are placed in order of time, each before the next is read, by `careo.reading.placing.Placer`, which may join two events later.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import platform
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from careo.reading.likeness import Gist, gist, likeness
from careo.reading.placing import Placer

LANGUAGES = {"eng": "en", "spa": "es"}


def main(data: Path, measure: Path) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, one run")
    group_headlines(data / "events/og2021-dev", _module(measure / "events/score.py"))
    judge_pairs(data / "pairs/semeval8-dev", _module(measure / "events/pairs.py"))


def group_headlines(folder: Path, scorer: ModuleType) -> None:
    gold, languages = _column(folder / "gold.tsv.gz", 1), _column(folder / "lang.tsv.gz", 1)
    documents = list(_lines(folder / "docs.jsonl.gz"))
    started = time.perf_counter()
    gists = [_headline(document) for document in documents]
    encoded = time.perf_counter()
    placed = _placed(documents, gists)
    ended = time.perf_counter()
    result = scorer.score(gold, placed, languages)
    cross = result["cross"]
    for name, part in (
        ("all", result),
        ("English", result["lang eng"]),
        ("Spanish", result["lang spa"]),
        ("across", cross),
    ):
        print(
            f"{name:8} pairwise F1 {100 * part['pairwise']['F1']:.1f}  BCubed F1 {100 * part['bcubed']['F1']:.1f}"
        )
    each = 1000 / len(documents)
    print(
        f"{len(documents)} headlines: {each * (encoded - started):.2f} ms to encode one,"
        f" {each * (ended - encoded):.2f} ms to place it; {len(set(placed.values()))} events of {len(set(gold.values()))}"
    )


def judge_pairs(folder: Path, scorer: ModuleType) -> None:
    gold = {row: float(value) for row, value in _column(folder / "dev.gold.tsv.gz", 1).items()}
    rows = list(_lines(folder / "dev.pairs.jsonl.gz"))
    alike = [
        likeness(
            gist("", row["text1"], _short(row["lang1"]), None),
            gist("", row["text2"], _short(row["lang2"]), None),
        )
        for row in rows
    ]
    result = scorer.measure([gold[row["id"]] for row in rows], alike)
    print(
        f"{len(rows)} pairs of reports: Pearson {result['pearson']:.3f}, average precision"
        f" {result['average_precision']:.3f}, best F1 {result['best_f1']:.3f} at {result['at']:.3f}"
    )


def _placed(documents: list[dict[str, Any]], gists: list[Gist]) -> dict[str, str]:
    placer, placed = Placer(), {}
    for document, one in zip(documents, gists, strict=True):
        placer.learn(one)
        found = placer.best(one)
        placed[document["id"]] = found.event if found else document["id"]
        placer.add(placed[document["id"]], one)
        if found is not None:
            for other in found.merges:
                placer.merge(found.event, other)
                placed |= {report: found.event for report, event in placed.items() if event == other}
    return placed


def _headline(document: dict[str, Any]) -> Gist:
    at = datetime.fromisoformat(document["time"]).replace(tzinfo=UTC)
    return gist(document["title"], "", LANGUAGES[document["lang"]], at)


def _short(language: str) -> str:
    return LANGUAGES.get(language, language)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _column(path: Path, number: int) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#"))
        return {row[0]: row[number] for row in rows}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None, path
    assert spec.loader is not None, path
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
