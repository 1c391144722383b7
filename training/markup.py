"""Texts with their attributions marked in place, as `training/data/README.md` describes them.

>>> marked = parse('''outlet: La Gaceta
... published: 2026-03-05
... ---
... Teresa Olmedo habló. {1t “No”}, {1c dijo} {1s ella}.
... ---
... 1 | Teresa Olmedo | - | pronoun | 2026-03-04
... ''')
>>> marked.text
'Teresa Olmedo habló. “No”, dijo ella.'
>>> marked.attributions[0].content
[(21, 25)]

Spans are [start, end) in code points of the text without its marks.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Role = Literal["source", "cue", "content"]
ROLES: dict[str, Role] = {"s": "source", "c": "cue", "t": "content"}
MENTIONS = frozenset(
    (
        "full",
        "surname",
        "given",
        "role",
        "pronoun",
        "dropped",
        "list",
        "institution",
        "document",
        "anonymous",
        "none",
    )
)
_MARK = re.compile(r"\{(\d+)([sct]) |\}|\{")
_RULE = re.compile(r"^---$", re.MULTILINE)


class MarkupError(ValueError):
    """A marked text breaks the form; the sentence says where and how."""


@dataclass(slots=True)
class Marked:
    """One attribution: spans by role, and what its line of the table says."""

    number: int
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    speaker: str | None = None
    office: str | None = None
    mention: str = ""
    said_on: tuple[date, date] | Literal["vague"] | None = None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, what its head says of it, and its attributions in the order of their numbers."""

    head: dict[str, str]
    text: str
    attributions: list[Marked]

    @property
    def published(self) -> date:
        return date.fromisoformat(self.head["published"])


def parse(file: str) -> MarkedText:
    """Read one file's words. Raises MarkupError."""
    parts = _RULE.split(file)
    if len(parts) != 3:
        raise MarkupError(
            f"a file has head, text and table, parted by two lines “---”; here are {len(parts)} parts"
        )
    text, found = _unmark(parts[1].strip("\n"))
    _read_table(parts[2], found, text)
    numbers = sorted(found)
    if numbers != list(range(1, len(numbers) + 1)):
        raise MarkupError(f"attributions are numbered 1, 2, 3 …; here they are {numbers}")
    for one in found.values():
        if not one.content:
            raise MarkupError(f"attribution {one.number} has no content")
        if not one.mention:
            raise MarkupError(f"attribution {one.number} has no line in the table")
    return MarkedText(_head(parts[0]), text, [found[number] for number in numbers])


def _head(lines: str) -> dict[str, str]:
    head = dict(re.findall(r"^(\w+): *(.+?) *$", lines, re.MULTILINE))
    for key in ("outlet", "published"):
        if key not in head:
            raise MarkupError(f"the head lacks “{key}:”")
    return head


def _unmark(marked: str) -> tuple[str, dict[int, Marked]]:
    found: dict[int, Marked] = {}
    pieces: list[str] = []
    opened: list[tuple[int, Role, int]] = []
    length = last = 0
    for mark in _MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        length += len(pieces[-1])
        last = mark.end()
        if mark[0] == "{":
            raise MarkupError(f"“{{” without number and role: …{marked[mark.start() : mark.start() + 30]}…")
        if mark[1]:
            opened.append((int(mark[1]), ROLES[mark[2]], length))
            continue
        if not opened:
            raise MarkupError(f"“}}” closes nothing: …{marked[max(0, mark.start() - 30) : mark.end()]}…")
        number, role, start = opened.pop()
        getattr(found.setdefault(number, Marked(number)), role).append((start, length))
    if opened:
        raise MarkupError(f"{{{opened[-1][0]}… is never closed")
    text = "".join([*pieces, marked[last:]])
    for one in found.values():
        for role in ROLES.values():
            spans = sorted(getattr(one, role))
            setattr(one, role, spans)
            for start, end in spans:
                if text[start:end] != text[start:end].strip() or start == end:
                    raise MarkupError(
                        f"attribution {one.number}: “{text[start:end]}” is empty or has white space at an end"
                    )
    return text, found


def _read_table(table: str, found: dict[int, Marked], text: str) -> None:
    for line in filter(str.strip, table.splitlines()):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 5 or not cells[0].isdigit():
            raise MarkupError(f"a line of the table has five cells, the first a number: {line}")
        if int(cells[0]) not in found:
            raise MarkupError(f"the table tells of attribution {cells[0]}, which the text does not mark")
        one = found[int(cells[0])]
        if one.mention:
            raise MarkupError(f"the table tells of attribution {cells[0]} twice")
        one.speaker, one.office = (None if cell == "-" else cell for cell in cells[1:3])
        one.mention, one.said_on = cells[3], _said_on(cells[4])
        _check_line(one, text)


def _check_line(one: Marked, text: str) -> None:
    where = f"attribution {one.number}"
    if one.mention not in MENTIONS:
        raise MarkupError(f"{where}: “{one.mention}” is none of {', '.join(sorted(MENTIONS))}")
    if bool(one.source) == (one.mention in ("dropped", "none")):
        raise MarkupError(f"{where}: named “{one.mention}”, with source {one.source}")
    for name in re.split(r" (?:y|e|and) ", one.speaker) if one.speaker and one.speaker not in text else []:
        if name not in text:
            raise MarkupError(f"{where}: the text does not hold the name “{name}”")


def _said_on(cell: str) -> tuple[date, date] | Literal["vague"] | None:
    if cell == "-":
        return None
    if cell == "vague":
        return "vague"
    first, _, last = cell.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise MarkupError(f"“{cell}” is no day, no stretch of days, neither “vague” nor “-”") from None


def main(paths: list[str]) -> int:
    """Check files; a line for each that breaks the form."""
    broken = 0
    for path in paths:
        try:
            parse(Path(path).read_text(encoding="utf-8"))
        except (MarkupError, ValueError) as wrong:
            broken += 1
            sys.stdout.write(f"{path}: {wrong}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
