"""The news sitemap: what appeared in the last two days, closed stories too, since their address and headline are public.

The form is Google's (developers.google.com, "Create a news sitemap"); it is never kept, since a story leaves it by the clock.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careo.paper.addresses import address_under
from careo.paper.front import Front, front, home
from careo.paper.keeping import FOR_ALL
from careo.paper.listing import visible_stories
from careo.paper.models import Home
from careo.paper.sitemap_xml import CONTENT_TYPE, NEWS, SITEMAP, Written

# What is older is no news to it, and what is more it does not read.
AGE = timedelta(days=2)
MOST = 1_000


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_told(), content_type=CONTENT_TYPE, headers={"Cache-Control": FOR_ALL})


def _told() -> str:
    written = Written()
    with written.within("urlset", **{"xmlns": SITEMAP, "xmlns:news": NEWS}):
        if root := home():
            _tell_all(written, front(), root)
    return written.text


def _tell_all(written: Written, frame: Front, root: Home) -> None:
    fresh = visible_stories().filter(first_published_at__gte=timezone.now() - AGE).select_related(None)
    rows = fresh.values_list("url_path", "language", "first_published_at", "title")
    for url_path, language, appeared, title in rows[:MOST]:
        with written.within("url"):
            written.element("loc", address_under(root.url_path, url_path))
            _tell(written, frame.name, language or frame.language, appeared.isoformat(), title)


def _tell(written: Written, name: str, language: str, appeared: str, title: str) -> None:
    with written.within("news:news"):
        with written.within("news:publication"):
            written.element("news:name", name)
            written.element("news:language", language)
        written.element("news:publication_date", appeared)
        written.element("news:title", title)
