"""A report's text in pieces, cut wherever a statement's span begins or ends, so that overlapping spans can be shown.

>>> said = Marked(1, source=[(0, 2)], cue=[(3, 7)], content=[(8, 10)])
>>> [(piece.text, [mark.role for mark in piece.marks]) for piece in pieces("He said no.", [said])]
[('He', ['source']), (' ', []), ('said', ['cue']), (' ', []), ('no', ['content']), ('.', [])]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
Spans = Iterable[Sequence[int]]
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement to be shown in its text; `number` is what it is called on the page."""

    number: int
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    dropped: bool = False
    key: int = 0

    def spans(self) -> Iterator[tuple[Role, int, int]]:
        for role in ROLES:
            for begin, end in getattr(self, role):
                yield role, begin, end

    @property
    def begin(self) -> int:
        """Where its content begins."""
        return min(begin for begin, _ in self.content)

    @property
    def length(self) -> int:
        return sum(end - begin for begin, end in self.content)


@dataclass(frozen=True, slots=True)
class Mark:
    statement: Marked
    role: Role


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two cuts, from code point `begin`. `marks`: all that cover it, the shortest statement first;
    `opening`: the statements whose content begins with it."""

    begin: int
    text: str
    marks: tuple[Mark, ...] = ()
    opening: tuple[Marked, ...] = ()

    @property
    def keys(self) -> str:
        """The statements' keys, innermost first, as a data attribute holds them."""
        return " ".join(dict.fromkeys(str(mark.statement.key) for mark in self.marks))

    @property
    def roles(self) -> tuple[Role, ...]:
        """What the piece is to statements that stand; nothing to those dropped."""
        return tuple(dict.fromkeys(mark.role for mark in self.marks if not mark.statement.dropped))


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...] = field(default=())


def pieces(text: str, statements: Iterable[Marked], *, begin: int = 0, end: int | None = None) -> list[Piece]:
    """`text[begin:end]` cut at every boundary of a span; joined, the pieces are that text again."""
    end = len(text) if end is None else end
    marked = sorted(statements, key=lambda one: (one.length, one.number))
    spans = [(mark, b, e) for mark in marked for b, e in _spans_within(mark, begin, end)]
    cuts = sorted({begin, end, *(at for _, b, e in spans for at in (b, e))})
    return [_piece(text, start, stop, marked) for start, stop in itertools.pairwise(cuts)]


def paragraphs(text: str, statements: Sequence[Marked]) -> list[Paragraph]:
    """The text's paragraphs, line breaks left out, each in pieces whose offsets count from the text's beginning."""
    found, start = [], 0
    for gap in [*_BREAK.finditer(text), None]:
        stop = gap.start() if gap else len(text)
        if start < stop:
            here = [one for one in statements if any(b < stop and e > start for _, b, e in one.spans())]
            found.append(Paragraph(tuple(pieces(text, here, begin=start, end=stop))))
        start = gap.end() if gap else stop
    return found


def _spans_within(statement: Marked, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for _, b, e in statement.spans():
        if b < end and e > begin:
            yield max(b, begin), min(e, end)


def _piece(text: str, start: int, stop: int, statements: Sequence[Marked]) -> Piece:
    marks = tuple(
        Mark(one, role) for one in statements for role, b, e in one.spans() if b <= start and stop <= e
    )
    opening = tuple(one for one in statements if one.begin == start)
    return Piece(start, text[start:stop], marks, opening)
