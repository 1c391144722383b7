"""Stored rich text as what it says: paragraphs of pieces of runs. What is not one of these words is dropped.

No markup passes through: templates write the tags, so that whatever stands in a stored body, by mistake or malice,
can come out as text only.

>>> [piece.text for piece in paragraphs("<p>He <b>said</b> <a linktype='citation' passages='1:0:9'>no</a>.</p>")[0]]
['He said ', 'no', '.']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from careo.stories import marks
from careo.stories.marks import Mark

Attributes = list[tuple[str, str | None]]

_BLOCKS = {"p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style"}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)[^\s\x00-\x1f]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. A line break within is a newline."""

    text: str
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Link:
    """What an anchor points to: an address, a page of ours by number, or passages."""

    href: str = ""
    page: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs under one link, or under none."""

    runs: tuple[Run, ...]
    link: Link | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Paragraph = tuple[Piece, ...]


def paragraphs(source: str) -> tuple[Paragraph, ...]:
    """The paragraphs of stored rich text that have words in them."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.paragraphs)


def text_of(paragraph: Paragraph) -> str:
    return "".join(piece.text for piece in paragraph)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._pieces: list[Piece] = []
        self._runs: list[Run] = []
        self._link: Link | None = None
        self._open = {"bold": 0, "italic": 0, "silent": 0}

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        elif tag == "a":
            self._end_piece()
            self._link = _link(attrs)
        elif tag == "br":
            self.handle_data("\n")
        elif look := _look(tag):
            self._open[look] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        elif tag == "a":
            self._end_piece()
            self._link = None
        elif look := _look(tag):
            self._open[look] = max(0, self._open[look] - 1)

    def handle_data(self, data: str) -> None:
        if data and not self._open["silent"]:
            self._runs.append(Run(data, bool(self._open["bold"]), bool(self._open["italic"])))

    def end_paragraph(self) -> None:
        self._end_piece()
        paragraph = tuple(self._pieces)
        if text_of(paragraph).strip():
            self.paragraphs.append(paragraph)
        self._pieces = []

    def _end_piece(self) -> None:
        if self._runs:
            self._pieces.append(Piece(tuple(self._runs), self._link))
        self._runs = []


def _look(tag: str) -> str | None:
    if tag in _BOLD:
        return "bold"
    if tag in _ITALIC:
        return "italic"
    return "silent" if tag in _SILENT else None


def _link(attrs: Attributes) -> Link | None:
    """What the anchor points to; None for anything that is not of the forms we write."""
    values = {
        name: value or "" for name, value in reversed(attrs)
    }  # of a repeated attribute the first counts
    kind = values.get("linktype")
    if kind == marks.LINKTYPE:
        found = marks.parse(values.get(marks.PASSAGES))
        return Link(marks=found) if found else None
    if kind == "page":
        number = values.get("id", "")
        return Link(page=int(number)) if re.fullmatch(r"[1-9][0-9]{0,17}", number) else None
    href = values.get("href", "")
    return Link(href=href) if kind is None and _ADDRESS.fullmatch(href) else None
