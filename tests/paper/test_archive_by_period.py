"""The archive by year and month: how many stories, and the way from a year to its months, days and stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from tests.paper.edition import Edition


def on(year: int, month: int, day: int) -> dict[str, Any]:
    when = datetime(year, month, day, 12, tzinfo=UTC)
    return {"first_published_at": when, "last_published_at": when}


@pytest.fixture
def three_years(edition: Edition) -> Edition:
    for when in ((2024, 12, 31), (2026, 3, 5), (2026, 3, 5), (2026, 3, 9), (2026, 5, 1), (2027, 1, 1)):
        edition.story(f"Story of {when}", **on(*when))
    return edition


@pytest.mark.both_databases
def test_a_year_leads_to_its_months_a_month_to_its_days_and_both_to_their_neighbours(
    three_years: Edition, client: Client
) -> None:
    archive, year, month = (client.get(f"/archive/{path}").text for path in ("", "2026/", "2026/3/"))
    assert '<a href="/archive/2026/">2026 (4)</a>' in archive
    assert archive.index("2027 (1)") < archive.index("2026 (4)") < archive.index("2024 (1)")
    assert '<a href="/archive/2026/3/">March 2026</a>, 3 stories' in year
    assert '<a href="/archive/2026/5/">May 2026</a>, 1 story' in year
    assert '<a href="/archive/2024/" rel="prev">← 2024</a>' in year
    assert '<a href="/archive/2027/" rel="next">2027 →</a>' in year
    assert '<a href="/archive/2026/3/5/">Thursday, 5 March</a>, 2 stories' in month
    assert '<a href="/archive/2024/12/" rel="prev">← December 2024</a>' in month
    assert '<a href="/archive/2026/5/" rel="next">May 2026 →</a>' in month
    assert '<a href="/archive/2026/">2026</a>' in month
    assert '<a href="/archive/2026/3/">March 2026</a>' in client.get("/archive/2026/3/5/").text


def test_what_may_not_be_seen_is_not_counted(edition: Edition, client: Client) -> None:
    edition.story("A draft", live=False, **on(2026, 3, 5))
    hidden = edition.story("Restricted", **on(2026, 3, 6))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/archive/2026/").status_code == 404
    edition.closed_story("Closed", **on(2026, 3, 7))
    page = client.get("/archive/2026/3/").text
    assert "7 March" in page
    assert "5 March" not in page
    assert "6 March" not in page


def test_a_month_is_kept_and_made_anew_when_a_story_appears_in_it(
    three_years: Edition,
    client: Client,
    store: PageStore,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    for path in ("/archive/2026/", "/archive/2026/3/"):
        client.get(path)
        assert store.get(path, PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        three_years.story("Another", **on(2026, 3, 9))
    assert "March 2026</a>, 4 stories" in client.get("/archive/2026/").text
    assert "9 March</a>, 2 stories" in client.get("/archive/2026/3/").text


@pytest.mark.parametrize(
    "path",
    ["0/", "1599/", "3000/", "99999999999999999999/", "2026/", "2026/0/", "2026/13/", "2026/3/", "9999/12/"],
)
def test_a_period_that_is_none_or_holds_nothing_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(f"/archive/{path}").status_code == 404
