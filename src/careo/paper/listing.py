"""Which stories all may be told of, newest first.

`live` alone would do were the scheduler never late: a story whose hour of expiry has passed, or whose hour of
appearing is yet to come, is left out whether the scheduler has been by or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from wagtail.models import Page

from careo.stories.models import Section, Story

A_PAGE = 20


@dataclass(frozen=True)
class Teaser:
    """A story as a list shows it, with the section it stands in."""

    story: Story
    section: Section | None


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
    return stories.select_related("lead_picture").order_by(
        F("first_published_at").desc(nulls_last=True), "-pk"
    )


def a_story_will_end() -> bool:
    """Is there one whose hour will pass by itself? A list with it in must not be kept beyond that hour."""
    return bool(visible_stories().exclude(expire_at=None).exists())


def stories_between(begin: date, end: date) -> QuerySet[Any]:
    """What first appeared from one day on and before another, by the paper's own time zone."""
    return visible_stories().filter(
        first_published_at__gte=beginning_of(begin), first_published_at__lt=beginning_of(end)
    )


def stories_of_day(day: date) -> QuerySet[Any]:
    """What first appeared on one day of the paper's own time zone."""
    return stories_between(day, day + timedelta(days=1))


def story_beside(begin: date, end: date, *, later: bool) -> Story | None:
    """The story that appeared nearest to the days from `begin` on and before `end`, after or before them."""
    found: Story | None
    if later:
        found = visible_stories().filter(first_published_at__gte=beginning_of(end)).last()
    else:
        found = visible_stories().filter(first_published_at__lt=beginning_of(begin)).first()
    return found


def day_beside(day: date, *, later: bool) -> date | None:
    """The nearest day before, or after, on which a story appeared."""
    found = story_beside(day, day + timedelta(days=1), later=later)
    return timezone.localdate(found.first_published_at) if found else None


def beginning_of(day: date) -> datetime:
    """Its first instant in the paper's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def stories_in(section: Section) -> QuerySet[Any]:
    return visible_stories().child_of(section)  # type: ignore[attr-defined]  # Wagtail's, untyped


def with_pictures(stories: Iterable[Story]) -> list[Story]:
    """The stories, with what was drawn of their pictures in one query: a page asks for every picture in several widths."""
    listed = list(stories)
    prefetch_related_objects(listed, "lead_picture__renditions")
    return listed


def teasers(stories: Iterable[Story]) -> list[Teaser]:
    """The stories with their sections and pictures, in as many queries for many as for one."""
    listed = with_pictures(stories)
    parents = {story.path[: -Page.steplen] for story in listed}
    sections = {section.path: section for section in Section.objects.filter(path__in=parents)}
    return [Teaser(story, sections.get(story.path[: -Page.steplen])) for story in listed]


def page_of_teasers(stories: QuerySet[Any], number: str) -> ListPage[Teaser]:
    """One page of a long list. A number that is none, or too great, is answered with the nearest page there is."""
    page = Paginator(stories, A_PAGE).get_page(number)
    page.object_list = teasers(page.object_list)
    return page
