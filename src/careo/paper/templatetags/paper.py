"""What the paper's templates ask for. Nothing here looks at who is reading, but for the variant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.core.paginator import Page as ListPage
from django.utils.safestring import SafeString

from careo.paper import naming
from careo.paper.addresses import address_of, full
from careo.paper.front import Front, FrontPage, front, front_page
from careo.paper.listing import Teaser, page_of_teasers, stories_in
from careo.paper.models import Home
from careo.paper.outlets import outlet_path, outlets_linked_in
from careo.paper.people import path_of, people_in
from careo.paper.structured import cited_in_public, data_block, news_article
from careo.stories.models import Section, Story

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
    """Whoever the open part of the story cites: name, and the path of the person's page. A draft has nobody yet."""
    return [(person.name, path_of(person)) for person in people_in(story)] if story.live else []


@register.simple_tag
def outlets_of(story: Story) -> set[int]:
    """The outlets of a story to whose pages its sources line may lead, by number."""
    return outlets_linked_in(story)


@register.simple_tag
def path_of_outlet(number: int, name: str) -> str:
    return outlet_path(number, name)


@register.filter
def is_web_address(url: str) -> bool:
    """Whether a report's address may be linked to."""
    return url.startswith(("https://", "http://"))


@register.filter
def language_name(code: str) -> str:
    return naming.language_name(code)


@register.filter
def country_name(code: str) -> str:
    return naming.country_name(code)


@register.filter
def address(page: Any) -> str:
    """The page's full address."""
    return address_of(page)


@register.filter
def full_address(path: str) -> str:
    return full(path)


@register.filter
def was_updated(story: Story) -> bool:
    """Was it published again, a minute or more after it first appeared?"""
    first, last = story.first_published_at, story.last_published_at
    return bool(first and last and last - first >= timedelta(minutes=1))
