"""The sentences of a story as one variant may read it, each with the citations that stand in it.

A sentence is known by a key made from its place and its words: a form drawn from one wording cannot be taken for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careo.edge.variants import Variant
from careo.reading.sentences import sentences
from careo.stories.marks import Mark, written
from careo.stories.models import Story
from careo.stories.shown import Shown, ShownBlock, ShownPiece


@dataclass(frozen=True, slots=True)
class Sentence:
    """`block` is the key of the body's block, or the field above it; `numbers` are those of the citations in it."""

    key: str
    text: str
    block: str
    numbers: tuple[int, ...] = ()


def sentences_of(story: Story, laid: Shown) -> list[Sentence]:
    """Headline and standfirst, then the body's sentences in order; other outlets' remarks and captions are not ours."""
    above = [("title", story.title), ("standfirst", story.standfirst)]
    found = [_sentence(text, block) for block, text in above if text.strip()]
    return [*found, *sentences_in(laid)]


def sentences_in(laid: Shown) -> list[Sentence]:
    """Those of the body alone."""
    return [one for block in laid.blocks for one in _in_block(block)]


def passages_under(numbers: Iterable[int], laid: Shown) -> str:
    """The marks of all that these citations rest on, as `marks.parse` reads them back."""
    cited = {one.number: one.passages for one in laid.citations}
    found = [passage for number in numbers for passage in cited[number]]
    marks = [
        Mark(one.report.pk, one.begin, one.end, one.statement.pk if one.statement else None) for one in found
    ]
    return written(dict.fromkeys(marks))


def laid_out_for(story: Story, variant: Variant) -> tuple[Shown, list[Sentence]]:
    """The story as the variant may see it, with its sentences."""
    laid = story.shown(variant)
    return laid, sentences_of(story, laid)


def _in_block(block: ShownBlock) -> Iterator[Sentence]:
    if block.heading:
        yield _sentence(block.heading, block.key)
    for number, pieces in enumerate(block.paragraphs):
        yield from _in_paragraph(pieces, block.key, number)


def _in_paragraph(pieces: tuple[ShownPiece, ...], block: str, paragraph: int) -> Iterator[Sentence]:
    text = "".join(piece.text for piece in pieces)
    for span in sentences(text):
        numbers = tuple(
            number for number, begin, end in _cited(pieces) if begin < span.end and span.start < end
        )
        yield _sentence(text[span.start : span.end], block, numbers, at=f"{paragraph}:{span.start}")


def _cited(pieces: tuple[ShownPiece, ...]) -> Iterator[tuple[int, int, int]]:
    """Each citation's number with where its words lie in the paragraph: [begin, end) in code points."""
    at = 0
    for piece in pieces:
        if piece.number is not None:
            yield piece.number, at, at + len(piece.text)
        at += len(piece.text)


def _sentence(text: str, block: str, numbers: tuple[int, ...] = (), *, at: str = "") -> Sentence:
    words = " ".join(text.split())
    key = hashlib.sha256(f"{block}\0{at}\0{words}".encode()).hexdigest()[:20]
    return Sentence(key, words, block, numbers)
