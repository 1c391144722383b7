"""A story as a file holds it (Markdown, HTML or plain), and its words alone; each word knows where it stands there.

>>> story = markdown("She said **no** to [the plan](https://elfaro.example/plan).")
>>> story.text
'She said no to the plan.'
>>> tuple(story.span(9, 11)), story.links[0].address
((11, 13), 'https://elfaro.example/plan')

Offsets are code points of the file's text. Markup is left out, entities become their letters; a line end within a
paragraph becomes a space. No more of Markdown is read than words need: a story is checked, not rendered.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from careo.reading.types import Span


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the story's plain text that lead to an address."""

    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """`text` is the words alone; `starts[i]` and `ends[i]` are where its i-th code point stands in `source`."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    links: tuple[Link, ...]

    def span(self, start: int, end: int) -> Span:
        """From a stretch of the plain text to the file's."""
        return Span(self.starts[start], self.ends[end - 1])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1."""
        before = self.source[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


class _Draft:
    """Collects the words, one code point or entity at a time."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.letters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.links: list[Link] = []

    def keep(self, start: int, end: int) -> None:
        for at in range(start, end):
            self.put(self.source[at], at, at + 1)

    def put(self, letters: str, start: int, end: int) -> None:
        """Letters that stand for source[start:end]."""
        self.letters += letters
        self.starts += [start] * len(letters)
        self.ends += [end] * len(letters)

    def take_back(self) -> None:
        """Forget the last letter."""
        for kept in (self.letters, self.starts, self.ends):
            del kept[-1:]

    def gap(self, at: int) -> None:
        """A new paragraph, once."""
        if self.letters and self.letters[-1] != "\n":
            self.put("\n\n", at, at)

    def done(self) -> Manuscript:
        return Manuscript(
            self.source, "".join(self.letters), tuple(self.starts), tuple(self.ends), tuple(self.links)
        )


def plain(source: str) -> Manuscript:
    """A story without markup."""
    draft = _Draft(source)
    draft.keep(0, len(source))
    return draft.done()


_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP = re.compile(
    r"""(?P<comment><!--.*?-->)
      | (?P<fence>^(?:```|~~~).*?(?:^(?:```|~~~)[ \t]*$|\Z))
      | (?P<blank>\r?\n[ \t]*(?:\r?\n)+(?:[ \t]*\r?\n)*)
      | (?P<definition>^[ ]{0,3}\[\^?[^\]\n]+\]:[^\n]*$)
      | (?P<head>^[ ]{0,3}(?:\#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+)
      | (?P<rule>^[ ]{0,3}(?:[-*_=][ \t]*){3,}$)
      | (?P<image>!\[[^\]\n]*\]\([^)\n]*\))
      | (?P<note>\[\^[^\]\n]+\])
      | (?P<link>\[(?P<words>[^\]\[\n]+)\]\((?P<address><[^>\n]*>|[^)\s]*)[^)\n]*\))
      | (?P<auto><https?://[^>\s]+>)
      | (?P<tag></?[A-Za-z][^<>]*>)
      | (?P<escape>\\[\\`*_{}\[\]()#+.!>~|"'-])
      | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
      | (?P<emphasis>\*{1,3}|~~|`+|(?<!\w)_{1,3}|_{1,3}(?!\w))
      | (?P<line>[ \t]*\r?\n)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def markdown(source: str) -> Manuscript:
    """A story in Markdown; its links are what it cites."""
    draft = _Draft(source)
    front = _FRONT_MATTER.match(source)
    _scan(draft, front.end() if front else 0, len(source))
    return draft.done()


def _scan(draft: _Draft, start: int, end: int) -> None:
    at = start
    for match in _MARKUP.finditer(draft.source, start, end):
        draft.keep(at, match.start())
        _KINDS.get(match.lastgroup or "", _leave_out)(draft, match)
        at = match.end()
    draft.keep(at, end)


def _leave_out(draft: _Draft, match: re.Match[str]) -> None:
    """Markup without words."""


def _paragraph(draft: _Draft, match: re.Match[str]) -> None:
    draft.gap(match.start())


def _line_end(draft: _Draft, match: re.Match[str]) -> None:
    draft.put(" ", match.start(), match.end())


def _head(draft: _Draft, match: re.Match[str]) -> None:
    """A heading, an item or a quoted line begins a paragraph of its own."""
    if draft.letters and draft.letters[-1] == " " and not match.group().lstrip().startswith(">"):
        draft.take_back()
        draft.gap(match.start())


def _escaped(draft: _Draft, match: re.Match[str]) -> None:
    draft.put(match.group()[1], match.start(), match.end())


def _entity(draft: _Draft, match: re.Match[str]) -> None:
    draft.put(html.unescape(match.group()), match.start(), match.end())


def _link(draft: _Draft, match: re.Match[str]) -> None:
    first = len(draft.letters)
    _scan(draft, *match.span("words"))
    if len(draft.letters) > first:
        draft.links.append(Link(Span(first, len(draft.letters)), match.group("address").strip("<>")))


_KINDS: dict[str, Callable[[_Draft, re.Match[str]], None]] = {
    "blank": _paragraph,
    "line": _line_end,
    "head": _head,
    "escape": _escaped,
    "entity": _entity,
    "link": _link,
}
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?\]\]>|<![^>]*>|<\?[^>]*>
      |<(?P<silent>script|style|head|template|nav|noscript|svg|sup)\b[^>]*>.*?(?:</(?P=silent)\s*>|\Z)
      |<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>
      |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
      |(?P<space>\s+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_INLINE_WORDS = "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark s samp small span strong sub time u var wbr"
_INLINE = frozenset(_INLINE_WORDS.split())
_ADDRESS = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_STORY = (
    re.compile(r"<article\b[^>]*>(.*?)</article\s*>", re.DOTALL | re.IGNORECASE),
    re.compile(r"<main\b[^>]*>(.*?)</main\s*>", re.DOTALL | re.IGNORECASE),
    re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE),
)


def page(source: str) -> Manuscript:
    """A story in HTML: its article, else its main part, else its body; `<q>` becomes quotation marks."""
    draft = _Draft(source)
    found = next((match for match in (part.search(source) for part in _STORY) if match), None)
    start, end = found.span(1) if found else (0, len(source))
    at, opened = start, None
    for match in _TAG.finditer(source, start, end):
        draft.keep(at, match.start())
        at = match.end()
        name = (match.group("name") or "").lower()
        if match.group("entity"):
            _entity(draft, match)
        elif match.group("space"):
            _space(draft, match)
        elif name == "a":
            opened = _anchor(draft, match, opened)
        elif name == "q":
            draft.put("”" if match.group("close") else "“", match.start(), match.end())
        elif name and name not in _INLINE:
            draft.gap(match.start())
    draft.keep(at, end)
    return draft.done()


def _space(draft: _Draft, match: re.Match[str]) -> None:
    if draft.letters and not draft.letters[-1].isspace():
        draft.put(" ", match.start(), match.end())


def _anchor(draft: _Draft, match: re.Match[str], opened: tuple[int, str] | None) -> tuple[int, str] | None:
    """Begin or end a link."""
    if not match.group("close"):
        address = _ADDRESS.search(match.group("attributes"))
        return (
            (len(draft.letters), html.unescape(next(filter(None, address.groups()), ""))) if address else None
        )
    if opened is not None and len(draft.letters) > opened[0]:
        draft.links.append(Link(Span(opened[0], len(draft.letters)), opened[1]))
    return None
