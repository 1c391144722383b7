"""What the forum's templates ask for."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from careo.forum.text import html

register = template.Library()


@register.filter
def as_post(text: str) -> SafeString:
    """What a reader typed, rendered and cleaned."""
    return html(text)
