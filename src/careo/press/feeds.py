"""RSS and Atom: what a feed offers, read from bytes that our own fetch brought; no Django here.

>>> read_feed(b"<html><p>A page</p></html>", url="https://elfaro.example/")
Traceback (most recent call last):
careo.press.errors.NotAFeed: https://elfaro.example/ is neither an RSS nor an Atom feed; give the address …
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser

from careo.press.document import squeezed
from careo.press.errors import FetchError, NotAFeed
from careo.press.targets import target

MOST = 100  # entries of one answer; feeds of newspapers show ten to fifty


@dataclass(frozen=True, slots=True)
class Entry:
    """One report that a feed offers. `key` is what the feed itself knows it by, else its address."""

    key: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A feed's title and entries, in its own order (as a rule the newest first)."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(body: bytes, *, url: str, content_type: str = "") -> Offered:
    """What a feed offers. Raises NotAFeed. An entry without an http address is left out."""
    try:
        # Never a string: feedparser would fetch what looks like an address by itself, past our guard.
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,
        )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise NotAFeed(url) from error
    if not parsed.get("version"):
        raise NotAFeed(url)
    entries = (_entry(entry, url) for entry in parsed.entries[:MOST])
    return Offered(squeezed(parsed.feed.get("title")), tuple(entry for entry in entries if entry is not None))


def _entry(entry: Any, base: str) -> Entry | None:
    try:
        address = target(urljoin(base, squeezed(entry.get("link")))).url
    except (FetchError, ValueError):
        return None
    return Entry(squeezed(entry.get("id")) or address, address, squeezed(entry.get("title")))
