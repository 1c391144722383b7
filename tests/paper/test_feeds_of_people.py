"""A person's feeds tell the stories that tell what the person said, to whoever asks, and nothing that only reports hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.test import Client
from wagtail.rich_text import RichText

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper.people import path_of
from careo.record.models import Person, Statement
from careo.stories.models import Story
from tests.paper.edition import MARKER, Edition, statement

NAMES = ("rss.xml", "atom.xml", "feed.json")


@pytest.fixture
def olmedo(edition: Edition) -> Person:
    """The minister, whose promise El Faro printed."""
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    return said.person


def of(person: Person, name: str) -> str:
    return f"/feeds/people/{person.pk}/{name}"


def titles(client: Client, person: Person, name: str) -> list[str]:
    answer = client.get(of(person, name))
    assert answer.status_code == 200
    if name == "feed.json":
        return [item["title"] for item in json.loads(answer.content)["items"]]
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return [entry.title for entry in feed.entries]


@pytest.mark.both_databases
@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_stories_that_tell_what_the_person_said_newest_first(
    edition: Edition, client: Client, olmedo: Person, name: str
) -> None:
    edition.story("No cuts, says the minister")
    edition.story("Rain at last", body=[("paragraph", RichText("<p>It rained.</p>"))])
    edition.closed_story("What the reservoirs hold")
    assert titles(client, olmedo, name) == ["What the reservoirs hold", "No cuts, says the minister"]
    text = client.get(of(olmedo, name)).text
    assert "The Meridia Post: Teresa Olmedo" in text
    assert f"http://testserver{path_of(olmedo)}" in text
    assert MARKER not in text


def test_the_persons_page_names_its_own_feeds(edition: Edition, client: Client, olmedo: Person) -> None:
    edition.story()
    page = client.get(path_of(olmedo)).text
    for name in NAMES:
        assert f'href="{of(olmedo, name)}"' in page


@pytest.mark.parametrize("name", NAMES)
def test_of_whom_no_story_tells_there_is_no_feed_and_no_name_is_told(
    edition: Edition, client: Client, olmedo: Person, name: str
) -> None:
    edition.story("A draft", live=False)
    nobody = client.get("/feeds/people/99999999/rss.xml")
    answer = client.get(of(olmedo, name))
    assert (answer.status_code, answer.content) == (404, nobody.content)
    answer = client.get(f"/people/{olmedo.pk}/somebody/")
    assert (answer.status_code, answer.content) == (404, nobody.content)


def test_a_new_story_and_a_rejected_statement_are_seen_at_once(
    edition: Edition,
    client: Client,
    store: PageStore,
    olmedo: Person,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    edition.story("The first")
    assert titles(client, olmedo, "rss.xml") == ["The first"]
    assert store.get(of(olmedo, "rss.xml"), PUBLIC) is not None
    with django_capture_on_commit_callbacks(execute=True):
        edition.story("The second")
    assert titles(client, olmedo, "rss.xml") == ["The second", "The first"]
    with django_capture_on_commit_callbacks(execute=True):
        for said in Statement.objects.filter(person=olmedo):
            said.status = Statement.Status.REJECTED
            said.save()
    assert client.get(of(olmedo, "rss.xml")).status_code == 404


def test_what_a_closed_part_alone_cites_is_in_no_feed(
    edition: Edition, client: Client, olmedo: Person
) -> None:
    body = [
        ("paragraph", RichText("<p>The rest is for subscribers.</p>")),
        ("paragraph", edition.cites("The minister promised", edition.spanish)),
    ]
    edition.story("Closed", access=Story.Access.SUBSCRIBERS, open_blocks=1, body=body)
    assert client.get(of(olmedo, "rss.xml")).status_code == 404
