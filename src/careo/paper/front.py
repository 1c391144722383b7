"""What stands around every page of the paper: its name, sections, standing pages and the day of its newest story.

Nothing here depends on who is reading, so that a page may be kept and given to everybody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from wagtail.models import Site

from careo.paper.composed import Composed, composed
from careo.paper.listing import Teaser, stories_in, teasers, visible_stories, with_pictures
from careo.paper.models import Home, StandingPage
from careo.stories.models import Section, Story


@dataclass(frozen=True)
class Front:
    """The frame of a page. `edition` is when the newest story appeared; None for a paper without stories."""

    name: str
    tagline: str
    language: str
    sections: tuple[Section, ...]
    standing_pages: tuple[StandingPage, ...]
    edition: datetime | None


@dataclass(frozen=True)
class Row:
    """A section on the front page, with its newest stories that do not stand above; they need not name it again."""

    section: Section
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True)
class FrontPage:
    """What the front page shows: what an editor composed, or else the story that leads and those beside it; then a row
    for each section. Empty at first."""

    lead: Teaser | None
    second: tuple[Teaser, ...]
    rows: tuple[Row, ...]
    composed: Composed


SECOND = 4  # as many as stand beside the lead's picture without ending below it
IN_A_ROW = 3


def front_page(page: Home) -> FrontPage:
    """As an editor composed it; where nothing is composed, or nothing of it may be seen, from the newest stories."""
    laid = composed(page)
    above = [] if laid.blocks else _above(page)
    shown = laid.stories | {story.pk for story in above}
    rows = [Row(section, _row(section, shown)) for section in sections_of(page)]
    with_pictures(teaser.story for row in rows for teaser in row.teasers)
    drawn = teasers(above)
    return FrontPage(
        lead=drawn[0] if drawn else None,
        second=tuple(drawn[1:]),
        rows=tuple(row for row in rows if row.teasers),
        composed=laid,
    )


def _above(page: Home) -> list[Story]:
    """The story that leads, the newest unless an editor chose another, and those beside it."""
    newest = list(visible_stories()[: SECOND + 1])
    lead = visible_stories().filter(pk=page.lead_id).first() or (newest[0] if newest else None)
    second = [story for story in newest if story != lead][:SECOND]
    return [lead, *second] if lead else []


def _row(section: Section, shown: Collection[int]) -> tuple[Teaser, ...]:
    stories = stories_in(section).exclude(pk__in=shown)
    return tuple(Teaser(story, None) for story in stories[:IN_A_ROW])


def sections_of(page: Home) -> tuple[Section, ...]:
    return tuple(Section.objects.child_of(page).live().public())


def home() -> Home | None:
    """The front page of the one site there is; None before the paper was founded."""
    site = Site.objects.filter(is_default_site=True).first()
    return Home.objects.filter(pk=site.root_page_id).first() if site else None


def front() -> Front:
    page = home()
    if page is None:
        return Front(settings.WAGTAIL_SITE_NAME, "", settings.LANGUAGE_CODE, (), (), None)
    newest = visible_stories().first()
    return Front(
        name=page.title,
        tagline=page.tagline,
        language=page.locale.language_code,
        sections=sections_of(page),
        standing_pages=tuple(StandingPage.objects.child_of(page).live().public()),
        edition=newest.first_published_at if newest else None,
    )
