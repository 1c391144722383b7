"""RSS, Atom and JSON Feed of all stories, of each section and of each person: whole where they are open, else the open part.

A story is known to feed readers by an identifier that outlives its address, so that moving it tells nobody of it twice.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import require_safe
from lxml import html

from careo.edge.variants import PUBLIC
from careo.paper.addresses import address_of, full
from careo.paper.front import Front, front
from careo.paper.keeping import made_once
from careo.paper.listing import stories_in, teasers, visible_stories
from careo.paper.people import path_of, telling
from careo.paper.tags import LATEST, SITE, rested_on, section_tag, tags_of_person
from careo.record.models import Person, Statement
from careo.stories.models import Picture, Section, Story

NEWEST = 30  # more than a day of a small newsroom; a reader that looks in once a day misses nothing
PICTURE = "width-1200|format-jpeg"  # as an enclosure: no reader of feeds is without JPEG

# What no XML may hold, escaped or not; a pasted headline may.
_CONTROLS = {code: None for code in range(0x20) if code not in (0x9, 0xA, 0xD)} | {0xFFFE: None, 0xFFFF: None}


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the whole text beside the description."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["text"])


class Atom(Atom1Feed):
    """Atom with the whole text beside the summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["text"], {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1) with the whole text of each item."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        told = self.feed
        whole = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": told["title"],
            "description": told["description"],
            "home_page_url": told["link"],
            "feed_url": told["feed_url"],
            "language": told["language"],
            "authors": [{"name": told["author_name"]}],
            "items": [_item(item) for item in self.items],
        }
        json.dump(whole, outfile, ensure_ascii=False)


def _item(item: dict[str, Any]) -> dict[str, Any]:
    pictures = [
        {"url": one.url, "mime_type": one.mime_type, "size_in_bytes": int(one.length)}
        for one in item["enclosures"]
    ]
    told = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["description"],
        "content_html": item["text"],
        "image": pictures[0]["url"] if pictures else None,
        "date_published": item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat() if item["updateddate"] else None,
        "authors": [{"name": item["author_name"]}] if item["author_name"] else None,
        "tags": list(item["categories"]) or None,
        "attachments": pictures or None,
    }
    return {name: value for name, value in told.items() if value is not None}


Kind = type[Rss] | type[Atom] | type[JsonFeed]


@require_safe
def latest(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    """The newest stories of the paper."""
    stories: list[Story] = []

    def make(nobodys: HttpRequest) -> HttpResponse:
        frame = front()
        stories.extend(visible_stories()[:NEWEST])
        return _written(
            kind, stories, frame, title=frame.name, about=frame.tagline, path="/", at=nobodys.path
        )

    return made_once(request, make, tags=lambda: rested_on(stories) | {LATEST, SITE})


@require_safe
def of_section(request: HttpRequest, slug: str, kind: Kind) -> HttpResponseBase:
    """The newest stories of one section."""
    stories: list[Story] = []
    of: set[str] = set()

    def make(nobodys: HttpRequest) -> HttpResponse:
        section = get_object_or_404(Section.objects.live().public(), slug=slug)
        of.add(section_tag(section.pk))
        frame = front()
        stories.extend(stories_in(section)[:NEWEST])
        title = f"{frame.name}: {section.title}"
        return _written(
            kind, stories, frame, title=title, about=section.intro, path=section.url, at=nobodys.path
        )

    return made_once(request, make, tags=lambda: rested_on(stories) | of | {SITE})


@require_safe
def of_person(request: HttpRequest, pk: int, kind: Kind) -> HttpResponseBase:
    """The newest stories whose open part tells what somebody said; there is none of whom no story tells anything."""
    told: list[Statement] = []

    def make(nobodys: HttpRequest) -> HttpResponse:
        person = get_object_or_404(Person, pk=pk)
        found = telling(person, NEWEST)
        if not found:
            raise Http404("No story has told anything that this person said.")
        told.extend(said for _, there in found for said in there)
        frame, stories = front(), [story for story, _ in found]
        title = f"{frame.name}: {person.name}"
        return _written(kind, stories, frame, title=title, about="", path=path_of(person), at=nobodys.path)

    return made_once(request, make, tags=lambda: tags_of_person(pk, told))


def _written(
    kind: Kind,
    stories: list[Story],
    frame: Front,
    *,
    title: str,
    about: str,
    path: str,
    at: str,
) -> HttpResponse:
    feed = kind(
        title=clean(title),
        link=full(path),
        description=clean(about or title),
        language=frame.language,
        feed_url=full(at),
        author_name=clean(frame.name),
    )
    for teaser in teasers(stories):
        _add(feed, teaser.story, teaser.section)
    return HttpResponse(feed.writeString("utf-8"), content_type=kind.content_type)


def _add(feed: SyndicationFeed, story: Story, section: Section | None) -> None:
    address = address_of(story)
    feed.add_item(
        title=clean(story.title),
        link=address,
        description=clean(story.standfirst),
        author_name=clean(story.byline) or None,
        categories=[clean(section.title)] if section else [],
        pubdate=story.first_published_at or timezone.now(),
        updateddate=story.last_published_at,
        unique_id=f"urn:uuid:{story.translation_key}",
        unique_id_is_permalink=False,
        enclosures=_enclosures(story.lead_picture),
        text=clean(open_text(story, address)),
    )


def open_text(story: Story, address: str) -> str:
    """What all may read of the story, as HTML whose links lead to the paper from wherever it is read."""
    drawn = render_to_string("stories/_body.html", {"story": story, "page": story, "variant": PUBLIC})
    if not drawn.strip():
        return ""
    body = html.fragment_fromstring(drawn, create_parent="div")
    body.make_links_absolute(address)
    for one in body.iterfind(".//*[@srcset]"):  # lxml leaves these as they are
        candidates = one.get("srcset").split(", ")
        one.set("srcset", ", ".join(urljoin(address, candidate) for candidate in candidates))
    return str(html.tostring(body, encoding="unicode"))


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return text.translate(_CONTROLS)


def _enclosures(picture: Picture | None) -> list[Enclosure]:
    if picture is None:
        return []
    drawn = picture.get_rendition(PICTURE)
    return [Enclosure(full(drawn.url), str(drawn.file.size), "image/jpeg")]
