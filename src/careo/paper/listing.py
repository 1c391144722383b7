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
from django.db.models import F, Q, QuerySet
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


def stories_of_day(day: date) -> QuerySet[Any]:
    """What first appeared on one day of the paper's own time zone."""
    return visible_stories().filter(
        first_published_at__gte=beginning_of(day),
        first_published_at__lt=beginning_of(day + timedelta(days=1)),
    )


def day_beside(day: date, *, later: bool) -> date | None:
    """The nearest day before, or after, on which a story appeared."""
    if later:
        end = beginning_of(day + timedelta(days=1))
        found = visible_stories().filter(first_published_at__gte=end).last()
    else:
        found = visible_stories().filter(first_published_at__lt=beginning_of(day)).first()
    return timezone.localdate(found.first_published_at) if found else None


def beginning_of(day: date) -> datetime:
    """Its first instant in the paper's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def stories_in(section: Section) -> QuerySet[Any]:
    return visible_stories().child_of(section)  # type: ignore[attr-defined]  # Wagtail's, untyped


def teasers(stories: Iterable[Story]) -> list[Teaser]:
    """The stories with their sections, in two queries however many there are."""
    listed = list(stories)
    parents = {story.path[: -Page.steplen] for story in listed}
    sections = {section.path: section for section in Section.objects.filter(path__in=parents)}
    return [Teaser(story, sections.get(story.path[: -Page.steplen])) for story in listed]


def page_of_teasers(stories: QuerySet[Any], number: str) -> ListPage[Teaser]:
    """One page of a long list. A number that is none, or too great, is answered with the nearest page there is."""
    page = Paginator(stories, A_PAGE).get_page(number)
    page.object_list = teasers(page.object_list)
    return page
