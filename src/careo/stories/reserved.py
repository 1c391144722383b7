"""Slugs that no page at the root of the paper may have: other rooms answer there, and the page would never be seen."""

from __future__ import annotations

from django.core.exceptions import ValidationError

RESERVED = frozenset(
    {
        "account",
        "archive",
        "corrections",
        "desk",
        "documents",
        "editions",
        "feeds",
        "forum",
        "given",
        "healthz",
        "media",
        "outlets",
        "people",
        "readyz",
        "robots",
        "search",
        "static",
    }
)


def refuse_reserved(slug: str) -> None:
    """Raises ValidationError, to be shown beside the slug."""
    if slug in RESERVED:
        raise ValidationError({"slug": f"“{slug}” is an address of Careo's own; choose another slug."})
