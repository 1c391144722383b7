"""What every page of the paper has around it: its name, its sections, its standing pages, the day of its newest story.

Nothing here depends on who is reading, so that a page may be kept and given to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from wagtail.models import Site

from careo.paper.listing import visible_stories
from careo.paper.models import Home, StandingPage
from careo.stories.models import Section


@dataclass(frozen=True)
class Front:
    """The frame of a page. `edition` is when the newest story appeared; None for a paper without stories."""

    name: str
    tagline: str
    language: str
    sections: tuple[Section, ...]
    standing_pages: tuple[StandingPage, ...]
    edition: datetime | None


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
        sections=tuple(Section.objects.child_of(page).live().public()),
        standing_pages=tuple(StandingPage.objects.child_of(page).live().public()),
        edition=newest.first_published_at if newest else None,
    )
