"""The same story in other languages: all its editions point at one of them, the first, and so each finds every other.

Wagtail's own translations live in a tree for each language; a small paper that publishes some of its stories in a
second language has one tree, and says it of each story.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info

from careo.paper.listing import visible_stories
from careo.stories.models import Story


@dataclass(frozen=True, slots=True)
class Edition:
    """A story in one language, with the language's own name; `by_default` for readers of none of the languages."""

    story: Story
    language: str
    name: str
    by_default: bool


def first_of(story: Story) -> int:
    """The number of the story that the editions point at."""
    return story.edition_of_id or story.pk


def others(story: Story) -> QuerySet[Any]:
    """The other editions that all may see, the oldest first."""
    first = first_of(story)
    return visible_stories().filter(Q(pk=first) | Q(edition_of=first)).exclude(pk=story.pk).order_by("pk")


def editions(story: Story, papers: str) -> tuple[Edition, ...]:
    """One a language, the story among them; none where it has no other. `papers`: the paper's own language."""
    found: dict[str, Story] = {story.language or papers: story}
    for other in others(story):
        found.setdefault(other.language or papers, other)
    if len(found) == 1:
        return ()
    default = papers if papers in found else min(found, key=lambda language: found[language].pk)
    return tuple(Edition(found[one], one, _name(one), one == default) for one in sorted(found))


def _name(language: str) -> str:
    """In the language itself: "Español"."""
    try:
        return str(get_language_info(language)["name_local"]).capitalize()
    except KeyError:
        return language
