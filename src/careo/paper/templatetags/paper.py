"""What the paper's templates ask for. Nothing here looks at who is reading, but for the variant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.core.paginator import Page as ListPage
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, to_locale

from careo.paper import naming
from careo.paper.addresses import address_of, full
from careo.paper.composed import Composed, composed
from careo.paper.editions import Edition, editions
from careo.paper.front import Front, FrontPage, front, front_page
from careo.paper.listing import Teaser, page_of_teasers, stories_in, teasers
from careo.paper.models import Home
from careo.paper.nobody import NobodysRequest
from careo.paper.outlets import outlet_path, outlets_linked_in
from careo.paper.people import path_of, people_in
from careo.paper.related import related
from careo.paper.structured import breadcrumbs, cited_in_public, data_block, news_article
from careo.stories.models import PictureRendition, Section, Story
from careo.stories.templatetags import days
from careo.stories.zones import name_at

register = template.Library()
LOCALES = {"en": "en_US", "es": "es_ES"}


register.filter(days.day, expects_localtime=True)
register.filter(days.moment, expects_localtime=True)


@register.filter(expects_localtime=True)
def weekday(when: Any) -> str:
    """A day with its name."""
    # Translators: how a day is written with its name, by Django's letters for dates.
    return date_format(when, gettext("l, j F Y")) if when else ""


@register.simple_tag(name="front", takes_context=True)
def front_(context: dict[str, Any]) -> Front:
    """The frame of the page, drawn up once a page."""
    kept: Front | None = context.get("front")
    return kept or front()


@register.simple_tag(takes_context=True)
def laid_out(context: dict[str, Any], home: Home) -> FrontPage:
    laid = front_page(home)
    _note(context, laid.composed)
    return laid


@register.simple_tag(takes_context=True)
def composed_of(context: dict[str, Any], section: Section) -> Composed:
    laid = composed(section)
    _note(context, laid)
    return laid


def _note(context: dict[str, Any], laid: Composed) -> None:
    """Tell whoever keeps the page what it was made of; an editor's preview is kept by nobody."""
    if isinstance(context["request"], NobodysRequest):
        context["request"].made_of |= laid.tags


@register.simple_tag(takes_context=True)
def stories_of(context: dict[str, Any], section: Section, above: Composed) -> ListPage[Teaser]:
    """The page that the query string asks for of a section's stories, those that an editor placed above left out."""
    stories = stories_in(section).exclude(pk__in=above.stories)
    listed = page_of_teasers(stories, context["request"].GET.get("page", "1"))
    listed.object_list = [
        Teaser(teaser.story, None) for teaser in listed.object_list
    ]  # the page is named for it
    return listed


@register.simple_tag(takes_context=True)
def structured(context: dict[str, Any], story: Story, *pictures: PictureRendition) -> SafeString:
    """The story's NewsArticle and the way to it, as blocks of data for machines. A picture that is none is passed over."""
    frame = front_(context)
    shown = [picture for picture in pictures if picture]
    article = news_article(story, frame, pictures=shown, cited=cited_in_public(story))
    blocks = (data_block(article), data_block(breadcrumbs(story, frame)))
    return format_html_join("\n", "{}", ((block,) for block in blocks))


@register.simple_tag(takes_context=True)
def editions_of(context: dict[str, Any], story: Story) -> tuple[Edition, ...]:
    """The story in each of its languages; nothing where there is but one."""
    return editions(story, front_(context).language)


@register.filter
def locale(language: str) -> str:
    """A language as Open Graph names it: with a country, for which the most spoken one stands."""
    return LOCALES.get(language) or to_locale(language)


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
