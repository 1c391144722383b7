"""The words of a report: its standfirst, paragraphs and section headlines, and nothing that stands around them.

Paragraphs are parted by one empty line, each is one line, all in NFC. The standfirst comes first, as it does on the
page; the headline, captions, bylines, "read also" and what readers or networks say are not the report's text.
Trafilatura finds the body; what it cannot know is taken away before (embedded posts, boxes) and after (lines
that only point elsewhere).
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterable, Iterator

from lxml import etree
from trafilatura import bare_extraction

from careo.press.document import Element, folded, marks, squeezed, words
from careo.press.frame import BOX, CONSENT, ELSEWHERE, LABELS
from careo.press.metadata import Page, likeness

FEWEST = 25  # words: a flash of news in two sentences has more; a log-in box or an error page seldom does

_SLOTS = frozenset({"aside", "nav", "footer", "form", "figcaption", "dialog", "noscript"})
# Its warnings are told in a sentence of our own, where somebody asked.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_LONGEST_LINK = 160  # characters: a teaser; whole paragraphs are seldom one link


def text(page: Page) -> str:
    """The report's text; empty where the page holds none."""
    found = _from_first_paragraph([line for line in _body(page) if not _is_chrome(line)], page)
    if not _tells_something(found):
        return ""
    lead = standfirst(page)
    if lead and not any(_same(lead, line) for line in found[:3]):
        found.insert(0, lead)
    return "\n\n".join(found)


def _from_first_paragraph(lines: list[str], page: Page) -> list[str]:
    """The lines without what some pages print over the text: section, headline, byline, place."""
    known = {folded(page.headline), folded(page.outlet), *map(folded, page.authors)}
    repeated = [number for number, line in enumerate(lines[:6]) if folded(line) in known]
    rest = lines[repeated[-1] + 1 :] if repeated else lines
    while len(rest) > 1 and len(rest[0].split()) < 4 and rest[0][-1] not in '.!?:…”"»':
        rest = rest[1:]
    return rest


def standfirst(page: Page) -> str:
    """The line under the headline, as readers see it; empty where there is none. A description that no reader
    sees is none, nor is the article's own first paragraph."""
    near = [(element, words(element)) for element in _after_heading(page)]
    near = [
        (e, shown)
        for e, shown in near
        if 20 <= len(shown) <= 600 and not _is_chrome(shown) and not _same(shown, page.headline)
    ]
    named = [(e, shown) for e, shown in near if page.called_standfirst(e)]
    told = [(e, shown) for e, shown in near if any(_same(shown, told) for told in page.descriptions)]
    for element, shown in [*named, *told][:1]:
        return "" if _stands_in_body(element) else shown
    return ""


def _after_heading(page: Page) -> Iterator[Element]:
    """The elements that follow the headline, the nearest forty that hold words of their own."""
    if page.heading is None:
        return
    seen = 0
    for element in page.heading.xpath(
        "following::*[self::h2 or self::h3 or self::h4 or self::p or self::div or self::span or self::li]"
    ):
        own = (element.text or "").strip() or len(element) == 1
        if own and words(element):
            seen += 1
            yield element
        if seen >= 40:
            return


def _stands_in_body(element: Element) -> bool:
    """Whether an element is one of a run of paragraphs: then it is the first of the text, not a line above it."""
    if element.tag != "p":
        return False
    following = element.getnext()
    previous = element.getprevious()
    run = [e for e in (previous, following) if e is not None and e.tag == "p" and len(words(e)) > 120]
    return bool(run)


def _body(page: Page) -> list[str]:
    pruned = copy.deepcopy(page.root)
    _prune(pruned)
    document = bare_extraction(
        pruned,
        url=page.url or None,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    body = getattr(document, "body", None)
    return list(_lines(body)) if body is not None else []


def _prune(root: Element) -> None:
    """Take away what is never a report's own text, but nothing that holds a good part of the page's paragraphs."""
    whole = sum(len(words(p)) for p in root.iter("p")) or 1
    for element in list(root.iter()):
        if (
            not isinstance(element.tag, str)
            or element.getparent() is None
            or element.tag in ("html", "body", "article", "main")
        ):
            continue
        slot = element.tag in _SLOTS or BOX.search(marks(element))
        if slot and sum(len(words(p)) for p in element.iter("p")) < 0.3 * whole:
            element.drop_tree()
    for element in list(root.iter("p", "li", "h2", "h3", "h4")):
        if element.getparent() is not None and _is_teaser(element):
            element.drop_tree()


def _is_teaser(element: Element) -> bool:
    """Whether an element is nothing but a link to another page."""
    links = list(element.iter("a"))
    shown = words(element)
    return (
        bool(links)
        and 0 < len(shown) <= _LONGEST_LINK
        and sum(len(words(a)) for a in links) >= 0.9 * len(shown)
    )


def _lines(body: etree._Element) -> Iterator[str]:
    """Trafilatura's tree as lines: a paragraph, headline, item of a list or row of a table each."""
    for element in body:
        if element.tag == "list":
            for item in element.iter("item"):
                yield from _broken(item)
        elif element.tag == "table":
            for row in element.iter("row"):
                yield from filter(
                    None, [squeezed(" | ".join(filter(None, (squeezed("".join(c.itertext())) for c in row))))]
                )
        elif element.tag == "quote" and len(element):
            own = squeezed(element.text)
            yield from filter(None, [own])
            yield from _lines(element) if any(child.tag == "p" for child in element) else _broken(element)
        elif element.tag != "graphic":
            yield from _broken(element)


def _broken(element: etree._Element) -> Iterator[str]:
    """An element's lines: one, or several where the page breaks it twice in a row."""
    pieces = [""]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces[-1] += node.text or ""
            if node.tag == "lb":
                pieces.append("")
        elif node is not element:
            pieces[-1] += node.tail or ""
    lines, blank = [""], False
    for piece in map(squeezed, pieces):
        if piece and blank:
            lines.append(piece)
        elif piece:
            lines[-1] = f"{lines[-1]} {piece}".strip()
        blank = not piece
    yield from filter(None, lines)


def _is_chrome(line: str) -> bool:
    """Whether a line is no part of the report: it points elsewhere, sells, or holds no word."""
    points = bool(ELSEWHERE.match(line)) and len(line) < 320
    return (
        points or folded(line) in LABELS or bool(CONSENT.search(line)) or not any(c.isalnum() for c in line)
    )


def _same(one: str, other: str) -> bool:
    a, b = folded(one), folded(other)
    return bool(a) and (
        a == b
        or (
            min(len(a), len(b)) > 60
            and (a.startswith(b[:60]) or b.startswith(a[:60]))
            and likeness(one, other) > 0.6
        )
    )


def _tells_something(lines: Iterable[str]) -> bool:
    counts = [len(line.split()) for line in lines]
    return sum(counts) >= FEWEST and max(counts) >= 8
