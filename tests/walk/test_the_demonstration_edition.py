"""What `careo demo` makes: the map that other programs rely on, and pages that anyone can read who may."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.walk.conftest import Meridia

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Axe = Callable[..., list[str]]
PATHS = {"home", "section", "story", "closed_story", "forum", "thread", "person", "event", "search", "login", "desk",
         "desk_event"}  # fmt: skip
CORRECTED = "/economy/what-a-day-at-anchor-costs/"
WEEKLY = "/editions/2026-03-07-weekly/"
PUBLIC = ("home", "section", "story", "closed_story", "search", "login")


def test_its_map_has_every_page_and_person_and_every_page_answers(meridia: Meridia, page: Page) -> None:
    assert set(meridia.map) == {"careo", "address", "paths", "marker", "post_marker", "logins"}
    assert set(meridia.map["paths"]) == PATHS
    assert set(meridia.map["logins"]) == {"editor", "subscriber", "reader", "moderator"}
    for name in PUBLIC:
        answer = page.goto(meridia.at(name))
        assert answer, name
        assert answer.status == 200, name


def test_made_again_it_prints_the_same_map(meridia: Meridia) -> None:
    assert json.loads(meridia.careo("demo", "--json").stdout) == meridia.map
    assert stat.S_IMODE((meridia.newspaper.data / "demo.json").stat().st_mode) == 0o600


def test_it_is_not_mixed_with_a_newspaper_that_has_work_of_its_own(meridia: Meridia) -> None:
    (meridia.newspaper.data / "demo.json").rename(meridia.newspaper.data / "aside.json")
    try:
        done = meridia.careo("demo", check=False)
    finally:
        (meridia.newspaper.data / "aside.json").rename(meridia.newspaper.data / "demo.json")
    assert done.returncode == 3
    assert "set CAREO_DATA to an empty folder and try again" in done.stderr


def test_the_closed_part_reaches_a_subscriber_alone(meridia: Meridia, page: Page) -> None:
    marker = meridia.map["marker"]
    for name in (*PUBLIC, "forum", "thread"):
        assert marker not in page.request.get(meridia.at(name)).text(), name
    lists = ("/feeds/rss.xml", "/feeds/atom.xml", "/sitemap.xml", "/editions/", WEEKLY)
    for path in (*lists, f"/search/?query={marker}"):
        text = (
            page.request.get(meridia.map["address"] + path)
            .text()
            .replace(f"“{marker}”", "")
            .replace(f'value="{marker}"', "")
        )
        assert marker not in text, path
    meridia.as_("reader", page).goto(meridia.at("closed_story"))
    assert marker not in page.content()


def test_a_subscriber_reads_the_closed_part_and_the_thread(meridia: Meridia, page: Page) -> None:
    meridia.as_("subscriber", page).goto(meridia.at("closed_story"))
    assert meridia.map["marker"] in page.content()
    page.goto(meridia.at("thread"))
    assert meridia.map["post_marker"] in page.content()


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_the_thread_is_closed_to_whoever_does_not_subscribe(meridia: Meridia, page: Page, who: str) -> None:
    if who == "reader":
        meridia.as_("reader", page)
    answer = page.goto(meridia.at("thread"))
    assert answer
    assert answer.status == 403
    assert answer.headers["cache-control"] == "private, no-store"
    assert meridia.map["post_marker"] not in page.content()
    assert "subscriber" in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["home", "section", "story", "closed_story", "search", "login", "forum"])
def test_axe_finds_nothing_on_what_visitors_see(meridia: Meridia, page: Page, axe: Axe, name: str) -> None:
    page.goto(meridia.at(name))
    assert axe(page) == []


@pytest.mark.parametrize("at", ["versions/", "versions/2/", "made/", "citations/1/"])
def test_a_corrected_story_s_record_is_sound_and_to_be_read_by_all(
    meridia: Meridia, phone: Page, axe: Axe, at: str
) -> None:
    phone.goto(f"{meridia.map['address']}{CORRECTED}{at}")
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_corrected_story_tells_what_it_said_before_and_its_citations_hold(
    meridia: Meridia, page: Page
) -> None:
    page.goto(meridia.map["address"] + CORRECTED)
    page.get_by_role("link", name="versions").click()
    page.get_by_role("link", name="Version 2").click()
    assert page.locator("main del").all_inner_texts() == ["24,000 "]
    assert page.locator("main ins").all_inner_texts() == ["2,400 "]
    page.goto(meridia.map["address"] + CORRECTED)
    page.get_by_role("link", name="Verify citation 1", exact=True).click()
    expect(page.get_by_text("Verified: the page is kept as it was captured")).to_be_visible()
    page.goto(f"{meridia.map['address']}/corrections/")
    assert "The union speaks of 2,400." in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["home", "story", "closed_story"])
def test_axe_finds_nothing_in_the_dark(meridia: Meridia, dark: Page, axe: Axe, name: str) -> None:
    dark.goto(meridia.at(name))
    assert axe(dark) == []


def test_axe_finds_nothing_on_the_thread_nor_on_a_telephone(meridia: Meridia, phone: Page, axe: Axe) -> None:
    meridia.as_("subscriber", phone).goto(meridia.at("thread"))
    assert axe(phone) == []


def test_axe_finds_nothing_in_what_we_render_at_the_desk(meridia: Meridia, page: Page, axe: Axe) -> None:
    """Wagtail's own frame around it is Wagtail's to mend."""
    meridia.as_("editor", page).goto(meridia.at("desk_event"))
    assert axe(page, "main .nice-padding, main [data-careo]") == []


def test_its_e_mail_editions_stand_in_the_archive_and_were_sent_to_nobody(
    meridia: Meridia, page: Page, phone: Page, axe: Axe
) -> None:
    page.goto(f"{meridia.map['address']}/editions/")
    assert axe(page) == []
    page.get_by_role("link", name="The Meridia Post, the week to 7 March 2026").click()
    assert page.url.endswith(WEEKLY)
    assert page.locator("main h2").count() == 4
    assert page.get_by_text("For subscribers").count() == 1
    assert axe(page) == []
    phone.goto(page.url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    mails = (meridia.newspaper.data / "mail").glob("*")
    assert not [mail for mail in mails if "List-Unsubscribe" in mail.read_text()], "others are of other tests"


@pytest.mark.parametrize("name", ["home", "section", "story", "closed_story", "search", "login"])
def test_no_page_is_wider_than_a_telephone(meridia: Meridia, phone: Page, name: str) -> None:
    phone.goto(meridia.at(name))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
