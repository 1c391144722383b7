"""What the partials of a story ask for."""

from __future__ import annotations

from django import template

from careo.stories.models import Story
from careo.stories.shown import Shown, Variant

register = template.Library()


@register.simple_tag
def shown(story: Story, variant: Variant) -> Shown:
    """The story as the variant may see it; a missing variant is the public's."""
    return story.shown(variant)
