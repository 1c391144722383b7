"""A reader's own page: what other rooms show on it, in order, and the ways on; looked at by axe on desk and telephone."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from careo.paper.actions import save_story
from careo.readers.leaving import ask_to_leave
from careo.readers.models import Reader
from tests.paper.edition import Edition
from tests.project.lives import PASSWORD, House, lived

pytestmark = pytest.mark.django_db
WORD = "anapest"


@pytest.fixture
def house(edition: Edition) -> House:
    return House.built(edition)


@pytest.fixture
def edition() -> Edition:
    return Edition()


@pytest.fixture
def ana(house: House) -> Reader:
    return lived(WORD, house)


def test_it_shows_stories_and_forum_and_leads_to_everything_of_the_reader(
    house: House, ana: Reader, edition: Edition, client: Client
) -> None:
    for headline in ("Second", "Third", "Fourth"):
        save_story(edition.story(headline), reader=ana)
    client.force_login(ana)
    page = client.get("/account/").content.decode()
    assert [page.index(one) for one in ("Fourth", "Third", "Second")] == sorted(
        page.index(one) for one in ("Fourth", "Third", "Second")
    )
    assert house.story.title not in page  # the last three alone
    assert "Your saved stories</a> (4)" in page
    assert "You wrote 2 posts." in page
    for path in ("/account/saved/", "/account/given/", "/account/subscription/", "/account/download/", "/account/delete/",
                 "/account/email/", "/account/password/change/", "/forum/notices/",
                 "/forum/following/", "/forum/decisions/"):  # fmt: skip
        assert f'href="{path}"' in page, path
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        assert answer["Cache-Control"].startswith("private, no-store"), path


def test_a_new_reader_s_page_shows_no_forum_and_says_how_to_save(client: Client) -> None:
    client.force_login(Reader.objects.create_user("eva@example.org"))
    page = client.get("/account/").content.decode()
    assert "You have saved no story yet" in page
    assert "You wrote" not in page
    assert "Decisions about you" not in page


def test_a_withdrawn_story_is_not_on_it(house: House, ana: Reader, client: Client) -> None:
    client.force_login(ana)
    assert house.story.title in client.get("/account/").content.decode()
    house.story.unpublish()
    assert house.story.title not in client.get("/account/").content.decode()


def test_who_asked_to_be_deleted_is_told_and_may_stay(ana: Reader, client: Client) -> None:
    ask_to_leave(ana, keeps_posts=True)
    client.force_login(ana)
    page = client.get("/account/").content.decode()
    assert "This account will be deleted on" in page
    assert 'href="/account/stay/"' in page


@pytest.mark.browser
@pytest.mark.parametrize("device", ["page", "phone"])
def test_axe_finds_nothing_on_the_reader_s_pages(
    paper_server: LiveServer,
    ana: Reader,
    house: House,
    device: str,
    request: pytest.FixtureRequest,
    axe: Callable[..., list[str]],
    settings: Any,
) -> None:
    settings.CAREO_ADDRESS = paper_server.url
    page: Page = request.getfixturevalue(device)
    page.goto(f"{paper_server.url}/account/login/")
    page.locator("main").get_by_label("Email").fill(ana.email)
    page.locator("main").get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in").click()
    page.goto(f"{paper_server.url}/account/download/")
    page.locator("main").get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Go on").click()
    given = f"{house.story.url}give/"
    for path in ("/account/", "/account/download/", "/account/delete/", "/account/saved/", "/account/given/",
                 f"{house.story.url}save/", given, "/given/forged/"):  # fmt: skip
        page.goto(f"{paper_server.url}{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{device}{path.replace('/', '-')}.png", full_page=True)
    page.goto(f"{paper_server.url}{given}")
    page.goto(page.get_by_label("The link").input_value())
    assert axe(page) == []
    ask_to_leave(ana, keeps_posts=True)
    page.goto(f"{paper_server.url}/account/stay/")
    assert axe(page) == []
    if shots:
        page.screenshot(path=f"{shots}/{device}-stay.png", full_page=True)
