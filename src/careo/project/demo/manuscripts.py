r"""The demonstration's stories as they lie in `stories/*.story`: a head of `key: value` lines, then blocks.

A block is a paragraph, a `## heading`, or statements put face to face:

    ::: Will there be cuts?
    report-slug "palabras de la declaración" = "our translation of them, if any"
    :::

In a paragraph `[words](slug "passage" slug "passage")` cites passages: words that stand, exactly once or first, in the
text of the report whose address ends in `slug`.

>>> head, blocks = parse('headline: No rain\n\n[It is dry](weather-report "se espera sequía"), he said.')
>>> blocks[0].pieces[0]
Cited(words='It is dry', passages=(Quoted(slug='weather-report', words='se espera sequía', ours=''),))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CITED = re.compile(r"\[([^\]]+)\]\(((?:\s*[a-z0-9-]+ \"[^\"]*\")+)\)")
QUOTED = re.compile(r"([a-z0-9-]+) \"([^\"]*)\"(?: = \"([^\"]*)\")?")


@dataclass(frozen=True)
class Quoted:
    """Words of a report; `ours`: what the story puts beside them in its own language, where they stand face to face."""

    slug: str
    words: str
    ours: str = ""


@dataclass(frozen=True)
class Cited:
    words: str
    passages: tuple[Quoted, ...]


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[str | Cited, ...]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class FaceToFace:
    question: str
    statements: tuple[Quoted, ...]


Block = Paragraph | Heading | FaceToFace


def parse(manuscript: str) -> tuple[dict[str, str], tuple[Block, ...]]:
    """The head's values and the blocks of the body, in order."""
    head, _, body = manuscript.partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return values, tuple(_block(part.strip()) for part in body.strip().split("\n\n"))


def _block(part: str) -> Block:
    if part.startswith("## "):
        return Heading(part[3:])
    if part.startswith("::: "):
        question, _, lines = part[4:].partition("\n")
        return FaceToFace(question, _quoted(lines.removesuffix(":::")))
    return Paragraph(tuple(_pieces(part)))


def _pieces(paragraph: str) -> list[str | Cited]:
    pieces: list[str | Cited] = []
    end = 0
    for found in CITED.finditer(paragraph):
        pieces += [paragraph[end : found.start()], Cited(found[1], _quoted(found[2]))]
        end = found.end()
    return [piece for piece in [*pieces, paragraph[end:]] if piece]


def _quoted(text: str) -> tuple[Quoted, ...]:
    return tuple(Quoted(*found) for found in QUOTED.findall(text))
