"""Statements as a table for people: speaker, kind, day and words, within the terminal's width."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata

from careo.reading import Reading, Statement
from careo.reading.types import UNSURE, Days

_KIND, _DAY, _GAP = 8, 10, 2
# Below this width, in characters, columns leave no room for words: they go below each other.
_NARROW = 72


def statement_table(reading: Reading, *, width: int | None = None) -> str:
    """The whole answer of `careo read`, without a final line end."""
    columns = width or shutil.get_terminal_size((100, 24)).columns
    head = heading(reading)
    if not reading.statements:
        return f"{head}\nNo statements were found."
    rows = [_row(reading, statement) for statement in reading.statements]
    body = _stacked(rows, columns) if columns < _NARROW else _columns(rows, columns)
    return "\n".join([*textwrap.wrap(head, max(columns, 20)), "", *body])


def heading(reading: Reading) -> str:
    """ "Spanish · published 2026-03-05 · 12 statements"."""
    language = {"en": "English", "es": "Spanish"}[reading.language]
    count = len(reading.statements)
    parts = [language, f"{count} statement" + "s" * (count != 1)]
    if reading.published:
        parts.insert(1, f"published {reading.published}")
    return " · ".join(parts)


def _row(reading: Reading, statement: Statement) -> tuple[str, str, str, str]:
    words = " […] ".join(visible(reading.text[begin:end]) for begin, end in statement.content)
    if statement.score < UNSURE:
        words = f"({statement.score:.0%} sure) {words}"
    return who(reading, statement), statement.kind, when(statement.said_on), words


def who(reading: Reading, statement: Statement) -> str:
    """Name and office, with how sure the reader is where it is not; the source's own words where nobody is named."""
    speaker = statement.speaker
    if speaker is not None:
        office = f", {speaker.office}" if speaker.office else ""
        doubt = f" ({speaker.score:.0%} sure)" if speaker.score < UNSURE else ""
        return visible(speaker.name + office) + doubt
    named = " ".join(visible(reading.text[begin:end]) for begin, end in statement.source)
    return f"({named})" if named else "?"


def when(said_on: Days | None) -> str:
    if said_on is None or said_on.start is None:
        return ""
    if said_on.granularity == "month":
        return f"{said_on.start:%Y-%m}"
    if said_on.granularity == "year":
        return f"{said_on.start:%Y}"
    return str(said_on.start) if said_on.granularity == "day" else f"{said_on.start}…"


def visible(text: str) -> str:
    """One line without control characters: a report's words must not move the cursor or turn the line round."""
    shown = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(shown.split())


def _columns(rows: list[tuple[str, str, str, str]], width: int) -> list[str]:
    who = min(max(len(row[0]) for row in [*rows, ("Speaker", "", "", "")]), width // 4)
    widths = (who, _KIND, _DAY + 1, width - who - _KIND - _DAY - 1 - 3 * _GAP)
    lines = _cells(("SPEAKER", "KIND", "SAID ON", "WORDS"), widths)
    for row in rows:
        lines += _cells(row, widths)
    return lines


def _cells(row: tuple[str, str, str, str], widths: tuple[int, int, int, int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, wrapped))
    filled = [[*cell, *[""] * (height - len(cell))] for cell in wrapped]
    lines = zip(*filled, strict=True)
    return [
        (" " * _GAP).join(f"{part:<{width}}" for part, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def _stacked(rows: list[tuple[str, str, str, str]], width: int) -> list[str]:
    lines: list[str] = []
    for who, kind, when, words in rows:
        lines += textwrap.wrap(" · ".join(part for part in (who, kind, when) if part), max(width, 20))
        lines += textwrap.wrap(words, max(width, 20), initial_indent="  ", subsequent_indent="  ")
    return lines
