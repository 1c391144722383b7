"""What the paper's templates ask for. Nothing here looks at who is reading, but for the variant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.core.paginator import Page as ListPage
from django.utils.safestring import SafeString

from careo.paper.addresses import address_of, full
from careo.paper.front import Front, FrontPage, front, front_page
from careo.paper.listing import Teaser, page_of_teasers, stories_in, teasers
from careo.paper.models import Home
from careo.paper.people import path_of, people_in
from careo.paper.related import related
from careo.paper.structured import cited_in_public, data_block, news_article
from careo.stories.models import Section, Story
from careo.stories.zones import name_at

register = template.Library()


@register.simple_tag(name="front", takes_context=True)
def front_(context: dict[str, Any]) -> Front:
    """The frame of the page, drawn up once a page."""
    kept: Front | None = context.get("front")
    return kept or front()


@register.simple_tag
def laid_out(home: Home) -> FrontPage:
    return front_page(home)


@register.simple_tag(takes_context=True)
def stories_of(context: dict[str, Any], section: Section) -> ListPage[Teaser]:
    """The page of a section's stories that the query string asks for."""
    listed = page_of_teasers(stories_in(section), context["request"].GET.get("page", "1"))
    listed.object_list = [
        Teaser(teaser.story, None) for teaser in listed.object_list
    ]  # the page is named for it
    return listed


@register.simple_tag(takes_context=True)
def structured(context: dict[str, Any], story: Story, *pictures: str) -> SafeString:
    """The story's NewsArticle, as a block of data for machines."""
    return data_block(
        news_article(
            story, front_(context), pictures=[p for p in pictures if p], reports=cited_in_public(story)
        )
    )


@register.simple_tag
def people_of(story: Story) -> list[tuple[str, str]]:
    """Whoever the open part of the story cites: name, and the path of the person's page."""
    return [(person.name, path_of(person)) for person in people_in(story)]


@register.filter
def address(page: Any) -> str:
    """The page's full address."""
    return address_of(page)


@register.filter
def mail_about(page: Any) -> str:
    """A mailto: address that opens a letter, to nobody yet, with the page's title and full address."""
    return f"mailto:?{urlencode({'subject': page.title, 'body': address_of(page)}, quote_via=quote)}"


@register.simple_tag
def related_to(story: Story) -> list[Teaser]:
    return teasers(related(story))


@register.filter
def full_address(path: str) -> str:
    return full(path)


@register.inclusion_tag("paper/_hour.html")
def hour(when: datetime, story: Story, day: str = "") -> dict[str, Any]:
    """An instant in the time of the place that the story is written from, with the zone's name.

    `day` leads to what appeared on that day. `times.js` puts the reader's own hour beside it, where that is another.
    """
    there = when.astimezone(story.zone)
    return {"when": there, "zone": name_at(there), "place": story.zone.key, "day": day}


@register.filter
def was_updated(story: Story) -> bool:
    """Was it published again, a minute or more after it first appeared?"""
    first, last = story.first_published_at, story.last_published_at
    return bool(first and last and last - first >= timedelta(minutes=1))
