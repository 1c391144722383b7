"""The citation mark as it is written into a story's text: `<a linktype="citation" passages="REPORT:BEGIN:END[:STATEMENT] …">`.

The text is the truth: the mark goes with it through copying, drafts and revisions, and rows are drawn from it. Begin
and end are code points of the report's text. A value that is not of this form is refused whole, never mended.

>>> [str(mark) for mark in parse("12:0:40 13:5:60:77")]
['12:0:40', '13:5:60:77']
>>> parse("12:40:0"), parse('12:0:40" onclick="x'), parse("")
((), (), ())
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LINKTYPE = "citation"
PASSAGES = "passages"
MOST = 20  # passages under one span of words; more cannot be read, and would come from no editor
_MARK = re.compile(r"([1-9][0-9]{0,17}):(0|[1-9][0-9]{0,8}):([1-9][0-9]{0,8})(?::([1-9][0-9]{0,17}))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """One passage that words of a story rest on; `statement` where a whole statement was chosen."""

    report: int
    begin: int
    end: int
    statement: int | None = None

    def __str__(self) -> str:
        tail = f":{self.statement}" if self.statement else ""
        return f"{self.report}:{self.begin}:{self.end}{tail}"


def parse(value: object) -> tuple[Mark, ...]:
    """The marks in an attribute's value, each once, in order; none at all if any part of it is not a mark."""
    parts = value.split(" ") if isinstance(value, str) else []
    found = [_parse_one(part) for part in parts]
    marks = dict.fromkeys(mark for mark in found if mark)
    return tuple(marks) if None not in found and len(marks) <= MOST else ()


def written(marks: Iterable[Mark]) -> str:
    """The attribute's value; `parse` gives the same marks back."""
    return " ".join(str(mark) for mark in marks)


def _parse_one(part: str) -> Mark | None:
    match = _MARK.fullmatch(part)
    if not match:
        return None
    report, begin, end, statement = match.groups()
    mark = Mark(int(report), int(begin), int(end), int(statement) if statement else None)
    return mark if mark.begin < mark.end else None
