"""What the forum's templates ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from careo.forum import heading
from careo.forum.text import html

register = template.Library()


@register.filter
def as_post(text: str) -> SafeString:
    """What a reader typed, rendered and cleaned."""
    return html(text)


@register.inclusion_tag("forum/_head.html", takes_context=True)
def forum_head(context: dict[str, Any]) -> dict[str, Any]:
    """The way to the notices, with how many are new; nothing for who was not let in."""
    return {"unseen": heading.unseen(context["request"])}
