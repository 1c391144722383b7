"""Pages drawn ahead of time: what links to a story that changed is in the store again before the next reader asks.

Drawing is the worker's. Whoever asks sooner has the page drawn at once, and the worker finds it kept.
"""

from __future__ import annotations

from django.http import Http404
from django.urls import resolve, reverse
from wagtail.models import Page

from careo.edge.variants import VARIANTS
from careo.paper.nobody import NobodysRequest
from careo.paper.store import page_store
from careo.stories.models import Story

ALL_STORIES = ("paper:archive", "paper:rss", "paper:atom", "paper:json_feed", "paper:sitemap")


def paths_of(story: Story) -> list[str]:
    """Where the story is shown, first what most readers ask for: front page, section, itself, the lists of all stories."""
    shown: list[Page | None] = [story.get_parent(), story if story.live else None]
    return ["/", *(page.url for page in shown if page and page.url), *map(reverse, ALL_STORIES)]


def draw(path: str) -> bool:
    """Have one address in the store, for visitors and subscribers; False where it is not to be kept."""
    view, args, kwargs = resolve(path)
    for variant in VARIANTS:
        if page_store().get(path, variant) is None:
            try:
                view(NobodysRequest(path, "", variant), *args, **kwargs)
            except Http404:
                return False
    return all(page_store().get(path, variant) for variant in VARIANTS)
