"""Which stories all may be told of, newest first.

`live` alone would do were the scheduler never late: a story whose hour of expiry has passed, or whose hour of
appearing is yet to come, is left out whether the scheduler has been by or not.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from careo.stories.models import Story


def in_its_time(page: Page) -> bool:
    """Has a page's hour come, and not yet passed?"""
    now = timezone.now()
    begun = page.go_live_at is None or page.go_live_at <= now
    return begun and (page.expire_at is None or page.expire_at > now)


def within_its_time() -> Q:
    """The same, for a query."""
    now = timezone.now()
    return (Q(go_live_at=None) | Q(go_live_at__lte=now)) & (Q(expire_at=None) | Q(expire_at__gt=now))


def visible_stories() -> QuerySet[Any]:
    """Published, unrestricted, in their time; newest first. Page managers come untyped from Wagtail."""
    stories: QuerySet[Any] = Story.objects.live().public().filter(within_its_time())
    return stories.order_by(F("first_published_at").desc(nulls_last=True), "-pk")
