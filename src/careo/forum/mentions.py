"""Readers mentioned in a post: `@[Ana de Alba]`, or `@Ana` for a name without spaces.

>>> names("Ask @[Ana de Alba] or @Bruno.")
['Ana de Alba', 'Bruno.']
>>> names("> @Bruno said so\\n\\nto ana@example.org and in `@[Carla]`")
[]

What stands in a quotation, in code or in a link's words mentions nobody: who is quoted was told when it was first said.
Behind a plain name a stop belongs to the sentence more often than to the name: `readers_named` tries both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from careo.forum import text
from careo.readers import pen_names
from careo.readers.models import Reader

MOST = 10  # readers mentioned in one post; more is a call to everybody, which nobody asked for
PLAIN = re.compile(r"(?<![\w@./])@(?=\w)([\w'’.·-]{2,40})")


def names(typed: str) -> list[str]:
    """The names behind the signs, each once, in order, as typed."""
    return list(dict.fromkeys(name for block in _told(text.parsed(typed)) for name in _names_in(block)))[
        :MOST
    ]


def readers_named(typed: str) -> list[Reader]:
    """Whom the text mentions; a name that nobody has mentions nobody."""
    if "@" not in typed and "&" not in typed:  # nor the sign by its number, "&#64;"
        return []
    spellings = {name: _spellings(name) for name in names(typed)}
    if not spellings:
        return []
    keys = {key for tried in spellings.values() for key in tried}
    found = {reader.pen_key: reader for reader in Reader.objects.filter(pen_key__in=keys, is_active=True)}
    meant = (next((found[key] for key in tried if key in found), None) for tried in spellings.values())
    return list(dict.fromkeys(reader for reader in meant if reader is not None))


def _spellings(name: str) -> list[str]:
    """Keys to look for, the longest first."""
    shorter = [name.rstrip(".'’-·"), re.sub(r"['’]s$", "", name.rstrip("."))]
    return list(dict.fromkeys(pen_names.key(one) for one in (name, *shorter) if one))


def _told(blocks: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What is said by the author: the words of no quotation."""
    depth = 0
    for block in blocks:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(block.type, 0)
        if block.children and not depth:
            yield block.children


def _names_in(tokens: Iterable[Token]) -> Iterator[str]:
    inside = 0
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if inside:
            continue
        if token.type == "mention":
            yield token.content
        elif token.type == "text":
            yield from PLAIN.findall(unicodedata.normalize("NFC", token.content))
