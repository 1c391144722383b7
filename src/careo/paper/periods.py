"""The archive's years, months and days: how many stories first appeared in each, by the paper's own clock.

A story that was given no such hour is in none of them. What may not be seen is not counted either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Count, QuerySet
from django.db.models.functions import Trunc
from django.urls import reverse
from django.utils import timezone

from careo.paper.listing import stories_between, story_beside, visible_stories

Kind = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day by its first day; `count` is None where nobody counted."""

    kind: Kind
    begin: date
    count: int | None = None

    @property
    def end(self) -> date:
        """The first day after it."""
        if self.kind == "year":
            return date(self.begin.year + 1, 1, 1)
        if self.kind == "month":
            return (self.begin + timedelta(days=31)).replace(day=1)
        return self.begin + timedelta(days=1)

    @property
    def path(self) -> str:
        numbers = (self.begin.year, self.begin.month, self.begin.day)
        return reverse(f"paper:{self.kind}", args=numbers[: ("year", "month", "day").index(self.kind) + 1])

    def parts(self) -> list[Period]:
        """Its months, or a month's days, in which something appeared, in their order."""
        inside = stories_between(self.begin, self.end)
        return _counted(inside, "month" if self.kind == "year" else "day")

    def beside(self, *, later: bool) -> Period | None:
        """The nearest of its kind, before or after, in which something appeared."""
        found = story_beside(self.begin, self.end, later=later)
        return _period(self.kind, timezone.localdate(found.first_published_at)) if found else None


def years() -> list[Period]:
    """Those in which something appeared, the latest first."""
    return _counted(visible_stories().exclude(first_published_at=None), "year")[::-1]


def _counted(stories: QuerySet[Any], kind: Kind) -> list[Period]:
    begun = stories.order_by().annotate(begun=Trunc("first_published_at", kind)).values_list("begun")
    counted = begun.annotate(count=Count("pk")).order_by("begun")
    return [Period(kind, timezone.localdate(begin), count) for begin, count in counted]


def _period(kind: Kind, day: date) -> Period:
    if kind == "year":
        return Period(kind, day.replace(month=1, day=1))
    return Period(kind, day.replace(day=1) if kind == "month" else day)
