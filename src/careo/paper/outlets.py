"""What our stories rest on from an outlet: those whose open part cites it, and whom it quoted in them.

Like a person's page it tells nothing that only reports hold, nor anything of a closed part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from careo.paper.catalogue import Resting, Told
from careo.paper.listing import visible_stories
from careo.paper.people import MOST_STORIES, by_name
from careo.press.models import Outlet
from careo.reading.folding import fold
from careo.record.models import Person, Statement
from careo.stories.models import Story
from careo.stories.rights import of_statements
from careo.stories.style import Style


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet that has a page. `marks` are those it has in sources lines, one for each language it was cited in;
    `people` are whom it quoted in such stories, by name."""

    outlet: Outlet
    marks: tuple[str, ...]
    people: tuple[Person, ...]

    @property
    def home_page(self) -> str:
        """Empty for anything but a web address."""
        url = self.outlet.home_page
        return url if url.startswith(("https://", "http://")) else ""


def stories_resting_on(outlet: Outlet) -> QuerySet[Any]:
    """Those whose open part cites the outlet or sets it face to face, newest first."""
    return visible_stories().filter(pk__in=Resting.objects.filter(report__outlet=outlet).values("story"))


def _heard_through(outlet: Outlet, style: Style) -> Iterator[Person]:
    """Whom the outlet quoted, as far as the newest such stories tell it: with words that may not be shown goes who said
    them, so that each report is read."""
    if not outlet.has_basis:
        return
    newest = list(stories_resting_on(outlet).values_list("pk", flat=True)[:MOST_STORIES])
    told = Told.objects.of_people().filter(story__in=newest)
    said = list(
        Statement.objects.filter(pk__in=told.values("statement"), report__outlet=outlet).with_reports()
    )
    for one, public in zip(said, of_statements(said, style), strict=True):
        if one.person and public.is_told:
            yield one.person


def source_of(outlet: Outlet, story: Story) -> Source:
    """The outlet with the marks that the house gives its languages and whom it quoted; `story` is any that rests on it."""
    style = story.house_style().as_style()
    cited = Resting.objects.filter(report__outlet=outlet, story__in=visible_stories().values("pk"))
    languages = cited.values_list("report__language", flat=True).order_by().distinct()
    marks = sorted({style.language_mark(language) for language in languages})
    return Source(outlet, tuple(marks), tuple(by_name(set(_heard_through(outlet, style)))))


def outlets_cited() -> list[Outlet]:
    """All that have a page, by name."""
    cited = Resting.objects.filter(story__in=visible_stories().values("pk"))
    found = Outlet.objects.filter(pk__in=cited.values("report__outlet"))
    return sorted(found, key=lambda outlet: (fold(outlet.name), outlet.pk))


def outlets_linked_in(story: Story) -> set[int]:
    """The outlets on which the open part of a live story rests: those to which all its readers can be led."""
    return set(Resting.objects.filter(story=story).values_list("report__outlet", flat=True))


def outlet_path(number: int, name: str) -> str:
    """Where an outlet's page is; the name in it is for people, the number for us."""
    return reverse("paper:outlet", args=[number, slugify(name) or "outlet"])
