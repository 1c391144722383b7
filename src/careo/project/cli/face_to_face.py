"""A comparison for a person at a terminal: a block a remark, a column an outlet, then how remarks stand to each other.

Original wording stands under the outlet that printed it, with its language, day and speaker. Where the terminal is too
narrow for columns, they go below each other.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from careo.project.cli.statement_table import visible
from careo.reading.compare import Comparison, Relation, Told
from careo.reading.types import Days

_GAP = 3
# Narrower columns, in characters, break a quotation into crumbs.
_NARROWEST = 26
_SAID = {
    "same": "tells the same as",
    "differs": "differs from",
    "conflicts": "conflicts with",
    "follows": "is answered by",
}


def face_to_face(told: Sequence[Told], comparison: Comparison, *, width: int | None = None) -> str:
    """The whole answer of `careo compare`, without a final line end."""
    columns = max(width or shutil.get_terminal_size((100, 24)).columns, 20)
    if not told:
        return "No statements were found in these reports."
    by_id = {one.id: one for one in told}
    number = {id_: at for at, remark in enumerate(comparison.remarks, 1) for id_ in remark}
    lines: list[str] = []
    for remark in _most_told_first(comparison):
        lines += _block(number[remark[0]], [by_id[id_] for id_ in remark], comparison, number, columns)
    return "\n".join(lines).rstrip()


def _most_told_first(comparison: Comparison) -> list[tuple[str, ...]]:
    related = {id_ for relation in comparison.relations for id_ in (relation.a, relation.b)}
    return sorted(
        comparison.remarks,
        key=lambda remark: (len(remark) == 1, not any(id_ in related for id_ in remark)),
    )


def _block(
    number: int, remark: list[Told], comparison: Comparison, numbers: dict[str, int], width: int
) -> Iterator[str]:
    outlets = len({one.report for one in remark})
    told = f"told by {outlets} outlets" if outlets > 1 else "told by one outlet alone"
    yield from textwrap.wrap(f"{number}. {_speaker_of(remark)} · {told}", width)
    yield ""
    yield from _columns([_cell(one) for one in remark], width)
    relations = [one for one in comparison.relations if number in (numbers[one.a], numbers[one.b])]
    for relation in relations:
        yield from textwrap.wrap(_relation(relation, number, numbers), width, subsequent_indent="    ")
    yield ""
    yield "─" * min(width, 100)


def _speaker_of(remark: list[Told]) -> str:
    names = [one.statement.speaker.name for one in remark if one.statement.speaker]
    return visible(max(names, key=len)) if names else "Speaker not named"


def _cell(one: Told) -> tuple[str, ...]:
    """The paragraphs of a column: outlet, wording, day, speaker."""
    said = one.statement
    words = " […] ".join(visible(one.text[begin:end]) for begin, end in said.content)
    return (
        f"{visible(one.outlet or one.report).upper()} ({one.language})",
        words,
        _day(said.said_on),
        _who(one),
    )


def _who(one: Told) -> str:
    speaker = one.statement.speaker
    if speaker is not None:
        return visible(f"{speaker.name}, {speaker.office}" if speaker.office else speaker.name)
    named = " ".join(visible(one.text[begin:end]) for begin, end in one.statement.source)
    return f"({named})" if named else "speaker not named"


def _day(days: Days | None) -> str:
    if days is None or days.start is None or days.end is None:
        return "day not said"
    return f"said on {days.start}" if days.start == days.end else f"said {days.start} to {days.end}"


def _columns(cells: list[tuple[str, ...]], width: int) -> Iterator[str]:
    """Cells side by side, as many as the width allows in a row of them."""
    across = max(1, min(len(cells), (width + _GAP) // (_NARROWEST + _GAP)))
    each = (width - _GAP * (across - 1)) // across
    for first in range(0, len(cells), across):
        row = cells[first : first + across]
        for part in range(4):
            wrapped = [textwrap.wrap(cell[part], each) or [""] for cell in row]
            for line in range(max(map(len, wrapped))):
                pieces = (cell[line] if line < len(cell) else "" for cell in wrapped)
                yield (" " * _GAP).join(f"{piece:<{each}}" for piece in pieces).rstrip()
        yield ""


def _relation(relation: Relation, number: int, numbers: dict[str, int]) -> str:
    first, second = numbers[relation.a], numbers[relation.b]
    why = "; ".join(visible(reason) for reason in relation.why)
    score = f"{relation.score:.2f}"
    if first == second:
        words = "the tellings agree" if relation.kind == "same" else "the tellings differ"
        return f"  = {words} ({score}) {why}" if relation.kind == "same" else f"  ≠ {words} ({score}) {why}"
    if relation.kind == "follows":
        phrase = f"is answered by {second}" if number == first else f"answers {first}"
    else:
        phrase = f"{_SAID[relation.kind]} {second if number == first else first}"
    return f"  → {phrase} ({score}) {why}"
