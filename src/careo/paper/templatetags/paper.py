"""What the paper's templates ask for."""

from __future__ import annotations

from typing import Any

from django import template

from careo.paper.front import Front, front

register = template.Library()


@register.simple_tag(name="front", takes_context=True)
def front_(context: dict[str, Any]) -> Front:
    """The frame of the page, drawn up once a page."""
    kept: Front | None = context.get("front")
    return kept or front()
