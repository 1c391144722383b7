"""Nothing that was looked up before a change is kept after it: each page is looked up behind its own stamp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from careo.edge.store import PageStore, Stamp
from careo.edge.variants import PUBLIC
from careo.paper.outlets import outlet_path
from careo.paper.people import path_of
from careo.record.models import Person
from careo.stories.models import Section, Story
from tests.paper.edition import CLOSED_WORDS, MARKER, Edition, statement

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Meanwhile:
    """Have something change, and be committed, in the moment before the next page's stamp is taken."""
    take = PageStore.stamp

    def next_time(change: Callable[[], object]) -> None:
        def stamp(self: PageStore) -> Stamp:
            monkeypatch.setattr(PageStore, "stamp", take)
            with django_capture_on_commit_callbacks(execute=True):
                change()
            return take(self)

        monkeypatch.setattr(PageStore, "stamp", stamp)

    return next_time


def test_a_story_that_is_closed_while_its_markdown_is_asked_for_is_neither_told_nor_kept_open(
    edition: Edition, client: Client, store: PageStore, meanwhile: Meanwhile
) -> None:
    body = [
        ("paragraph", edition.cites("The minister promised", edition.spanish)),
        ("paragraph", RichText(f"<p>{CLOSED_WORDS}</p>")),
    ]
    story = edition.story(slug="reservoirs", body=body)

    def close() -> None:
        closed = Story.objects.get(pk=story.pk)
        closed.access, closed.open_blocks = Story.Access.SUBSCRIBERS, 1
        closed.save()

    meanwhile(close)
    assert MARKER not in client.get("/news/reservoirs.md").text
    assert store.get("/news/reservoirs.md", PUBLIC) is None


def test_a_name_that_changes_while_its_page_or_feed_is_asked_for_is_not_kept_as_it_was(
    edition: Edition, client: Client, store: PageStore, meanwhile: Meanwhile
) -> None:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    edition.story()
    section = Section.objects.get(slug="news")
    asked: list[tuple[Any, str, str]] = [
        (person, "name", path_of(person)),
        (person, "name", f"/feeds/people/{person.pk}/rss.xml"),
        (edition.faro, "name", outlet_path(edition.faro.pk, edition.faro.name)),
        (section, "title", "/feeds/news/rss.xml"),
    ]
    for whose, field, path in asked:
        before = getattr(whose, field)
        setattr(whose, field, f"{before} II")
        meanwhile(whose.save)
        answer = client.get(path)
        assert answer.status_code == 301 or f"{before} II" in answer.text, path
        kept = store.get(path, PUBLIC)
        assert kept is None or f"{before} II" in kept.body.decode(), path
        setattr(whose, field, before)
        whose.save()
        store.drop({"site"})


def test_a_name_that_is_given_back_leads_in_no_circle(edition: Edition, client: Client) -> None:
    """Browsers keep a 301 for good unless they are told not to."""
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    edition.story()
    for path in (f"/people/{person.pk}/before/", f"/outlets/{edition.faro.pk}/before/"):
        moved = client.get(path)
        assert (moved.status_code, moved["Cache-Control"]) == (301, "no-cache")
