"""Saving a story: by the button on a page that is the same for everybody, by a form with a token, and off the list again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper import actions
from careo.paper.actions import save_story
from careo.paper.models import SavedStory
from careo.readers.actions import open_account
from careo.readers.models import Reader
from tests.paper.edition import MARKER, Edition

OURS = {"Origin": "http://testserver"}
PASSWORD = "correct horse of Alba"


@pytest.fixture
def ana(db: None) -> Reader:
    return open_account("ana@example.org", PASSWORD, pen_name="Ana")


@pytest.fixture
def anas(ana: Reader) -> Client:
    """Ana's browser; it must send a form's token back, where a page has one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.both_databases
def test_the_button_saves_and_the_list_shows_the_last_saved_first(edition: Edition, anas: Client) -> None:
    first, second = edition.story("First"), edition.story("Second")
    for story in (second, first, second):
        answer = anas.post(f"{story.url}save/", headers=OURS)
        assert (answer.status_code, answer["Location"]) == (303, f"{story.url}save/")
    assert "This story is on your list." in anas.get(f"{first.url}save/").text
    page = anas.get("/account/saved/")
    assert page["Cache-Control"] == "private, no-store"
    assert page.text.index(">First</a>") < page.text.index(">Second</a>")
    assert SavedStory.objects.count() == 2


def test_the_story_s_page_is_kept_for_all_with_its_button(
    edition: Edition, anas: Client, ana: Reader, store: PageStore
) -> None:
    story = edition.story()
    before = Client().get(story.url).content
    save_story(story, reader=ana)
    assert anas.get(story.url).content == before == Client().get(story.url).content
    kept = store.get(story.url, PUBLIC)
    assert kept
    assert f'<form id="save-story" method="post" action="{story.url}save/"></form>' in kept.body.decode()


def test_a_visitor_logs_in_and_comes_back_to_a_page_that_asks(edition: Edition) -> None:
    story = edition.story()
    answer = Client().post(f"{story.url}save/", headers=OURS)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={story.url}save/")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_post_from_elsewhere_saves_nothing_and_is_asked_by_a_form_with_a_token(
    edition: Edition, anas: Client, headers: dict[str, str]
) -> None:
    story = edition.story()
    page = anas.post(f"{story.url}save/", headers=headers)
    assert page.status_code == 200
    assert not SavedStory.objects.exists()
    assert anas.post("/account/saved/", {"save": story.pk}).status_code == 403
    sent = {"save": story.pk, "csrfmiddlewaretoken": token_in(page.text)}
    assert anas.post("/account/saved/", sent)["Location"] == f"{story.url}save/"
    assert SavedStory.objects.count() == 1


def test_a_story_is_taken_off_the_reader_s_own_list_alone(
    edition: Edition, anas: Client, ana: Reader
) -> None:
    story, eva = edition.story(), open_account("eva@example.org")
    for reader in (ana, eva):
        save_story(story, reader=reader)
    token = token_in(anas.get("/account/saved/").text)
    anas.post("/account/saved/", {"remove": story.pk, "csrfmiddlewaretoken": token})
    assert list(SavedStory.objects.values_list("reader", flat=True)) == [eva.pk]
    assert "You have saved no story yet" in anas.get("/account/saved/").text


def test_a_withdrawn_story_is_not_listed_and_comes_back_with_its_publishing(
    edition: Edition, anas: Client, ana: Reader
) -> None:
    story = edition.story("Withdrawn tomorrow")
    save_story(story, reader=ana)
    story.unpublish()
    assert "Withdrawn tomorrow" not in anas.get("/account/saved/").text
    story.save_revision().publish()
    assert "Withdrawn tomorrow" in anas.get("/account/saved/").text


def test_no_address_tells_whether_there_is_an_unpublished_story(
    edition: Edition, anas: Client, ana: Reader
) -> None:
    draft = edition.story("The minister will resign", live=False)
    token = token_in(anas.get(f"{edition.story().url}save/").text)
    for method in ("get", "post"):
        answers = [
            getattr(anas, method)(path, headers=OURS)
            for path in (f"/news/{draft.slug}/save/", "/news/there-is-none/save/")
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
    for name in ("save", "remove"):
        told = {
            (answer.status_code, answer["Location"])
            for number in (str(draft.pk), "987654", "0", "-1", "9" * 30, "x", "٣")
            for answer in [
                anas.post("/account/saved/", {name: number, "csrfmiddlewaretoken": token}, headers=OURS)
            ]
        }
        assert told == {(302, "/account/saved/")}
    assert not SavedStory.objects.exists()


def test_the_list_shows_nothing_of_the_closed_part(edition: Edition, anas: Client, ana: Reader) -> None:
    story = edition.closed_story()
    save_story(story, reader=ana)
    for path in ("/account/saved/", f"{story.url}save/"):
        page = anas.get(path).text
        assert story.title in page
        assert MARKER not in page


def test_a_list_that_is_full_says_so(
    edition: Edition, anas: Client, ana: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_SAVED", 1)
    save_story(edition.story("One"), reader=ana)
    answer = anas.post(f"{edition.story('Two').url}save/", headers=OURS)
    assert answer.status_code == 409
    assert "You have saved 1 stories, and no more fit" in answer.text


@pytest.mark.browser
def test_a_reader_saves_with_one_click_and_takes_it_off(
    paper_server: LiveServer,
    edition: Edition,
    ana: Reader,
    page: Page,
    settings: Any,
    axe: Callable[..., list[str]],
) -> None:
    settings.CAREO_ADDRESS = paper_server.url
    story = edition.story()
    page.goto(f"{paper_server.url}/account/login/?next={story.url}")
    page.locator("main").get_by_label("Email").fill(ana.email)
    page.locator("main").get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("This story is on your list.")
    assert axe(page) == []
    page.get_by_role("link", name="Your saved stories").click()
    expect(page.get_by_role("heading", name=story.title)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Take it off the list").click()
    expect(page.get_by_text("You have saved no story yet")).to_be_visible()
