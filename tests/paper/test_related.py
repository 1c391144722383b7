"""The stories at the end of a story: which, in what order, and that they follow when one of them changes or goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.rich_text import RichText

from careo.desk.models import Event
from careo.paper.related import MOST, related
from careo.stories.models import Story
from tests.paper.edition import Edition

Committing = Callable[[], Any]
PLAIN = [("paragraph", RichText("<p>Rain.</p>"))]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Committing:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def titles(stories: list[Story]) -> list[str]:
    return [story.title for story in stories]


def beside(client: Client, story: Story) -> list[str]:
    page = client.get(story.url).text.partition('<section class="related"')[2].partition("</section>")[0]
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', page)


def test_first_those_of_the_event_then_what_shares_a_report_then_the_section(
    edition: Edition, client: Client
) -> None:
    water = Event.objects.create(title="Water in Puerto Alba")
    other = edition.section("Economy", "economy")
    edition.story("Same event", body=PLAIN, event=water, section=other)
    edition.story("Same report", section=other)
    edition.story("Elsewhere", body=PLAIN, section=other)
    edition.story("Same section", body=PLAIN)
    story = edition.story("This one", event=water)
    edition.story("A draft", live=False, event=water)
    assert beside(client, story) == ["Same event", "Same report", "Same section"]


def test_there_are_four_at_most_each_once_and_never_itself(edition: Edition) -> None:
    water = Event.objects.create(title="Water in Puerto Alba")
    for number in range(6):
        edition.story(f"Story {number}", event=water)
    found = related(edition.story("This one", event=water))
    assert titles(found) == ["Story 5", "Story 4", "Story 3", "Story 2"]
    assert len(found) == MOST


def test_what_a_closed_part_cites_relates_nothing(edition: Edition) -> None:
    economy, water = edition.section("Economy", "economy"), edition.section("Water", "water")
    closed = edition.closed_story(section=economy)  # its closed part alone cites the Courier
    courier = edition.story(
        "Of the mayor", section=water, body=[("paragraph", edition.cites("A mayor said", edition.english))]
    )
    faro = edition.story("Of the minister", section=water)
    assert closed not in related(courier)
    assert closed in related(faro)
    assert related(closed) == [faro]


def test_a_story_that_changes_or_goes_is_followed(
    edition: Edition, client: Client, committing: Committing
) -> None:
    other, story = edition.story("Another"), edition.story("This one")
    assert beside(client, story) == ["Another"]
    with committing():
        other.title = "Another headline"
        other.save()
    assert beside(client, story) == ["Another headline"]
    with committing():
        other.unpublish()
    assert beside(client, story) == []


def test_a_new_story_of_the_event_appears_beside_the_old_ones(
    edition: Edition, client: Client, committing: Committing
) -> None:
    water = Event.objects.create(title="Water in Puerto Alba")
    story = edition.story("This one", event=water, body=PLAIN)
    assert beside(client, story) == []
    with committing():
        edition.story("The next day", event=water, body=PLAIN)
    assert beside(client, story) == ["The next day"]


def test_one_that_will_end_by_itself_stands_in_no_kept_page(edition: Edition, client: Client) -> None:
    edition.story("Until noon", expire_at=timezone.now() + timedelta(hours=1))
    assert beside(client, edition.story("This one")) == []
