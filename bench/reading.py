"""How well and how fast the reader finds who said what, beside a regular expression that takes quotations alone.

    python -m bench.reading            scores on the development parts, and the speed, of the reader as it stands

Scores are those of `measure/record/score.py` and `times.py` beside the datasets (CAREO_DATASETS), called as they are;
a digest of each data file says what was measured. PolNeAR counts attitudes ("endorsed", "wants") as attributions;
AnCora's gold is not complete, so that there only recall is meaningful. Nothing is learned from the files read here.
Our own texts (`training/data`) are counted too: those that training never sees, and for speakers all of them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from training.corpora import OWN, Document, held_out, outside, own
from training.markup import Marked, MarkedText, parse

from careo.project.environment import DATASETS
from careo.reading import read
from careo.reading.engine import Attribution, Engine
from careo.reading.introductions import introduced
from careo.reading.people import cast_of
from careo.reading.rules import RULES
from careo.reading.speakers import speakers
from careo.reading.surface import surface
from careo.reading.trained import trained
from careo.reading.types import Language, Span

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


def score_statements(score: Any, title: str, documents: list[Document]) -> None:
    texts = {one.name: one.text for one in documents}
    gold = {
        one.name: [
            {"source": [*a.source], "cue": [*a.cue], "content": [*a.content]} for a in one.attributions
        ]
        for one in documents
    }
    readers: tuple[tuple[str, Callable[[str, str], Attributions]], ...] = (
        ("regular expression", by_expression),
        (RULES.name, partial(by_reader, engine=RULES)),
        (trained().name, partial(by_reader, engine=trained())),
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


def statements_of_all(score: Any) -> None:
    for name, language in SETS:
        title = f"{name} ({digest(DATA / name)})"
        score_statements(score, title, list(outside(DATA / name, language)))
    for tongue in get_args(Language):
        kept_back = [one for one in own(tongue) if held_out(one)]
        score_statements(score, f"our own {tongue} texts that training never sees", kept_back)
    agreement(score)


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


def score_speakers(language: Language) -> None:
    """With the attributions of our own texts given: is whoever speaks named as the text names him most fully?"""
    right, named, all_of = Counter[str](), Counter[str](), Counter[str]()
    wrongly = nobody = 0
    for path in sorted((OWN / language / "texts").glob("*.txt")):
        for one, speaker in _resolved(parse(path.read_text(encoding="utf-8")), language):
            if one.speaker is None:
                nobody += 1
                wrongly += speaker is not None
                continue
            all_of[one.mention] += 1
            named[one.mention] += speaker is not None
            right[one.mention] += speaker is not None and _people(speaker) == _people(one.speaker)
    print(
        f"\nspeakers of our own {language} texts; nobody named: {wrongly} of {nobody} given a name all the same"
    )
    for mention, count in all_of.most_common():
        precision = 100 * right[mention] / max(named[mention], 1)
        recall = 100 * right[mention] / count
        print(f"  {mention:18} {right[mention]:4} of {count:4}  R {recall:5.1f}  P {precision:5.1f}")


def _resolved(marked: MarkedText, language: Language) -> Iterator[tuple[Marked, str | None]]:
    gold = sorted(marked.attributions, key=lambda one: one.content[0])
    found = [Attribution(_spans(one.source), _spans(one.cue), _spans(one.content), 1.0) for one in gold]
    cut = surface(marked.text, language)
    cast = introduced(cut, cast_of(cut, [span for one in found for span in one.source]), found)
    for one, told in zip(gold, speakers(cut, found, cast), strict=True):
        yield one, told.found.speaker.name if told.found else None


def _spans(found: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in found)


def _people(names: str) -> frozenset[str]:
    return frozenset(re.split(r"(?:,| y| e| and) ", names))


def main() -> None:
    if not MEASURE.exists():
        sys.exit(f"{MEASURE} is absent; set CAREO_DATASETS to the folder beside it.")
    score, times = scorer("score"), scorer("times")
    statements_of_all(score)
    for tongue in get_args(Language):
        score_times(times, tongue)
        score_speakers(tongue)


if __name__ == "__main__":
    main()
