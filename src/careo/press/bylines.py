"""Who wrote a report, name by name: from linked data, then meta entries, then what the page marks as its byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from careo.press.document import Element, folded, marks, squeezed, words
from careo.press.structured import text_of

if TYPE_CHECKING:
    from careo.press.metadata import Page

MOST = 20  # more is a masthead, not a byline
_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dcsext.author",
    "dc.creator",
    "byl",
)
_BY = re.compile(
    r"^(?:(?:written|reported|text|story|words|texto|escrito)\s+)?(?:by|por|von|de|par)\b[:\s]+",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*;\s*|\s+(?:and|y|e|&|with|con)\s+|\s*\|\s*|\s*/\s*")
_TITLE = re.compile(
    r"\b(editor|reporter|correspondent|corresponsal|redactora?|writer|staff|periodista|journalist|columnist|updated|published|"
    r"special|senior|political|contributor)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(r"https?:|www\.|@|\d{2}|\.(com|org|net|es|mx)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\b(by-?line|authors?|autor(es|a)?|firma)\b|byline|author[-_]*name")


def names(page: Page) -> tuple[str, ...]:
    """The authors, in the page's order, each once; empty where it names none."""
    for source in (_of_data, _of_metas, _of_marks):
        found = list(dict.fromkeys(name for text in source(page) for name in split(text)))
        unique = {folded(name): name for name in reversed(found)}
        kept = [name for name in found if unique.get(folded(name)) == name]
        if kept:
            return tuple(kept[:MOST])
    return ()


def split(byline: str) -> Iterator[str]:
    """The names of a byline, without "By", places and titles.

    >>> list(split("By Rosa Ibarra and Helen Marsh, political editor"))
    ['Rosa Ibarra', 'Helen Marsh']
    """
    for part in _JOIN.split(_BY.sub("", squeezed(byline))):
        first, *rest = [piece.strip() for piece in part.split(",")]
        for piece in (first, *(piece for piece in rest if _like_a_person(piece))):
            name = _BY.sub("", piece).strip(" .,:-–—|•")
            if _like_a_name(name):
                yield name


def _like_a_name(name: str) -> bool:
    return (
        1 < len(name) <= 80
        and len(name.split()) <= 7
        and not _NOISE.search(name)
        and any(c.isalpha() for c in name)
    )


def _like_a_person(name: str) -> bool:
    """Whether what follows a comma is another name rather than a title or a place."""
    parts = name.split()
    return 2 <= len(parts) <= 4 and all(p[:1].isupper() for p in parts) and not _TITLE.search(name)


def _of_data(page: Page) -> Iterator[str]:
    for key in ("author", "creator"):
        for node in page.data.nodes(page.article.get(key)):
            yield text_of(node.get("name"))


def _of_metas(page: Page) -> Iterator[str]:
    outlet = folded(page.outlet)
    for name in _METAS:
        given = [
            text
            for text in page.metas.get(name, [])
            if not text.startswith("http") and folded(text) != outlet
        ]
        if any(list(split(text)) for text in given):
            yield from given
            return


def _of_marks(page: Page) -> Iterator[str]:
    """What stands by the headline and is called a byline: links to authors first, then the innermost such element."""
    scope = _surroundings(page)
    linked = [a for a in scope.iter("a") if "author" in (a.get("rel") or "").split() and words(a)]
    marked = [
        e
        for e in scope.iter()
        if isinstance(e.tag, str) and _BYLINE.search(marks(e)) and 0 < len(words(e)) <= 120
    ]
    if linked:
        yield from (words(a) for a in linked[:MOST])
    elif marked:
        first = marked[0]
        inner = [e for e in first.iter() if _BYLINE.search(marks(e)) and words(e)]
        yield words(inner[-1])


def _surroundings(page: Page) -> Element:
    heading = page.heading
    if heading is None:
        return page.root
    around = heading.xpath("ancestor::*[self::article or self::main or self::body][1]")
    return around[0] if around else page.root
