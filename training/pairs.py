"""Pairs of tellings in two languages, judged by hand: the form of `data/pairs`, which its README describes.

>>> [pair] = parse('''== 1 other claim
... en 2026-03-05 The Courier
... {There will be no cuts}, the minister said.
... es 2026-03-05 La Gaceta
... La ministra dijo {que el agua
... alcanza}.
... ''')
>>> pair.number, pair.same, pair.detail
(1, False, 'claim')
>>> [one.text[slice(*one.marked)] for one in pair.tellings]
['There will be no cuts', 'que el agua alcanza']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from careo.reading.types import Language, Span

PAIRS = Path(__file__).parent / "data" / "pairs"
_HEAD = re.compile(r"== (\d+) (same|other)(?: (\w+))?")
_TELLING = re.compile(r"(en|es) (\d{4}-\d\d-\d\d) (.+)")
DETAILS = {
    True: frozenset(("", "number", "day", "place", "name", "strength")),
    False: frozenset(("claim", "occasion", "speaker", "opposite", "turned", "answer", "topic")),
}


class PairError(ValueError):
    """A pair does not keep the form; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Passage:
    """`marked` is the remark in question."""

    language: Language
    published: date
    outlet: str
    text: str
    marked: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """`detail` is how two tellings of one remark differ, or why two remarks are hard to tell apart; "" for nothing."""

    number: int
    same: bool
    detail: str
    tellings: tuple[Passage, Passage]


def pairs(folder: Path = PAIRS) -> Iterator[Pair]:
    """All of them, file by file. Raises PairError."""
    for path in sorted(folder.glob("*.txt")):
        yield from parse(path.read_text(encoding="utf-8"))


def held_out(pair: Pair) -> bool:
    """Numbers above 200 are for measuring alone: no threshold is set on them."""
    return pair.number > 200


def parse(written: str) -> Iterator[Pair]:
    for block in re.split(r"\n(?=== )", written.strip()):
        yield _pair(block.strip().split("\n"))


def _pair(lines: list[str]) -> Pair:
    head = _HEAD.fullmatch(lines[0].strip())
    if head is None:
        raise PairError(f"“{lines[0]}” is no head of a pair; it reads “== 17 same number”.")
    number, same, detail = int(head[1]), head[2] == "same", head[3] or ""
    if detail not in DETAILS[same]:
        raise PairError(f"pair {number}: “{detail}” is none of {', '.join(sorted(DETAILS[same]))}.")
    starts = [at for at, line in enumerate(lines) if _TELLING.fullmatch(line.strip())]
    if len(starts) != 2:
        raise PairError(f"pair {number} has {len(starts)} tellings; it needs two.")
    one, other = (_telling(number, lines[at:end]) for at, end in zip(starts, [starts[1], None], strict=True))
    if {one.language, other.language} != {"en", "es"}:
        raise PairError(f"pair {number} has two tellings in one language.")
    return Pair(number, same, detail, (one, other))


def _telling(number: int, lines: list[str]) -> Passage:
    head = _TELLING.fullmatch(lines[0].strip())
    assert head is not None
    words = " ".join(line.strip() for line in lines[1:]).strip()
    if words.count("{") != 1 or words.count("}") != 1 or words.index("{") > words.index("}"):
        raise PairError(f"pair {number}: a telling has one mark, {{…}}.")
    start, end = words.index("{"), words.index("}") - 1
    language: Language = "en" if head[1] == "en" else "es"
    text = words.replace("{", "").replace("}", "")
    return Passage(language, date.fromisoformat(head[2]), head[3].strip(), text, Span(start, end))
