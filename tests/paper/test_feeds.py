"""Feeds, sitemap, robots.txt and what machines are told on a story's page."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from careo.paper.models import Machines
from careo.paper.structured import data_block
from careo.stories.models import Correction
from tests.paper.edition import MARKER, Edition, picture

FEEDS = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/news/rss.xml", "/feeds/news/atom.xml"]


def entries(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return list(feed.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_carries_open_stories_whole_and_of_closed_ones_the_open_part(
    edition: Edition, client: Client, path: str
) -> None:
    edition.story("An open one")
    edition.closed_story("A closed one")
    closed, opened = entries(client, path)
    assert (closed.title, opened.title) == ("A closed one", "An open one")
    assert "The minister promised" in opened.content[0].value
    assert "The minister promised" in closed.content[0].value
    text = client.get(path).text
    assert MARKER not in text
    assert "Courier" not in text


@pytest.mark.parametrize("path", FEEDS)
def test_a_feeds_links_lead_to_the_paper_from_anywhere(edition: Edition, client: Client, path: str) -> None:
    story = edition.story(lead_picture=picture())
    (entry,) = entries(client, path)
    assert entry.link == f"http://testserver{story.url}"
    assert f'href="http://testserver{story.url}#passage-1"' in entry.content[0].value
    assert entry.enclosures[0].href.startswith("http://testserver/media/images/")
    assert int(entry.enclosures[0].length) > 0


@pytest.mark.parametrize("path", ["/feeds/feed.json", "/feeds/news/feed.json"])
def test_the_same_is_told_as_json_feed(edition: Edition, client: Client, path: str) -> None:
    story = edition.story("An open one", lead_picture=picture())
    edition.closed_story("A closed one")
    answer = client.get(path)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{path}"
    closed, opened = feed["items"]
    assert (closed["title"], opened["title"]) == ("A closed one", "An open one")
    assert "The minister promised" in closed["content_html"]
    assert opened["url"] == f"http://testserver{story.url}"
    assert opened["id"] == entries(client, "/feeds/rss.xml")[1].id
    assert opened["image"].startswith("http://testserver/media/images/")
    assert opened["attachments"][0]["size_in_bytes"] > 0
    assert datetime.fromisoformat(opened["date_published"]).tzinfo is not None
    assert MARKER not in answer.text
    assert "Courier" not in answer.text


def test_a_story_keeps_its_identifier_when_it_moves(edition: Edition, client: Client) -> None:
    story = edition.story()
    before = entries(client, "/feeds/rss.xml")[0].id
    story.slug = "another"
    story.save()
    assert entries(client, "/feeds/atom.xml")[0].id == before


@pytest.mark.parametrize("path", FEEDS)
def test_what_xml_cannot_hold_in_a_headline_breaks_no_feed(
    edition: Edition, client: Client, path: str
) -> None:
    edition.story("Cuts\x0b & <b>queues</b>\x1f ]]>", slug="cuts")
    (entry,) = entries(client, path)
    assert "Cuts" in entry.title


def test_there_is_no_feed_of_a_section_that_is_none(edition: Edition, client: Client) -> None:
    assert client.get("/feeds/nowhere/rss.xml").status_code == 404


def test_the_sitemap_names_every_page_all_may_find(edition: Edition, client: Client) -> None:
    story, draft = edition.story(), edition.story("A draft", live=False)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own
    places = [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    for path in ("/", "/news/", "/about/", story.url):
        assert f"http://testserver{path}" in places
    assert f"http://testserver{draft.url}" not in places


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(db: None, client: Client) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /desk/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def group_of(robot: str, text: str) -> str:
    """What robots.txt says to one robot."""
    return next(group for group in text.split("\n\n") if f"User-agent: {robot}\n" in group)


def test_robots_are_told_by_purpose_what_they_may_do(edition: Edition, client: Client) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /\n" not in group_of("*", text)
    assert "Disallow: /forum/" in group_of("ChatGPT-User", text)
    assert group_of("GPTBot", text).endswith("Disallow: /")
    reserved = client.get("/.well-known/tdmrep.json").json()
    assert reserved == [{"location": "/", "tdm-reservation": 1}]
    asked = Machines.for_site(edition.home.get_site())
    asked.search, asked.training = False, True
    asked.save()
    text = client.get("/robots.txt").text
    assert group_of("*", text).endswith("Disallow: /")
    assert "Disallow: /desk/" in group_of("GPTBot", text)
    assert client.get("/.well-known/tdmrep.json").json()[0]["tdm-reservation"] == 0


BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(page: str) -> dict[str, Any]:
    """The first block, which is the story's own."""
    data: dict[str, Any] = json.loads(BLOCK.findall(page)[0])
    return data


def test_a_story_tells_machines_what_it_rests_on(edition: Edition, client: Client) -> None:
    story = edition.story(lead_picture=picture())
    data = told(client.get(story.url).text)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == story.title
    assert data["isAccessibleForFree"] is True
    assert data["mainEntityOfPage"] == f"http://testserver{story.url}"
    (image,) = data["image"]
    assert image["@type"] == "ImageObject"
    assert image["url"].startswith("http://testserver/media/")
    assert (image["width"], image["height"]) == (1200, 630)
    assert image["creditText"] == "Photo: The Meridia Post"
    (citation,) = data["citation"]
    assert citation["publisher"]["name"] == "El Faro de Alba"
    assert citation["url"] == edition.spanish.canonical_url


def test_a_closed_story_says_so_and_names_no_report_that_only_subscribers_see(
    edition: Edition, client: Client
) -> None:
    data = told(client.get(edition.closed_story().url).text)
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["isAccessibleForFree"] is False
    assert [citation["publisher"]["name"] for citation in data["citation"]] == ["El Faro de Alba"]


def test_nothing_in_a_headline_ends_the_data_it_stands_in(edition: Edition, client: Client) -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    assert (
        "<"
        not in data_block({"headline": hostile})[
            len('<script type="application/ld+json">') : -len("</script>")
        ]
    )
    story = edition.story(hostile, slug="hostile")
    assert told(client.get(story.url).text)["headline"] == hostile


def test_a_shared_story_has_one_address_and_a_picture(edition: Edition, client: Client) -> None:
    story = edition.story(lead_picture=picture())
    page = client.get(f"{story.url}?utm_source=x").text
    assert f'<link rel="canonical" href="http://testserver{story.url}">' in page
    assert f'<meta property="og:title" content="{story.title}">' in page
    assert re.search(r'<meta property="og:image" content="http://testserver/media/images/[^"]+\.jpg">', page)


def test_a_story_says_when_it_was_updated_only_if_it_was(edition: Edition, client: Client) -> None:
    fresh = edition.story("Fresh")
    old = edition.story("Old", first_published_at=timezone.now() - timedelta(hours=2))
    assert "updated" not in client.get(fresh.url).text
    assert "updated" in client.get(old.url).text


def test_a_story_tells_machines_its_corrections_and_the_way_to_it(edition: Edition, client: Client) -> None:
    story = edition.closed_story("Rain & wind")
    Correction.objects.create(story=story, on=date(2026, 3, 6), note="It was the third reservoir.")
    page = client.get(story.url).text
    article, crumbs = (json.loads(block) for block in BLOCK.findall(page))
    assert article["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It was the third reservoir.",
            "datePublished": "2026-03-06",
        }
    ]
    assert datetime.fromisoformat(article["dateModified"]).tzinfo is not None
    assert article["isAccessibleForFree"] is False
    assert article["hasPart"]["cssSelector"] == ".closed-part"
    steps = crumbs["itemListElement"]
    assert [step["name"] for step in steps] == ["The Meridia Post", "News", "Rain & wind"]
    assert steps[-1] == {
        "@type": "ListItem",
        "position": 3,
        "name": "Rain & wind",
        "item": f"http://testserver{story.url}",
    }


def test_a_shared_story_says_how_large_its_picture_is_and_what_is_on_it(
    edition: Edition, client: Client
) -> None:
    page = client.get(edition.story(lead_picture=picture()).url).text
    told = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', page))
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:type"] == "image/jpeg"
    assert told["og:image:alt"] == "A reservoir half empty, its banks cracked"
    assert told["og:locale"] == "en_US"
