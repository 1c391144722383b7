"""Writing down, when a story that all could read is withdrawn or deleted, under which addresses they could.

Wagtail withdraws and deletes in many ways (the desk, the scheduler, a section with all in it); its signals are the one
place that all of them pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_unpublished

from careo.paper.addresses import path_under
from careo.paper.front import home
from careo.paper.models import GoneAddress
from careo.stories.models import Story


def story_withdrawn(sender: type[Model], instance: Page, **what: Any) -> None:
    """The story has just ceased to be live."""
    _remember(instance)


def story_deleted(sender: type[Model], instance: Model, **what: Any) -> None:
    """One that had been withdrawn before was written down then; a draft never is."""
    if isinstance(instance, Story) and instance.live:
        _remember(instance)


def _remember(page: Page) -> None:
    if not isinstance(page, Story) or not _was_open_to_all(page):
        return
    paths = {_path(page), *_older_paths(page)} - {""}
    GoneAddress.objects.bulk_create((GoneAddress(path=path) for path in paths), ignore_conflicts=True)


def _was_open_to_all(story: Story) -> bool:
    """Had its hour come, and did nothing but its end stand in the way of reading it?"""
    begun = story.go_live_at is None or story.go_live_at <= timezone.now()
    return begun and not story.get_view_restrictions()


def _path(story: Story) -> str:
    root = home()
    return path_under(root.url_path, story.url_path) if root else ""


def _older_paths(story: Story) -> Iterator[str]:
    """Addresses that led to it: the redirects are deleted together with the story."""
    for path in Redirect.objects.filter(redirect_page_id=story.pk).values_list("old_path", flat=True):
        yield f"{path}/"


def connect() -> None:
    """Called once, when Django has loaded every room."""
    page_unpublished.connect(story_withdrawn)
    pre_delete.connect(story_deleted)
