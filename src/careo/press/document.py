"""A page as a tree, and the few questions that everything that reads it asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree, html

from careo.press.errors import EmptyPage

Element: TypeAlias = html.HtmlElement

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")
# No text of a report, and no database keeps them: control characters, and halves of characters from broken JSON.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_INVISIBLE = frozenset({"script", "style", "template", "svg", "button", "select", "iframe", "object", "math"})
_BREAKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
    }
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
    }
    | {"td", "th", "tr", "ul", "noscript"}
)


def parse(text: str, *, url: str) -> Element:
    """The page's tree, whatever the state of its markup. Raises EmptyPage where there is nothing to make one of."""
    clean = text.replace("\x00", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(clean, parser=parser)
    except etree.ParserError as error:
        raise EmptyPage(url) from error
    return root


def squeezed(text: str | None) -> str:
    """Text in NFC, in one line, without what cannot be seen."""
    return _SPACE.sub(" ", _NO_TEXT.sub("", unicodedata.normalize("NFC", text or ""))).strip()


def words(element: Element) -> str:
    """An element's visible text in one line; blocks are parted by a space."""
    return squeezed("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    """The element's texts in order. With a stack of its own: a hostile page nests deeper than Python calls."""
    waiting: list[Element | str] = [element]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
            continue
        hidden = not isinstance(part.tag, str) or part.tag in _INVISIBLE
        space = " " if part.tag in _BREAKS and part is not element else ""
        rest: list[Element | str] = []
        if not hidden:
            rest.append(space + (part.text or ""))
            for child in part:
                rest += [child, child.tail or ""]
            rest.append(space)
        waiting += reversed(rest)


def marks(element: Element) -> str:
    """An element's class, id and the like, folded: what its makers call it."""
    names = ("class", "id", "itemprop", "data-component", "data-testid", "data-type", "role")
    return " ".join(element.get(name) or "" for name in names).casefold()


def metas(root: Element) -> dict[str, list[str]]:
    """The page's `meta` entries by folded name, in order, empty ones left out."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = squeezed(meta.get("content"))
        if name and content:
            found.setdefault(name.strip().casefold(), []).append(content)
    return found


def folded(text: str) -> str:
    """Letters and digits alone, case and accents aside: whether two texts are the same words.

    >>> folded("¡Agua, ya!") == folded("AGUA YA")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())
