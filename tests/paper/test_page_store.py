"""Pages are kept for everybody, in both variants, and never for the wrong reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from tests.paper.edition import MARKER, Edition


@pytest.fixture
def bruno(db: None) -> Reader:
    """A subscriber."""
    reader = open_account("bruno@example.org", "correct horse of Alba", pen_name="Bruno")
    grant(reader, Plan.objects.create(name="A year", slug="a-year"), by=None, reason="He asked.")
    return reader


@pytest.fixture
def as_bruno(bruno: Reader) -> Client:
    client = Client()
    client.force_login(bruno)
    return client


def kept(store: PageStore, path: str, variant: Variant) -> str:
    page = store.get(path, variant)
    return page.body.decode() if page else ""


def test_an_open_story_is_kept_for_both_variants_with_the_same_bytes(
    edition: Edition, client: Client, store: PageStore
) -> None:
    story = edition.story()
    answer = client.get(story.url)
    assert answer.status_code == 200
    assert kept(store, story.url, PUBLIC) == kept(store, story.url, SUBSCRIBER) == answer.text


def test_what_is_kept_is_answered_without_asking_the_database(
    edition: Edition, client: Client, store: PageStore, django_assert_num_queries: Any
) -> None:
    story = edition.story()
    client.get(story.url)
    with django_assert_num_queries(0):
        assert "The minister promised" in client.get(story.url).text


def test_the_public_never_reads_the_closed_part_whoever_came_first(
    edition: Edition, client: Client, as_bruno: Client, store: PageStore
) -> None:
    story = edition.closed_story()
    assert MARKER in as_bruno.get(story.url).text
    assert kept(store, story.url, PUBLIC) == ""
    answer = client.get(story.url)
    assert answer.status_code == 200
    assert "The minister promised" in answer.text
    assert "The rest of this story is for subscribers" in answer.text
    for word in (MARKER, "The mayor disagrees", "Norland Courier", "There will be cuts"):
        assert word not in answer.text
        assert word not in kept(store, story.url, PUBLIC)
    assert MARKER in as_bruno.get(story.url).text


def test_a_subscribers_page_is_kept_apart_and_stays_out_of_shared_caches(
    edition: Edition, client: Client, as_bruno: Client, store: PageStore
) -> None:
    story = edition.closed_story()
    answer = as_bruno.get(story.url)
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    page = store.get(story.url, SUBSCRIBER)
    assert page is not None
    assert dict(page.headers)["Cache-Control"] == "private, no-cache"
    assert "Cookie" in client.get(story.url)["Vary"]


def test_nothing_of_the_reader_who_came_first_is_kept(
    edition: Edition, bruno: Reader, as_bruno: Client, store: PageStore, settings: Any
) -> None:
    story = edition.closed_story()
    as_bruno.get(story.url)
    page = store.get(story.url, SUBSCRIBER)
    assert page is not None
    session = as_bruno.cookies[settings.SESSION_COOKIE_NAME].value
    for secret in ("Bruno", bruno.email, "csrfmiddlewaretoken", session):
        assert secret not in page.body.decode()
    assert {name for name, _ in page.headers} == {"Cache-Control"}


def test_the_pass_that_goes_with_an_answer_is_not_kept_with_the_page(
    edition: Edition, as_bruno: Client, store: PageStore
) -> None:
    story = edition.story()
    answer = as_bruno.get(story.url)
    assert "careo_pass" in answer.cookies
    assert "private" in answer["Cache-Control"]
    for variant in (PUBLIC, SUBSCRIBER):
        page = store.get(story.url, variant)
        assert page is not None
        assert "set-cookie" not in {name.lower() for name, _ in page.headers}


def test_a_draft_is_neither_answered_nor_kept(edition: Edition, client: Client, store: PageStore) -> None:
    draft = edition.story("Not yet", live=False)
    assert client.get(draft.url).status_code == 404
    assert kept(store, draft.url, PUBLIC) == kept(store, draft.url, SUBSCRIBER) == ""


def test_a_draft_of_a_live_story_changes_nothing_that_is_seen(
    edition: Edition, client: Client, store: PageStore, django_capture_on_commit_callbacks: Any
) -> None:
    story = edition.story()
    client.get(story.url)
    with django_capture_on_commit_callbacks(execute=True):
        story.title = "A headline still discussed"
        story.save_revision()
    assert kept(store, story.url, PUBLIC) != ""
    store.clear()
    assert "A headline still discussed" not in client.get(story.url).text


def test_a_story_under_embargo_is_not_seen_before_its_hour(
    edition: Edition, client: Client, store: PageStore
) -> None:
    story = edition.story(live=False)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    assert client.get(story.url).status_code == 404
    assert kept(store, story.url, PUBLIC) == ""
    assert story.title not in client.get("/").text


def test_a_live_story_whose_hour_is_yet_to_come_is_not_seen_either(edition: Edition, client: Client) -> None:
    story = edition.story(go_live_at=timezone.now() + timedelta(hours=1))
    assert client.get(story.url).status_code == 404
    assert story.title not in client.get("/").text


def test_a_story_that_will_expire_is_shown_but_not_kept_and_ends_on_the_minute(
    edition: Edition, client: Client, store: PageStore
) -> None:
    story = edition.story(expire_at=timezone.now() + timedelta(hours=1))
    assert client.get(story.url).status_code == 200
    assert kept(store, story.url, PUBLIC) == ""
    story.expire_at = timezone.now() - timedelta(seconds=1)  # and the scheduler has not been by
    story.save()
    assert client.get(story.url).status_code == 410
    assert story.title not in client.get("/archive/").text


@pytest.mark.parametrize("path", ["/", "/news/", "/archive/", "/feeds/rss.xml", "/sitemap.xml"])
def test_a_list_with_a_story_that_will_expire_is_not_kept_beyond_its_hour(
    edition: Edition, client: Client, store: PageStore, path: str
) -> None:
    story = edition.story(expire_at=timezone.now() + timedelta(hours=1))
    assert story.url in client.get(path).text
    with time_machine.travel(timezone.now() + timedelta(hours=2)):  # and the scheduler has not been by
        assert story.url not in client.get(path).text


def test_a_page_behind_a_password_is_never_kept(edition: Edition, client: Client, store: PageStore) -> None:
    story = edition.story()
    PageViewRestriction.objects.create(
        page=edition.news, restriction_type=PageViewRestriction.PASSWORD, password="alba"
    )
    answer = client.get(story.url)
    assert "The minister promised" not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert kept(store, story.url, PUBLIC) == ""
    assert story.title not in client.get("/").text


def test_a_story_asked_for_with_a_query_string_is_the_kept_one(
    edition: Edition, client: Client, store: PageStore
) -> None:
    story = edition.closed_story()
    assert MARKER not in client.get(f"{story.url}?variant=subscriber&from=newsletter").text
    assert kept(store, story.url, PUBLIC) != ""


def test_pages_of_a_list_are_answered_but_not_kept(
    edition: Edition, client: Client, store: PageStore
) -> None:
    for number in range(21):
        edition.story(f"Story {number}")
    second = client.get("/news/?page=2").text
    assert "Story 0<" in second
    assert kept(store, "/news/", PUBLIC) == ""
    assert "Story 0<" not in client.get("/news/").text


def test_an_unchanged_page_is_answered_with_304(edition: Edition, client: Client) -> None:
    story = edition.story()
    etag = client.get(story.url)["ETag"]
    again = client.get(story.url, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_page_answers_to_get_and_head_alone(edition: Edition, client: Client) -> None:
    assert client.post("/").status_code == 405
    head = client.head("/")
    assert head.status_code == 200
    assert head.content == b""
