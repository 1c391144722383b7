"""What stands around every page of the paper: its name, sections, standing pages and the day of its newest story.

Nothing here depends on who is reading, so that a page may be kept and given to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from wagtail.models import Site

from careo.paper.listing import Teaser, stories_in, teasers, visible_stories
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
    """What the front page shows: the story that leads, those beside it, a row for each section. Empty at first."""

    lead: Teaser | None
    second: tuple[Teaser, ...]
    rows: tuple[Row, ...]


SECOND = 4  # as many as stand beside the lead's picture without ending below it
IN_A_ROW = 3


def front_page(page: Home) -> FrontPage:
    """Composed from the newest stories; an editor may choose which of them leads."""
    newest = list(visible_stories()[: SECOND + 1])
    lead = visible_stories().filter(pk=page.lead_id).first() or (newest[0] if newest else None)
    second = [story for story in newest if story != lead][:SECOND]
    above = [lead, *second] if lead else []
    rows = (Row(section, _row(section, above)) for section in sections_of(page))
    drawn = teasers(above)
    return FrontPage(drawn[0] if drawn else None, tuple(drawn[1:]), tuple(row for row in rows if row.teasers))


def _row(section: Section, above: list[Story]) -> tuple[Teaser, ...]:
    stories = stories_in(section).exclude(pk__in=[story.pk for story in above])
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
