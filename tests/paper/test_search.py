"""Search finds what all may read, by whatever is typed, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from tests.paper.edition import CLOSED_WORDS, MARKER, Edition


def found(client: Client, words: str) -> list[str]:
    answer = client.get(f"/search/?q={quote(words)}")
    assert answer.status_code == 200
    return [
        re.sub("</?mark>", "", headline)
        for headline in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", answer.text)
    ]


@pytest.mark.both_databases
def test_headline_standfirst_and_open_text_are_found(edition: Edition, client: Client) -> None:
    edition.story(
        "The night ferry returns", standfirst="Fares stay", body=[("paragraph", RichText("<p>At dawn.</p>"))]
    )
    for words in ("ferry", "FERRY", "night ferry", "fares", "dawn", "ferry dawn"):
        assert found(client, words) == ["The night ferry returns"], words
    assert found(client, "ferry reservoir") == []


@pytest.mark.both_databases
def test_the_closed_part_of_a_story_is_found_by_nobody(edition: Edition, client: Client) -> None:
    edition.closed_story("What the reservoirs hold")
    assert found(client, "minister promised") == ["What the reservoirs hold"]
    for word in (MARKER, "Courier", "disagrees", *CLOSED_WORDS.rstrip(".").split()[-3:]):
        assert found(client, word) == [], word
    page = client.get(f"/search/?q={MARKER}").text
    assert page.replace(MARKER, "nonsense") == client.get("/search/?q=nonsense").text


@pytest.mark.both_databases
def test_accents_may_be_typed_or_left_out(edition: Edition, client: Client) -> None:
    edition.story("Julián Barrera promises water")
    for words in ("Julián", "Julia\u0301n", "julian barrera", "JULIAN", "bárrera"):
        assert found(client, words) == ["Julián Barrera promises water"], words


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "***",
        '"',
        "'",
        "ferry AND",
        "NEAR(ferry, 2)",
        "title:ferry",
        "ferry*",
        "-ferry",
        "(((",
        "ferry'; DROP TABLE stories_story; --",
        "& | ! <->",
        "\x00ferry",
        "ferry\\",
        "🛳",
        "a" * 5_000,
        "ferry " * 500,
        "<script>alert(1)</script>",
    ],
)
def test_hostile_words_are_looked_up_as_words(edition: Edition, client: Client, words: str) -> None:
    edition.story("The night ferry returns")
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.both_databases
def test_drafts_and_what_is_restricted_or_out_of_its_time_are_not_found(
    edition: Edition, client: Client
) -> None:
    edition.story("A ferry in a draft", live=False)
    edition.story("A ferry too early", go_live_at=timezone.now() + timedelta(hours=1))
    edition.story("A ferry too late", expire_at=timezone.now() - timedelta(hours=1))
    restricted = edition.story("A ferry behind a door")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    edition.story("A ferry for all")
    assert found(client, "ferry") == ["A ferry for all"]


def test_nobody_is_asked_to_keep_what_somebody_looked_for(edition: Edition, client: Client) -> None:
    assert "private" in client.get("/search/?q=ferry")["Cache-Control"]
    assert 'name="robots" content="noindex"' in client.get("/search/?q=ferry").text


def test_many_results_come_page_by_page(edition: Edition, client: Client) -> None:
    for number in range(21):
        edition.story(f"Ferry {number}")
    assert len(found(client, "ferry")) == 20
    assert "Page 2 of 2" in client.get("/search/?q=ferry&page=2").text


@pytest.mark.both_databases
def test_what_was_looked_for_is_marked_in_headline_standfirst_and_an_excerpt_of_the_text(
    edition: Edition, client: Client
) -> None:
    far = "<p>" + "Nothing of the kind is said. " * 30 + "</p>"
    text = RichText(far + "<p>Julián Barrera &amp; the ferry &lt;b&gt; wait at dawn.</p>")
    edition.story("Ferry, late", standfirst="A FERRY for all", body=[("paragraph", text)])
    page = client.get("/search/?q=ferry+julian").text
    assert "<mark>Ferry</mark>, late</a></h2>" in page
    assert "A <mark>FERRY</mark> for all" in page
    assert "<mark>Julián</mark> Barrera &amp; the <mark>ferry</mark> &lt;b&gt; wait at dawn." in page
    assert '<p class="excerpt">… ' in page


@pytest.mark.both_databases
def test_small_typos_are_forgiven_and_said(edition: Edition, client: Client) -> None:
    edition.story("The night ferry returns", standfirst="", body=[])
    edition.story("Esteban Quiroga waits", standfirst="Reservoirs half empty", body=[])
    for words, spelt, headline in (
        ("ferri", "ferry", "The night ferry returns"),
        ("frery", "ferry", "The night ferry returns"),
        ("nihgt ferry", "night", "The night ferry returns"),
        ("quirroga", "Quiroga", "Esteban Quiroga waits"),
        ("resevriors", "Reservoirs", "Esteban Quiroga waits"),
    ):
        page = client.get("/search/", {"q": words}).text
        assert f"No story has “{words}”. Showing results for “{spelt}”." in page, words
        assert found(client, words) == [headline]
    for words in ("furro", "nite", "ret", "quix", "res3rvoirs", "xyzzyxyzzy"):
        assert found(client, words) == [], words
        assert "Showing results" not in client.get("/search/", {"q": words}).text


@pytest.mark.both_databases
def test_what_has_the_words_as_typed_stands_before_what_is_only_near(
    edition: Edition, client: Client
) -> None:
    edition.story("Ferrys", standfirst="", body=[("paragraph", RichText("<p>Said in the text: ferris.</p>"))])
    edition.story("Ferris", standfirst="", body=[])
    edition.story("On wheels", standfirst="", body=[("paragraph", RichText("<p>The ferrys of old.</p>"))])
    assert found(client, "ferrys") == ["Ferrys", "On wheels", "Ferris"]
    page = client.get("/search/?q=ferrys").text
    assert "Showing results for “Ferris”, too, below those with “ferrys”." in page


@pytest.mark.both_databases
def test_a_neighbour_of_a_word_that_the_story_has_is_not_marked(edition: Edition, client: Client) -> None:
    edition.story("Water later", standfirst="The reservoir", body=[])
    page = client.get("/search/?q=water+resevoir").text
    assert "<mark>Water</mark> later</a>" in page
    assert "No story has “water resevoir”. Showing results for “reservoir”. 1 story." in page


@pytest.mark.both_databases
def test_a_word_that_many_stories_have_is_not_taken_for_another(edition: Edition, client: Client) -> None:
    for number in range(3):
        edition.story(f"Cuts {number}", standfirst="", body=[])
    edition.story("Cats", standfirst="", body=[])
    assert found(client, "cuts") == ["Cuts 2", "Cuts 1", "Cuts 0"]


@pytest.mark.both_databases
def test_headlines_come_before_texts_and_of_equals_the_newer_first(edition: Edition, client: Client) -> None:
    now = timezone.now()
    ferry = [("paragraph", RichText("<p>The ferry, the ferry, the ferry, the ferry, the ferry.</p>"))]
    quiet: list[tuple[str, RichText]] = []
    edition.story("Old ferry", standfirst="", body=quiet, first_published_at=now - timedelta(days=9))
    edition.story("In the text", standfirst="", body=ferry, first_published_at=now)
    edition.story("Below", standfirst="A ferry", body=quiet, first_published_at=now)
    edition.story("New ferry", standfirst="", body=quiet, first_published_at=now - timedelta(days=1))
    edition.story("Both ferry", standfirst="", body=ferry, first_published_at=now - timedelta(days=20))
    assert found(client, "ferry") == ["Both ferry", "New ferry", "Old ferry", "Below", "In the text"]


@pytest.mark.both_databases
def test_spellings_are_taken_from_what_all_may_read_alone(edition: Edition, client: Client) -> None:
    edition.closed_story("What the reservoirs hold")
    edition.story("Zebrafish", live=False)
    edition.story("Zebrafinch", expire_at=timezone.now() - timedelta(hours=1))
    edition.story("Zebracrossing", go_live_at=timezone.now() + timedelta(hours=1))
    restricted = edition.story("Zebrawood")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    for words in ("antediluvain", "zebrafsh", "zebrafinhc", "zebracrosing", "zebrawod"):
        page = client.get("/search/", {"q": words}).text
        nothing = client.get("/search/", {"q": "nonsense"}).text
        assert page.replace(words, "nonsense") == nothing, words


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "raw",
    [
        "%ED%A0%80ferry",
        "%FF%FEferry",
        "ferry%E2%80%AE",
        "%00",
        "%22ferry%22+OR+%28",
        "%E2%80%8B" * 100,
        "+".join(f"word{number}" for number in range(300)),
        "f" * 10_000,
        "+".join(["ferri", "nihgt", "retrun"] * 100),
        "%F0%9D%94%A3erry",
        "%C2%BD",
    ],
)
def test_broken_bytes_and_floods_cost_little_and_break_nothing(
    edition: Edition, client: Client, raw: str, django_assert_max_num_queries: Any
) -> None:
    edition.story("The night ferry returns")
    with django_assert_max_num_queries(60):
        answer = client.get(f"/search/?q={raw}")
    assert answer.status_code == 200
    assert "\u202e" not in answer.text
    assert len(answer.content) < 20_000


def test_the_number_of_results_is_announced_and_every_field_has_its_label(
    edition: Edition, client: Client
) -> None:
    edition.story("The night ferry")
    page = html.fromstring(client.get("/search/?q=ferry").text)
    (said,) = page.xpath("//main//*[@role='status']")
    assert said.text_content().strip() == "1 story with “ferry”."
    fields = page.xpath("//main//form[@role='search']//*[self::input or self::select]")
    assert {field.get("name") for field in fields} == {"q", "section", "outlet", "from", "to"}
    for field in fields:
        assert field.xpath("ancestor::label") or page.xpath(f"//label[@for='{field.get('id')}']")
    assert page.xpath("//main//fieldset/legend")
