"""A report in the form other programs rely on: the *report* object of docs/capture.md."""

from __future__ import annotations

from typing import Any

from careo.press.extract import Extracted

VERSION = 1


def report_json(found: Extracted, *, snapshot: str, near_duplicate_of: int | None = None) -> dict[str, Any]:
    """The *report* object. `snapshot` is the SHA-256 of the page's bytes, in hexadecimal."""
    return {
        "careo": VERSION,
        "url": found.url,
        "canonical_url": found.canonical_url,
        "outlet": found.outlet,
        "language": found.language,
        "headline": found.headline,
        "standfirst": found.standfirst or None,
        "authors": list(found.authors),
        "published": found.published,
        "modified": found.modified,
        "text": found.text,
        "images": [
            {"url": p.url, "caption": p.caption, "alt": p.alt, "credit": p.credit} for p in found.images
        ],
        "snapshot": snapshot,
        "near_duplicate_of": near_duplicate_of,
    }
