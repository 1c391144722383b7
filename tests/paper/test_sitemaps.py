"""Sitemaps: every page all may find, in parts where they are many, each with when it changed; the news of two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper import news_sitemap, sitemap
from careo.paper.addresses import address_of, full
from careo.paper.people import path_of
from careo.paper.sitemap import Place, in_parts
from careo.record.models import Person
from careo.stories.models import Correction
from tests.paper.edition import CLOSED_WORDS, Edition, statement

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
MARCH = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def read(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own


def listed(client: Client, path: str) -> dict[str, str]:
    """Addresses, with the time told of each."""
    found = {}
    for entry in read(client, path):
        changed = entry.find("map:lastmod", NAMES)
        found[entry.find("map:loc", NAMES).text] = "" if changed is None else changed.text
    return found


@pytest.mark.both_databases
def test_the_sitemap_names_every_page_all_may_find_with_when_it_changed(
    edition: Edition, client: Client
) -> None:
    later = MARCH + timedelta(days=2)
    story = edition.story(slug="a-dry-month", first_published_at=MARCH, last_published_at=MARCH)
    closed = edition.closed_story(slug="presa-año", first_published_at=MARCH, last_published_at=later)
    draft = edition.story("A draft", live=False)
    found = listed(client, "/sitemap.xml")
    assert found[address_of(story)] == "2026-03-05T09:30:00+00:00"
    assert found[address_of(closed)] == "2026-03-07T09:30:00+00:00"
    assert found["http://testserver/"] == found["http://testserver/news/"] == "2026-03-07T09:30:00+00:00"
    assert "http://testserver/about/" in found
    assert address_of(draft) not in found


@pytest.mark.both_databases
def test_the_sitemap_names_lists_people_and_outlets_that_have_pages_and_no_other(
    edition: Edition, client: Client, store: PageStore, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    of_old = set(listed(client, "/sitemap.xml"))
    for report, name in ((edition.spanish, "Teresa Olmedo"), (edition.english, "Esteban Quiroga")):
        said = statement(report, name)
        said.person = Person.objects.create(name=name)
        said.save()
    with django_capture_on_commit_callbacks(execute=True):
        story = edition.closed_story()
    olmedo = Person.objects.get(name="Teresa Olmedo")
    known = {
        "/archive/",
        "/people/",
        path_of(olmedo),
        "/outlets/",
        f"/outlets/{edition.faro.pk}/el-faro-de-alba/",
    }
    assert set(listed(client, "/sitemap.xml")) - of_old == {address_of(story), *map(full, known)}
    with django_capture_on_commit_callbacks(execute=True):
        Correction.objects.create(story=story, note="It was Monday.")
    assert full("/corrections/") in listed(client, "/sitemap.xml")
    with django_capture_on_commit_callbacks(execute=True):
        olmedo.name = "Teresa Olmedo Vidal"
        olmedo.save()
    assert full(path_of(olmedo)) in listed(client, "/sitemap.xml")
    for place in listed(client, "/sitemap.xml"):
        assert client.get(place.removeprefix(full(""))).status_code == 200, place


def test_no_word_of_a_closed_part_stands_in_a_sitemap(edition: Edition, client: Client) -> None:
    edition.closed_story()
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        assert CLOSED_WORDS[:25] not in client.get(path).text


@pytest.mark.both_databases
def test_more_than_one_file_may_hold_become_parts_that_an_index_names(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        when = MARCH + timedelta(days=number)
        edition.story(f"Day {number}", slug=f"day-{number}", first_published_at=when, last_published_at=when)
    together = listed(client, "/sitemap.xml")
    monkeypatch.setattr(sitemap, "MOST", 4)
    edition_changed = client.get("/sitemap.xml?anew")  # with a query string nothing kept is given
    index = ElementTree.fromstring(edition_changed.content)  # noqa: S314
    assert index.tag.endswith("sitemapindex")
    named = [place.text for place in index.iter(f"{{{NAMES['map']}}}loc")]
    assert named == [f"http://testserver/sitemap-{number}.xml" for number in (1, 2, 3, 4)]
    parts = [listed(client, f"/sitemap-{number}.xml") for number in (1, 2, 3, 4)]
    assert [len(part) for part in parts] == [4, 4, 4, 1]
    assert {place: when for part in parts for place, when in part.items()} == together
    changed = [place.text for place in index.iter(f"{{{NAMES['map']}}}lastmod")]
    assert changed == [max(part.values()) for part in parts[:3]]  # nobody noted when a list changed
    assert client.get("/sitemap-5.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(1, 7), st.integers(150, 600))
def test_every_place_stands_in_one_part_and_none_is_too_large(
    lengths: list[int], most: int, room: int
) -> None:
    found = [Place("x" * length, None) for length in lengths]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sitemap, "MOST", most)
        patched.setattr(sitemap, "MOST_BYTES", room + sitemap.AROUND)
        parts = list(in_parts(found))
    assert [place for part in parts for place in part] == found
    for part in parts:
        assert 1 <= len(part) <= most
        size = sum(len(place.address) + sitemap.AROUND for place in part)
        assert size <= room or len(part) == 1


def test_a_sitemap_asks_as_much_of_the_database_for_many_stories_as_for_one(
    edition: Edition, client: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml?anew")
        return len(queries)

    edition.story("The first")
    one = asked()
    for number in range(20):
        edition.story(f"Story {number}")
    assert asked() == one


def test_a_part_is_kept_and_dropped_when_a_story_appears(
    edition: Edition, client: Client, store: PageStore, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    draft = edition.story("A dry month", slug="dry-month", live=False)
    client.get("/sitemap-1.xml")
    assert store.get("/sitemap-1.xml", PUBLIC) is not None
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    assert "http://testserver/news/dry-month/" in listed(client, "/sitemap-1.xml")


@pytest.mark.both_databases
def test_the_news_sitemap_tells_of_two_days_whatever_was_kept(edition: Edition, client: Client) -> None:
    edition.story("Of the week before", first_published_at=MARCH - timedelta(days=7))
    edition.story("Cuts & <queues>\x0b", slug="cuts", first_published_at=MARCH)
    edition.closed_story("What the reservoirs hold", first_published_at=MARCH + timedelta(hours=1))
    edition.story("A draft", live=False)
    with time_machine.travel(MARCH + timedelta(hours=20), tick=False):
        entries = list(read(client, "/news-sitemap.xml"))
    told = [entry.find("news:news", NAMES) for entry in entries]
    titles = [one.find("news:title", NAMES).text for one in told]
    assert titles == ["What the reservoirs hold", "Cuts & <queues>"]
    assert entries[1].find("map:loc", NAMES).text == "http://testserver/news/cuts/"
    assert told[1].find("news:publication_date", NAMES).text == MARCH.isoformat()
    publication = told[1].find("news:publication", NAMES)
    assert [part.text for part in publication] == ["The Meridia Post", "en"]
    with time_machine.travel(MARCH + timedelta(days=2, minutes=30), tick=False):
        assert len(list(read(client, "/news-sitemap.xml"))) == 1
    with time_machine.travel(MARCH + timedelta(days=9), tick=False):
        assert list(read(client, "/news-sitemap.xml")) == []


def test_the_news_sitemap_holds_no_more_than_is_read(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_sitemap, "MOST", 2)
    for number in range(3):
        edition.story(f"Story {number}", first_published_at=timezone.now() - timedelta(hours=number))
    titles = [one.text for one in read(client, "/news-sitemap.xml").iter(f"{{{NAMES['news']}}}title")]
    assert titles == ["Story 0", "Story 1"]


def test_both_are_named_in_robots_txt_and_answer_before_there_is_a_paper(db: None, client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Sitemap: http://testserver/news-sitemap.xml" in lines
    assert list(read(client, "/sitemap.xml")) == []
    assert list(read(client, "/news-sitemap.xml")) == []
