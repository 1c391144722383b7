"""A story's body as one variant may see it: what stands here is all that a page, a feed or a search may draw from.

The public variant of a closed story is laid out from its open blocks alone; the closed ones are not looked at, so
that neither their words nor their citations, outlets or number can come out by any way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from wagtail.models import Page

from careo.press.models import Outlet
from careo.record.models import Statement
from careo.stories import citations, prose, rights
from careo.stories.citations import Cited, CitedPassage, Source
from careo.stories.marks import Mark
from careo.stories.prose import Link, Paragraph, Run
from careo.stories.style import Style

Variant = Literal["public", "subscriber"]
Kind = Literal["paragraph", "heading", "quote", "picture", "face_to_face"]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Runs of words, under an address, a citation's number, or neither."""

    runs: tuple[Run, ...]
    href: str = ""
    number: int | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Remark:
    """A statement as another outlet told it, in its own words and language; `wording` and `speaker` are empty where
    the public may not be shown them, `withheld_on` says since when an editor has so decided. `translation` is an
    editor's, or empty; it goes with the wording."""

    wording: str
    language: str
    speaker: str
    outlet: str
    mark: str
    day: date | None
    link: str = ""
    withheld_on: date | None = None
    translation: str = ""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block; `key` is the body's own name of it. What its kind does not have is empty."""

    kind: Kind
    key: str
    paragraphs: tuple[tuple[ShownPiece, ...], ...] = ()
    heading: str = ""
    who: str = ""
    picture: Any = None
    caption: str = ""
    alt: str = ""
    question: str = ""
    remarks: tuple[Remark, ...] = ()
    after_heading: bool = False

    @property
    def text(self) -> str:
        """Our own words in it: other outlets' remarks and captions are not the story's text."""
        return self.heading or "\n\n".join("".join(piece.text for piece in para) for para in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Shown:
    """`is_cut` says that there is more for subscribers. Citations are numbered from 1 in the order of the text. `style`
    is the house's, in which it was laid out."""

    blocks: tuple[ShownBlock, ...]
    citations: tuple[Cited, ...]
    sources: tuple[Source, ...]
    sources_word: str
    is_cut: bool
    style: Style

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks if block.text.strip())


def shown(body: Any, *, style: Style, only: int | None = None) -> Shown:
    """Lay out `body`, or its first `only` blocks. Page links that lead nowhere live become plain words."""
    blocks = list(body)
    kept = blocks if only is None else blocks[:only]
    return _Layout(kept, style).lay(is_cut=len(kept) < len(blocks))


def marks_in(body: Any) -> Iterator[tuple[str, str, Mark]]:
    """Every mark of a body with the block it stands in (key) and the words under it, resolved or not."""
    for block in body:
        for paragraph in _prose(block):
            for piece in paragraph:
                for mark in piece.link.marks if piece.link else ():
                    yield str(block.id), piece.text, mark


def statements_in(body: Any) -> Iterator[Statement]:
    """The statements that stand face to face in a body."""
    for block in body:
        yield from (statement for statement, _ in _faced(block))


def _faced(block: Any) -> list[tuple[Statement, str]]:
    """Statements with our translations of them, where there are any."""
    if block.block_type != "face_to_face":
        return []
    return [(one["statement"], one["translation"]) for one in block.value["statements"] if one["statement"]]


def _prose(block: Any) -> tuple[Paragraph, ...]:
    if block.block_type == "paragraph":
        return prose.paragraphs(block.value.source)
    return prose.paragraphs(block.value["words"].source) if block.block_type == "quote" else ()


class _Layout:
    """One pass over the blocks, with every passage and page they point to looked up beforehand."""

    def __init__(self, blocks: Sequence[Any], style: Style) -> None:
        self._style = style
        self._prose = [(block, _prose(block)) for block in blocks]
        links = [piece.link for _, paras in self._prose for para in paras for piece in para if piece.link]
        self._passages = citations.passages((mark for link in links for mark in link.marks), style)
        faced = [statement for block in blocks for statement, _ in _faced(block)]
        self._faced = dict(zip(faced, rights.of_statements(faced, style), strict=True))
        self._pages = _addresses({link.page for link in links if link.page})
        self._cited: list[Cited] = []
        self._told: list[tuple[Outlet, str]] = []
        self._heading_seen = False

    def lay(self, *, is_cut: bool) -> Shown:
        blocks = tuple(self._block(block, paras) for block, paras in self._prose)
        named = citations.sources(self._told, self._style)
        word = self._style.sources_word(len(named))
        return Shown(blocks, tuple(self._cited), named, word, is_cut, self._style)

    def _block(self, block: Any, paragraphs: tuple[Paragraph, ...]) -> ShownBlock:
        kind, value, key = block.block_type, block.value, str(block.id)
        if kind == "heading":
            self._heading_seen = True
            return ShownBlock(kind, key, heading=value)
        if kind == "picture":
            alt = value["alt"] or (value["picture"].description if value["picture"] else "")
            return ShownBlock(kind, key, picture=value["picture"], caption=value["caption"], alt=alt)
        if kind == "face_to_face":
            remarks = tuple(self._remark(statement, translation) for statement, translation in _faced(block))
            return ShownBlock(
                kind, key, question=value["question"], remarks=remarks, after_heading=self._heading_seen
            )
        pieces = tuple(tuple(self._piece(piece) for piece in para) for para in paragraphs)
        return ShownBlock(kind, key, paragraphs=pieces, who=value["who"] if kind == "quote" else "")

    def _piece(self, piece: prose.Piece) -> ShownPiece:
        link = piece.link or Link()
        found = tuple(self._passages[mark] for mark in link.marks if mark in self._passages)
        if found:
            return ShownPiece(piece.runs, number=self._cite(piece.text, found))
        return ShownPiece(piece.runs, href=link.href or self._pages.get(link.page or 0, ""))

    def _cite(self, words: str, found: tuple[CitedPassage, ...]) -> int:
        self._cited.append(Cited(len(self._cited) + 1, words, found))
        self._told += [(passage.report.outlet, passage.language) for passage in found]
        return len(self._cited)

    def _remark(self, statement: Statement, translation: str) -> Remark:
        report = statement.report
        self._told.append((report.outlet, statement.language))
        one_day = statement.said_granularity == "day"
        public = self._faced[statement]
        return Remark(
            wording=public.words,
            language=statement.language,
            speaker=statement.speaker if public.is_told else "",
            outlet=report.outlet.name,
            mark=self._style.language_mark(statement.language),
            day=statement.said_from if one_day else report.published_on,
            link=public.link,
            withheld_on=public.withheld_on,
            translation=translation.strip() if public.words else "",
        )


def _addresses(numbers: set[int]) -> dict[int, str]:
    """Where pages of ours are, those that are live."""
    pages = Page.objects.filter(pk__in=numbers).live() if numbers else ()
    return {page.pk: page.url for page in pages if page.url}
