"""Search finds what all may read, by whatever is typed, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from tests.paper.edition import CLOSED_WORDS, MARKER, Edition


def found(client: Client, words: str) -> list[str]:
    answer = client.get(f"/search/?q={quote(words)}")
    assert answer.status_code == 200
    return re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", answer.text)


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
