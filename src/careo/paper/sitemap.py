"""The sitemap: every page that all may find, newest stories first, under the full address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from wagtail.models import Page

from careo.paper.addresses import address_of
from careo.paper.front import front, home
from careo.paper.keeping import made_once
from careo.paper.listing import visible_stories
from careo.paper.tags import LATEST, SITE

# The protocol's limit for one file. A paper with more stories than that shows search engines the newest.
MOST = 50_000


@require_safe
def whole(request: HttpRequest) -> HttpResponseBase:
    def make(_: HttpRequest) -> HttpResponse:
        text = render_to_string("paper/sitemap.xml", {"places": list(_places())[:MOST]})
        return HttpResponse(text, content_type="application/xml; charset=utf-8")

    return made_once(request, make, tags={LATEST, SITE})


def _places() -> Iterator[tuple[str, datetime | None]]:
    frame = front()
    pages: list[Page] = [page for page in (home(),) if page]
    for page in (*pages, *frame.sections, *frame.standing_pages, *visible_stories()[:MOST]):
        yield address_of(page), page.last_published_at
