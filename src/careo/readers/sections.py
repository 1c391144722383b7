"""The parts of a reader's own page that other rooms draw: what they saved, what they follow.

A room registers a function with SECTIONS_HOOK; it is given the request of a logged-in reader and answers a `Section`, or None
where there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

SECTIONS_HOOK = "account_sections"  # a function of the request → Section | None


@dataclass(frozen=True)
class Section:
    """`template` is drawn below `title` with `context` alone beside the page's own; the lowest `order` comes first."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 100


def sections(request: HttpRequest) -> list[Section]:
    """Those there are for this reader, in order."""
    drawn = [draw(request) for draw in hooks.get_hooks(SECTIONS_HOOK)]
    return sorted((one for one in drawn if one), key=lambda section: section.order)
