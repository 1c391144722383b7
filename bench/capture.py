"""Is what is taken from a page what its outlet printed? Prints quality by field and language, speed and memory.

    python bench/capture.py DATA MEASURE

DATA holds pages/ (saved pages, pages.jsonl, gold.json); MEASURE the scorer capture/pages.py, which says what each figure means.
The pages are answered by one process of `careo capture --lines`, start included, as other programs use it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPETITIONS = 3
Measure = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def main(data: Path, measure: Path) -> None:
    pages = data / "pages"
    gold = json.loads((pages / "gold.json").read_text())
    digest = hashlib.sha256((pages / "gold.json").read_bytes()).hexdigest()[:12]
    print(f"Python {platform.python_version()}, {platform.machine()}; {len(gold)} pages, gold {digest}")
    questions = asked(pages)
    taken = [timed(questions) for _ in range(REPETITIONS)]
    answers = taken[0][0]
    scorer = scored_by(measure / "capture/pages.py")
    for name, part in parts(gold):
        print(f"{name:8} {line(scorer(part, answers))}")
    best = min(seconds for _answers, seconds in taken)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(gold) / best:.1f} pages/s, start included, best of {REPETITIONS}; at most {most:.0f} MB")


def asked(pages: Path) -> str:
    """The pages as lines for the command."""
    rows = map(json.loads, (pages / "pages.jsonl").read_text().splitlines())
    return "".join(
        json.dumps({"id": row["id"], "url": row["url"], "html": html(pages / f"{row['id']}.html.gz")}) + "\n"
        for row in rows
    )


def html(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()


def timed(questions: str) -> tuple[dict[str, Any], float]:
    """The answers by id, in the scorer's words, and the seconds they took."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "careo", "capture", "--lines"]
    told = subprocess.run(command, input=questions, capture_output=True, text=True, check=True).stdout
    seconds = time.perf_counter() - begun
    answers = {}
    for answer in map(json.loads, told.splitlines()):
        own = {
            "title": answer.get("headline"),
            "date": answer.get("published"),
            "lang": answer.get("language"),
        }
        answers[answer["id"]] = answer | own
    return answers, seconds


def scored_by(path: Path) -> Measure:
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    measure: Measure = module.measure
    return measure


def parts(gold: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    spoken = [(lang, {i: g for i, g in gold.items() if g["lang"] == lang}) for lang in ("en", "es")]
    return [("all", gold), *spoken]


def line(result: dict[str, Any]) -> str:
    known = {
        "title": result["title"],
        "authors F1": result["authors"]["F1"],
        "day": result["day"],
        "minute": result["minute"],
        "body F1": result["body"]["f1"],
        "language": result["lang"],
        "images F1": result["images"]["F1"],
        "caption": result["caption"],
        "alt": result["alt"],
        "credit": result["credit"],
    }
    return "  ".join(f"{name} {value:.3f}" for name, value in known.items() if value is not None)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage: python bench/capture.py DATA MEASURE")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
