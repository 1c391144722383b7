"""What a page says of itself as linked data (schema.org in JSON-LD): its articles, who wrote them, their pictures.

Read with patience: broken entities, stray commas, references by @id, several articles on one page. Everything here
was written by the outlet, and counts as its word.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from careo.press.document import Element, folded, squeezed

Node = dict[str, Any]

ARTICLE = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting)$")
# Under these stand other articles than the page's own.
_OTHERS = frozenset(
    {
        "itemListElement",
        "hasPart",
        "isPartOf",
        "relatedLink",
        "mentions",
        "citation",
        "liveBlogUpdate",
        "comment",
    }
)
_MOST = 20_000  # nodes walked of one page: a page of a newspaper has hundreds
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_COMMA = re.compile(r",\s*([}\]])")


class LinkedData:
    """All nodes of a page's JSON-LD, and the one that is the page's own article, if it says so."""

    def __init__(self, root: Element) -> None:
        self._nodes: list[Node] = []
        self._by_id: dict[str, Node] = {}
        for script in root.iter("script"):
            if "ld+json" in (script.get("type") or "").casefold():
                self._take(_loaded(script.text or ""))

    def article(self, *titles: str) -> Node:
        """The page's own article: the first of those whose headline is one of `titles`, else the first. Or empty."""
        articles = [node for node in self._nodes if _is_article(node)]
        wanted = {folded(title) for title in titles if title}
        for node in articles:
            if folded(text_of(node.get("headline"))) in wanted:
                return self._filled(node, articles)
        return self._filled(articles[0], articles) if articles else {}

    def page(self) -> Node:
        """What is said of the web page rather than of the article on it. Or empty."""
        return next((n for n in self._nodes if any(t.endswith("WebPage") for t in types(n))), {})

    def nodes(self, value: object) -> list[Node]:
        """The nodes that a value holds or refers to; plain text becomes a node with a name."""
        found: list[Node] = []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                found.append(self._by_id.get(str(item.get("@id")), {}) | item)
            elif isinstance(item, str) and item.strip():
                found.append(self._by_id.get(item) or {"name": item, "url": item})
        return found

    def _filled(self, node: Node, articles: list[Node]) -> Node:
        """The article, with what only a second description of the same one tells."""
        same = [
            other
            for other in articles
            if folded(text_of(other.get("headline"))) == folded(text_of(node.get("headline")))
        ]
        filled: Node = {}
        for one in [node, *same]:
            filled |= {key: value for key, value in one.items() if value and key not in filled}
        return filled

    def _take(self, value: object) -> None:
        waiting = [value]
        while waiting and len(self._nodes) < _MOST:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting[:0] = item
            elif isinstance(item, dict):
                self._nodes.append(item)
                if len(item) > 1 and isinstance(item.get("@id"), str):
                    self._by_id[item["@id"]] = self._by_id.get(item["@id"], {}) | item
                waiting += [v for k, v in item.items() if k not in _OTHERS and isinstance(v, dict | list)]


def types(node: Node) -> list[str]:
    value = node.get("@type")
    return [str(item).rpartition("/")[2] for item in (value if isinstance(value, list) else [value])]


def text_of(value: object) -> str:
    """A value's text in one line: entities undone twice over, as many outlets write them; empty for what is no text."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return squeezed(html.unescape(html.unescape(value))) if isinstance(value, str) else ""


def texts_of(value: object) -> Iterator[str]:
    """Each text that a value holds."""
    for item in value if isinstance(value, list) else [value]:
        if text := text_of(item):
            yield text


def _is_article(node: Node) -> bool:
    return any(ARTICLE.search(kind) for kind in types(node)) and bool(
        text_of(node.get("headline") or node.get("name"))
    )


def _loaded(text: str) -> object:
    """The script's value; None where no patience makes JSON of it."""
    text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
