"""A search is narrowed by section, person, outlet and day, and offers only what the open parts of stories tell."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from careo.record.models import Person
from tests.paper.edition import Edition, statement

pytestmark = pytest.mark.django_db


def found(client: Client, **asked: Any) -> list[str]:
    answer = client.get("/search/?" + urlencode({name.rstrip("_"): value for name, value in asked.items()}))
    assert answer.status_code == 200
    return re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", answer.text)


def offered(client: Client, name: str, query: str = "") -> list[str]:
    select = re.search(
        rf'<select name="{name}">(.*?)</select>', client.get(f"/search/{query}").text, re.DOTALL
    )
    return re.findall(r"<option value=\"[^\"]+\"(?: selected)?>(.*?)</option>", select[1]) if select else []


@pytest.mark.both_databases
def test_stories_are_narrowed_by_section_with_words_and_without(edition: Edition, client: Client) -> None:
    sport = edition.section("Sport", "sport")
    edition.story("A ferry race", section=sport)
    edition.story("The night ferry")
    assert found(client, section="sport") == ["A ferry race"]
    assert found(client, q="ferry", section="sport") == ["A <mark>ferry</mark> race"]
    assert found(client, q="night", section="sport") == []
    assert "Sport" in offered(client, "section")


@pytest.mark.both_databases
def test_stories_are_narrowed_by_the_person_quoted_and_the_outlet_cited(
    edition: Edition, client: Client
) -> None:
    olmedo = statement(edition.spanish, "Teresa Olmedo")
    olmedo.person = Person.objects.create(name="Teresa Olmedo")
    olmedo.save()
    edition.story("She promises")
    edition.story("He announces", body=[("paragraph", edition.cites("It comes", edition.english))])
    assert found(client, person=olmedo.person.pk) == ["She promises"]
    assert found(client, outlet=edition.courier.pk) == ["He announces"]
    assert found(client, outlet=edition.faro.pk, person=olmedo.person.pk) == ["She promises"]
    assert found(client, outlet=edition.courier.pk, person=olmedo.person.pk) == []
    assert offered(client, "person") == ["Teresa Olmedo"]
    assert offered(client, "outlet") == ["El Faro de Alba", "The Norland Courier"]
    page = client.get(f"/search/?outlet={edition.faro.pk}").text
    assert f'<option value="{edition.faro.pk}" selected>' in page


@pytest.mark.both_databases
def test_stories_are_narrowed_by_the_days_on_which_they_appeared(edition: Edition, client: Client) -> None:
    for day in (3, 4, 5):
        edition.story(f"Day {day}", first_published_at=datetime(2026, 3, day, 12, tzinfo=UTC))
    assert found(client, from_="2026-03-04") == ["Day 5", "Day 4"]
    assert found(client, to="2026-03-04") == ["Day 4", "Day 3"]
    assert found(client, from_="2026-03-04", to="2026-03-04") == ["Day 4"]
    assert found(client, from_="2026-03-05", to="2026-03-03") == []


def test_what_is_no_day_is_said_and_left_out(edition: Edition, client: Client) -> None:
    edition.story("The night ferry")
    for day in ("2026-13-45", "yesterday", "0000-00-00", "9999-12-31", "<b>"):
        page = client.get("/search/", {"from": day, "q": "ferry"}).text
        assert "is not a day and was left out" in page
        assert "night" in page
        assert "<b>" not in page


def test_closed_parts_drafts_and_what_may_not_be_seen_offer_nothing_and_are_found_by_no_filter(
    edition: Edition, client: Client
) -> None:
    mayor = statement(edition.english, "Esteban Quiroga")
    mayor.person = Person.objects.create(name="Esteban Quiroga")
    mayor.save()
    body = [("paragraph", edition.cites("It comes", edition.english))]
    edition.closed_story()  # cites the Courier where subscribers read
    edition.story("Draft", live=False, body=body)
    edition.story("Early", body=body, go_live_at=timezone.now() + timedelta(hours=1))
    edition.story("Late", body=body, expire_at=timezone.now() - timedelta(hours=1))
    behind = edition.story("Behind a door", body=body)
    PageViewRestriction.objects.create(page=behind, restriction_type=PageViewRestriction.LOGIN)
    assert offered(client, "outlet") == ["El Faro de Alba"]
    assert offered(client, "person") == []
    unknown = client.get("/search/?outlet=424242").text
    assert client.get(f"/search/?outlet={edition.courier.pk}").text == unknown
    assert client.get(f"/search/?person={mayor.person.pk}").text == unknown


@pytest.mark.parametrize(
    "value",
    ["0", "-1", "9" * 40, "½", "1e3", "x' OR 1=1 --", "<i>", "\ud800".encode("utf-8", "surrogatepass")],
)
@pytest.mark.parametrize("name", ["section", "person", "outlet", "from", "to", "page"])
def test_a_value_that_is_none_narrows_nothing(
    edition: Edition, client: Client, name: str, value: Any
) -> None:
    edition.story("The night ferry")
    answer = client.get("/search/?" + urlencode({"q": "ferry", name: value}))
    assert answer.status_code == 200
    assert "The night <mark>ferry</mark>" in answer.text
    assert "<i>" not in answer.text


def test_pages_of_results_keep_the_filters(edition: Edition, client: Client) -> None:
    for number in range(21):
        edition.story(f"Ferry {number}")
    page = client.get(f"/search/?q=ferry&outlet={edition.faro.pk}&section=news&from=2000-01-01").text
    for name, value in (
        ("q", "ferry"),
        ("outlet", edition.faro.pk),
        ("section", "news"),
        ("from", "2000-01-01"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert len(found(client, q="ferry", outlet=edition.faro.pk, section="news", page=2)) == 1


def test_the_words_of_an_outlets_name_cannot_act_as_an_option(edition: Edition, client: Client) -> None:
    edition.faro.name = "</option><script>alert(1)</script>"
    edition.faro.save()
    edition.story()
    assert "<script>alert" not in client.get("/search/").text


def test_a_search_costs_as_many_queries_for_many_stories_as_for_few(
    edition: Edition, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        text = RichText(f"<p>The ferry number {number} waits.</p>")
        edition.story(f"Ferry {number}", body=[("paragraph", text)])
    client.get("/search/?q=ferry")  # sites and such are remembered from here on
    # The frame 9, filters 8, their options 5, words 3, spellings of a mistyped one 3, results 5: no more for more stories.
    with django_assert_max_num_queries(33):
        client.get(f"/search/?q=ferry+wiats&outlet={edition.faro.pk}&section=news&from=2000-01-01")
