"""What links to a story that changed is drawn before anybody asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER
from careo.paper.ahead import draw, paths_of
from careo.paper.tasks import draw_ahead
from tests.paper.edition import MARKER, Edition

Committing = Callable[..., Any]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_published_story_and_what_lists_it_are_kept_before_anybody_asks(
    edition: Edition, store: PageStore, committing: Committing
) -> None:
    draft = edition.story("A dry month", live=False, slug="dry-month")
    with committing():
        draft.save_revision().publish()
    for path in (
        "/news/dry-month/",
        "/news/",
        "/",
        "/archive/",
        "/feeds/rss.xml",
        "/feeds/feed.json",
        "/sitemap.xml",
    ):
        for variant in (PUBLIC, SUBSCRIBER):
            kept = store.get(path, variant)
            assert kept is not None, path
            assert b"dry-month" in kept.body


def test_a_closed_story_is_kept_for_each_as_each_may_read_it(edition: Edition, store: PageStore) -> None:
    path = edition.closed_story().url
    assert draw(path)
    public, whole = store.get(path, PUBLIC), store.get(path, SUBSCRIBER)
    assert public is not None
    assert whole is not None
    assert MARKER.encode() not in public.body
    assert MARKER.encode() in whole.body


def test_a_story_that_went_leaves_the_lists_drawn_without_it(
    edition: Edition, store: PageStore, committing: Committing
) -> None:
    story = edition.story("A dry month", slug="dry-month")
    with committing():
        story.unpublish()
    front = store.get("/", PUBLIC)
    assert front is not None
    assert b"dry-month" not in front.body
    assert story.url not in paths_of(story)
    assert store.get(story.url, PUBLIC) is None


def test_a_story_deleted_meanwhile_is_no_fault(edition: Edition) -> None:
    story = edition.story()
    number = story.pk
    story.delete()
    draw_ahead.call(number)


def test_an_address_of_nothing_keeps_nothing(edition: Edition, store: PageStore) -> None:
    assert not draw("/news/nothing-here/")
    assert store.get("/news/nothing-here/", PUBLIC) is None


def test_the_front_page_is_merely_old_when_a_story_is_added_and_gone_when_one_is_changed(
    edition: Edition,
    client: Client,
    store: PageStore,
    committing: Committing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("careo.paper.ahead.draw", lambda path: False)
    monkeypatch.setattr("careo.paper.tasks.draw", lambda path: False)
    first = edition.story("A dry month", slug="dry-month")
    client.get("/")
    with committing():
        edition.story("Rain at last", live=False, slug="rain").save_revision().publish()
    assert store.get("/", PUBLIC) is None
    old = store.stale("/")
    assert old is not None
    assert b"dry-month" in old.body
    client.get("/")
    with committing():
        first.save_revision().publish()
    assert store.stale("/") is None


def test_a_list_with_a_story_that_is_taken_back_at_once_is_gone(
    edition: Edition,
    client: Client,
    store: PageStore,
    committing: Committing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the same hands that published it, which still have it in memory as new."""
    monkeypatch.setattr("careo.paper.tasks.draw", lambda path: False)
    with committing():
        story = edition.story("A slip", slug="slip")
    assert "A slip" in client.get("/").text
    with committing():
        story.unpublish()
    assert store.get("/", PUBLIC) is None
    assert store.stale("/") is None
