"""How a closed story tells search engines what of it is for subscribers, as these document it (Google's "Structured data for
subscription and paywalled content"): `isAccessibleForFree`, and a class on the part that is not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from lxml import html
from wagtail.rich_text import RichText

from careo.paper.gifts import address_of_gift, give
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.models import Story
from tests.paper.edition import MARKER, Edition

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def bruno(db: None) -> Reader:
    bruno = open_account("bruno@example.org")
    grant(bruno, Plan.objects.create(name="A year", slug="a-year"), by=None)
    return bruno


def article_in(page: str) -> dict[str, Any]:
    found = [json.loads(block) for block in BLOCK.findall(page)]
    return next(one for one in found if one["@type"] == "NewsArticle")


def selected(page: str, selector: str) -> str:
    """The words under what the selector, a class, names; it must name something, once."""
    assert re.fullmatch(r"\.[a-z-]+", selector)
    [element] = html.fromstring(page).find_class(selector[1:])
    return str(element.text_content())


def test_the_preview_says_what_is_not_free_and_does_not_hold_it(edition: Edition, client: Client) -> None:
    page = client.get(edition.closed_story().url).text
    article = article_in(page)
    assert article["isAccessibleForFree"] is False
    part = article["hasPart"]
    assert (part["@type"], part["isAccessibleForFree"]) == ("WebPageElement", False)
    assert "The rest of this story is for subscribers" in selected(page, part["cssSelector"])
    assert MARKER not in page


@pytest.mark.parametrize("by", ["subscription", "gift link"])
def test_where_the_whole_is_shown_the_selector_names_the_closed_blocks_alone(
    edition: Edition, client: Client, bruno: Reader, by: str
) -> None:
    story = edition.closed_story()
    client.force_login(bruno)
    path = story.url if by == "subscription" else address_of_gift(give(story, giver=bruno))
    page = client.get(path).text
    closed = selected(page, article_in(page)["hasPart"]["cssSelector"])
    assert MARKER in closed
    assert "The minister promised" in page
    assert "The minister promised" not in closed
    assert page.count("<div") == page.count("</div>")


@pytest.mark.parametrize(("open_blocks", "marked"), [(0, 3), (1, 2), (3, None), (9, None)])
def test_whatever_is_open_of_it_the_rest_is_marked(
    edition: Edition, client: Client, bruno: Reader, open_blocks: int, marked: int | None
) -> None:
    body = [("paragraph", RichText(f"<p>Paragraph {number}.</p>")) for number in (1, 2, 3)]
    access = Story.Access.SUBSCRIBERS
    story = edition.story(access=access, open_blocks=open_blocks, body=body)
    client.force_login(bruno)
    found = html.fromstring(client.get(story.url).text).find_class("closed-part")
    assert [len(one.findall("p")) for one in found] == ([marked] if marked else [])


def test_an_open_story_is_free_and_marks_nothing(edition: Edition, client: Client) -> None:
    page = client.get(edition.story().url).text
    assert article_in(page)["isAccessibleForFree"] is True
    assert "hasPart" not in article_in(page)
    assert "closed-part" not in page
