"""The sitemap: every page that all may find, in parts of the size that the protocol allows (sitemaps.org/protocol.html).

`/sitemap.xml` is the one part there is, or the index of all: `/sitemap-1.xml`, `/sitemap-2.xml` … Stories stand in the
order in which they were begun, so that a full part stays as it is but for what changes in it. Rows are read from the
database as they are written; no page is made of them, let alone laid out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from careo.paper.addresses import address_under, full
from careo.paper.catalogue import Resting, Told
from careo.paper.corrections import corrections
from careo.paper.front import front, home
from careo.paper.keeping import made_once
from careo.paper.listing import stories_in, visible_stories
from careo.paper.models import Home, MailEdition
from careo.paper.outlets import outlet_path
from careo.paper.people import path_of
from careo.paper.sitemap_xml import CONTENT_TYPE, SITEMAP, Written
from careo.paper.tags import CORRECTIONS, LATEST, MAIL_EDITIONS, SITE, TOLD
from careo.press.models import Outlet
from careo.record.models import Person
from careo.stories.models import Section

# The protocol's limits for one file. The elements around an address and its date take 90 bytes.
MOST = 50_000
MOST_BYTES = 50 * 1024 * 1024
AROUND = 100
TAGS = frozenset({LATEST, SITE, TOLD, CORRECTIONS, MAIL_EDITIONS})


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and when what stands there last changed; None where that is not known."""

    address: str
    changed: datetime | None


@require_safe
def whole(request: HttpRequest) -> HttpResponseBase:
    """The only part, or the index of all parts."""

    def make(_: HttpRequest) -> HttpResponse:
        parts = in_parts(places())
        begun = [found for found in (next(parts, None), next(parts, None)) if found]
        several = len(begun) > 1
        text = (
            _index(chain(begun, parts)) if several else _listed("urlset", "url", chain.from_iterable(begun))
        )
        return HttpResponse(text, content_type=CONTENT_TYPE)

    return made_once(request, make, tags=TAGS)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One part, numbered from 1."""

    def make(_: HttpRequest) -> HttpResponse:
        for count, found in enumerate(in_parts(places()), start=1):
            if count == number:
                return HttpResponse(_listed("urlset", "url", found), content_type=CONTENT_TYPE)
        raise Http404("The sitemap has no such part.")

    return made_once(request, make, tags=TAGS)


def places() -> Iterator[Place]:
    """Front page, sections, standing pages, then every story, and what is drawn from them: lists, people and outlets."""
    root = home()
    if root is None:
        return
    frame = front()
    yield _list_page(root, root, visible_stories())
    for section in frame.sections:
        yield _list_page(root, section, stories_in(section))
    for standing in frame.standing_pages:
        yield Place(address_under(root.url_path, standing.url_path), standing.last_published_at)
    rows = visible_stories().select_related(None).order_by("pk").values_list("url_path", "last_published_at")
    for url_path, changed in rows.iterator():
        yield Place(address_under(root.url_path, url_path), changed)
    for path in (*_lists(), *_names()):
        yield Place(full(path), None)


def _lists() -> Iterator[str]:
    """The lists that have something in them."""
    if visible_stories().exists():
        yield reverse("paper:archive")
    if corrections().exists():
        yield reverse("paper:corrections")
    if MailEdition.objects.composed().exists():
        yield reverse("paper:mail_editions")


def _names() -> Iterator[str]:
    """Everybody's pages and every outlet's, in the order in which they became known, each kind with its list before."""
    shown = visible_stories().order_by().values("pk")
    told = Told.objects.of_people().filter(story__in=shown)
    people = Person.objects.filter(pk__in=told.values("statement__person")).order_by("pk")
    yield from _with_list("paper:people", (path_of(one) for one in people.iterator()))
    cited = Resting.objects.filter(story__in=shown)
    outlets = Outlet.objects.filter(pk__in=cited.values("report__outlet")).order_by("pk")
    yield from _with_list("paper:outlets", (outlet_path(one.pk, one.name) for one in outlets.iterator()))


def _with_list(name: str, paths: Iterator[str]) -> Iterator[str]:
    if first := next(paths, None):
        yield from (reverse(name), first, *paths)


def in_parts(found: Iterable[Place]) -> Iterator[list[Place]]:
    """As many together as the protocol allows; one part is in memory at a time."""
    held: list[Place] = []
    size = 0
    for place in found:
        more = len(place.address) + AROUND
        if held and (len(held) >= MOST or size + more > MOST_BYTES - AROUND):
            yield held
            held, size = [], 0
        held.append(place)
        size += more
    if held:
        yield held


def _list_page(root: Home, page: Home | Section, stories: QuerySet[Any]) -> Place:
    """A list has changed when a story in it has."""
    newest = stories.aggregate(newest=Max("last_published_at"))["newest"]
    return Place(address_under(root.url_path, page.url_path), _latest(page.last_published_at, newest))


def _index(parts: Iterable[list[Place]]) -> str:
    told = (
        Place(full(f"/sitemap-{number}.xml"), _latest(*(place.changed for place in found)))
        for number, found in enumerate(parts, start=1)
    )
    return _listed("sitemapindex", "sitemap", told)


def _latest(*times: datetime | None) -> datetime | None:
    return max((when for when in times if when), default=None)


def _listed(around: str, each: str, found: Iterable[Place]) -> str:
    written = Written()
    with written.within(around, xmlns=SITEMAP):
        for place in found:
            with written.within(each):
                written.element("loc", place.address)
                if place.changed:
                    written.element("lastmod", place.changed.isoformat(timespec="seconds"))
    return written.text
