"""A body laid out as one plain text with its citations, and the way back from the text to the blocks.

>>> text, places = joined([("a", "One."), ("b", "Two.")])
>>> text[places[1].begin : places[1].end], places[1].key
('Two.', 'b')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from careo.reading.support import CitedSpan, Passage, StoryText
from careo.reading.types import Span
from careo.stories.citations import CitedPassage
from careo.stories.shown import Shown, ShownBlock

GAP = "\n\n"
OPENING, CLOSING = "“", "”"


class Place(NamedTuple):
    """Where a block (by key) lies in the text: [begin, end) in code points."""

    begin: int
    end: int
    key: str


def joined(parts: Iterable[tuple[str, str]]) -> tuple[str, list[Place]]:
    """Texts of (key, text) divided by an empty line, and where each lies."""
    text, places = "", []
    for key, part in parts:
        text += GAP if text else ""
        places.append(Place(len(text), len(text) + len(part), key))
        text += part
    return text, places


def place_of(span: Span, places: Sequence[Place]) -> str:
    """The key of the block in which a span begins; the last block's for what begins behind them all."""
    for place in places:
        if span.start < place.end:
            return place.key
    return places[-1].key if places else ""


def story_text(
    shown: Shown, *, above: Sequence[tuple[str, str]], language: str, published: date | None
) -> tuple[StoryText, list[Place]]:
    """What stands `above` the body (key, text), then the blocks that hold words of ours.

    A quote block is put in quotation marks, since that is what it says.
    """
    blocks = [block for block in shown.blocks if block.text.strip()]
    heads = [(key, words) for key, words in above if words.strip()]
    text, places = joined([*heads, *((block.key, _written(block)) for block in blocks)])
    passages = {cited.number: cited.passages for cited in shown.citations}
    spans = [
        CitedSpan(span, tuple(as_read(passage) for passage in passages[number]))
        for block, place in zip(blocks, places[len(heads) :], strict=True)
        for number, span in _cited(block, place.begin)
    ]
    return StoryText(text, language, published, tuple(spans)), places


def as_read(passage: CitedPassage) -> Passage:
    """A cited passage in reading's words."""
    return Passage(
        report=str(passage.report.pk),
        outlet=passage.outlet,
        language=passage.language,
        text=passage.text,
        span=Span(passage.begin, passage.end),
        published=passage.published_on,
    )


def _written(block: ShownBlock) -> str:
    if block.kind != "quote" or block.text.startswith((OPENING, '"', "«")):
        return block.text
    return f"{OPENING}{block.text}{CLOSING}"


def _cited(block: ShownBlock, begin: int) -> Iterable[tuple[int, Span]]:
    """Each citation of a block with the span of its words in the whole text; `begin` is the block's own."""
    at = begin + _written(block).index(block.text)
    for paragraph in block.paragraphs:
        for piece in paragraph:
            if piece.number and piece.text:
                yield piece.number, Span(at, at + len(piece.text))
            at += len(piece.text)
        at += len(GAP)
