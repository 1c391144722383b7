"""The archive by day: what appeared on it, and the way to the days beside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.paper.edition import Edition


def on(day: int, hour: int = 12) -> dict[str, Any]:
    when = datetime(2026, 3, day, hour, tzinfo=UTC)
    return {"first_published_at": when, "last_published_at": when}


@pytest.mark.both_databases
def test_a_day_shows_its_stories_and_leads_to_the_days_beside_it(edition: Edition, client: Client) -> None:
    for day in (2, 5, 5, 9):
        edition.story(f"Story of day {day}", **on(day))
    page = client.get("/archive/2026/3/5/").text
    assert page.count(">Story of day 5</a>") == 2
    assert "Story of day 2" not in page
    assert "Thursday, 5 March 2026" in page
    assert '<a href="/archive/2026/3/2/" rel="prev">' in page
    assert '<a href="/archive/2026/3/9/" rel="next">' in page
    assert 'rel="prev"' not in client.get("/archive/2026/3/2/").text


def test_a_story_leads_to_its_day_and_a_day_belongs_to_the_paper_s_own_clock(
    edition: Edition, client: Client, settings: Any
) -> None:
    early = edition.story("In the small hours", **on(6, 0))
    assert "/archive/2026/3/6/" in client.get(early.url).text
    assert client.get("/archive/2026/3/6/").status_code == 200
    assert client.get("/archive/2026/3/5/").status_code == 404


def test_closed_stories_stand_in_it_without_their_body_and_drafts_do_not(
    edition: Edition, client: Client
) -> None:
    edition.closed_story("A closed one", **on(5))
    edition.story("A draft", live=False, **on(5))
    page = client.get("/archive/2026/3/5/").text
    assert "A closed one" in page
    assert "The minister promised" not in page
    assert "A draft" not in page


@pytest.mark.parametrize(
    "path", ["2026/2/30/", "0/1/1/", "99999999999/1/1/", "2026/13/1/", "1/1/1/", "9999/12/31/", "2026/3/5/"]
)
def test_a_day_that_is_none_or_holds_nothing_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(f"/archive/{path}").status_code == 404
