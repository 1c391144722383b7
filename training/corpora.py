"""The texts to learn from and to measure on, in one form: text, language, attributions.

Our own lie in `training/data`; those of others stay outside the tree, in the folder that CAREO_DATASETS names.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careo.reading.types import Language
from training.markup import Marked, parse

Spans = tuple[tuple[int, int], ...]
OWN = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution of a corpus: spans in code points of the text; source and cue may be empty."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    language: Language
    text: str
    attributions: tuple[Attributed, ...]


def outside(path: Path, language: Language) -> Iterator[Document]:
    """A corpus of others': gzipped JSON Lines with `doc`, `text`, `attributions`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            yield Document(
                found["doc"],
                language,
                found["text"],
                tuple(_attributed(one) for one in found["attributions"]),
            )


def _attributed(one: dict[str, Any]) -> Attributed:
    def spans(role: str) -> Spans:
        return tuple(sorted((begin, end) for begin, end in one[role]))

    return Attributed(spans("source"), spans("cue"), spans("content"))


def own(language: Language, part: str = "texts") -> Iterator[Document]:
    """Our own texts of one language, by name; `part` is a folder beside the texts."""
    for path in sorted((OWN / language / part).glob("*.txt")):
        marked = parse(path.read_text(encoding="utf-8"))
        yield Document(path.stem, language, marked.text, tuple(map(_of_marked, marked.attributions)))


def _of_marked(one: Marked) -> Attributed:
    return Attributed(tuple(one.source), tuple(one.cue), tuple(one.content))


def held_out(document: Document) -> bool:
    return is_kept_back(document.name)


def is_kept_back(name: str) -> bool:
    """Every fifth of our own texts is for measuring alone."""
    return int(name.split("-")[0]) % 5 == 0
