"""All corrections stand on one page and in feeds, those of visible stories alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from lxml import html

from careo.stories.models import Correction, Section, Story
from tests.paper.edition import Edition

FEEDS = ("/feeds/corrections/rss.xml", "/feeds/corrections/atom.xml", "/feeds/corrections/feed.json")
Committing = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    """What is done within it comes to pass."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def corrected(story: Story, note: str, on: date = date(2026, 3, 5)) -> Correction:
    return Correction.objects.create(story=story, on=on, note=note)


@pytest.mark.both_databases
def test_corrections_stand_newest_first_with_the_story_they_belong_to(
    edition: Edition, client: Client
) -> None:
    story = edition.story()
    corrected(story, "It was 23 percent, not 32.")
    corrected(edition.closed_story(), "She is the minister of water.", date(2026, 3, 9))
    page = html.fromstring(client.get("/corrections/").text)
    first, second = (" ".join(one.text_content().split()) for one in page.xpath("//ol/li"))
    assert first == "9 March 2026: She is the minister of water. In What the reservoirs hold"
    assert second == f"5 March 2026: It was 23 percent, not 32. In {story.title}"
    assert page.xpath("//ol/li[2]//a/@href") == [f"{story.url}#corrections"]


@pytest.mark.parametrize("path", ["/corrections/", *FEEDS])
def test_a_correction_of_a_story_not_to_be_seen_is_not_to_be_seen(
    edition: Edition, client: Client, path: str
) -> None:
    corrected(edition.story("A draft", live=False), "quixotry")
    corrected(edition.story("Over", expire_at=timezone.now() - timedelta(hours=1)), "quixotry")
    corrected(edition.story("Ahead", go_live_at=timezone.now() + timedelta(hours=1)), "quixotry")
    assert "quixotry" not in client.get(path).text


@pytest.mark.parametrize("path", ["/corrections/", *FEEDS])
def test_a_new_correction_is_seen_at_once_and_one_of_an_unpublished_story_no_more(
    edition: Edition, client: Client, committing: Committing, path: str
) -> None:
    story = edition.story()
    assert "23 percent" not in client.get(path).text
    with committing():
        corrected(story, "It was 23 percent, not 32.")
    assert "23 percent" in client.get(path).text
    with committing():
        story.unpublish()
    assert "23 percent" not in client.get(path).text


def test_a_long_list_has_pages(edition: Edition, client: Client) -> None:
    story = edition.story()
    for day in range(1, 22):
        corrected(story, f"Note {day}.", date(2026, 3, day))
    first, second = client.get("/corrections/").text, client.get("/corrections/?page=2").text
    assert "Note 21." in first
    assert "Note 1." not in first
    assert "Note 1." in second
    assert client.get("/corrections/?page=x").text.count("Note ") == first.count("Note ")


def test_the_feeds_tell_each_correction_with_its_story_and_escape_what_was_written(
    edition: Edition, client: Client
) -> None:
    story = edition.story()
    corrected(story, "It was <b>23</b> percent & not 32.")
    for path in FEEDS[:2]:
        (entry,) = feedparser.parse(client.get(path).content).entries
        assert entry.title == story.title
        assert entry.link == f"http://testserver{story.url}#corrections"
        assert entry.id.startswith("urn:uuid:")
        assert "&lt;b&gt;23" in entry.content[0].value
    (item,) = json.loads(client.get(FEEDS[2]).content)["items"]
    assert item["summary"] == "It was <b>23</b> percent & not 32."
    assert "&lt;b&gt;23" in item["content_html"]
    assert item["date_published"].startswith("2026-03-05T00:00")


def test_no_section_takes_the_address_of_the_corrections_or_of_their_feeds(edition: Edition) -> None:
    with pytest.raises(ValidationError, match="“corrections” is an address of Careo's own"):
        edition.home.add_child(instance=Section(title="Corrections", slug="corrections")).full_clean()


def test_every_page_leads_to_the_corrections_and_a_corrected_story_too(
    edition: Edition, client: Client
) -> None:
    story = edition.story()
    corrected(story, "It was 23 percent, not 32.")
    page = html.fromstring(client.get(story.url).text)
    for place in ("//footer", "//section[@class='corrections']"):
        assert page.xpath(f"{place}//a[@href='/corrections/']"), place


def test_machines_are_told_of_a_storys_corrections(edition: Edition, client: Client) -> None:
    story = edition.story()
    corrected(story, "It was 23 percent, not 32.")
    block, _ = html.fromstring(client.get(story.url).text).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    assert json.loads(block)["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It was 23 percent, not 32.",
            "datePublished": "2026-03-05",
        }
    ]
