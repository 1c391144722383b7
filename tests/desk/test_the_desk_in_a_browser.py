"""The desk's pages in a real browser: words light up, acts happen in place, axe finds nothing in what is ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from careo.desk.drawing import draw
from careo.desk.models import Event
from careo.press.models import Report
from careo.readers.models import Reader
from careo.record.models import Statement

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

Axe = Callable[..., list[str]]
pytestmark = pytest.mark.browser


@pytest.fixture
def log_in(paper_server: LiveServer, editor: Reader) -> Callable[[Page], None]:
    """Make the browser an editor's."""

    def enter(page: Page) -> None:
        client = Client()
        client.force_login(editor)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": paper_server.url}]
        )

    return enter


@pytest.fixture
def in_browser(page: Page, log_in: Callable[[Page], None]) -> Page:
    log_in(page)
    return page


def statement(report: Report, words: str) -> Statement:
    return next(one for one in report.statements.all() if words in one.wording)


def test_pointing_at_a_statement_lights_up_its_words_and_the_other_way_round(
    paper_server: LiveServer, port: list[Report], in_browser: Page
) -> None:
    unhurt = statement(port[0], "Nobody was hurt")
    in_browser.goto(f"{paper_server.url}/desk/reports/{port[0].pk}/")
    item = in_browser.locator(f"#statement-{unhurt.pk}")
    item.hover()
    assert "Nobody was hurt" in " ".join(in_browser.locator(".said.is-lit").all_inner_texts())
    assert "12 people" not in " ".join(in_browser.locator(".said.is-lit").all_inner_texts())
    in_browser.get_by_text("12 people were arrested").first.hover()
    arrests = statement(port[0], "12 people")
    expect(in_browser.locator(f"#statement-{arrests.pk}")).to_have_class(
        "statement statement--suggested is-lit"
    )


def test_the_keyboard_alone_lights_up_a_statements_words(
    paper_server: LiveServer, port: list[Report], in_browser: Page
) -> None:
    unhurt = statement(port[0], "Nobody was hurt")
    in_browser.goto(f"{paper_server.url}/desk/reports/{port[0].pk}/")
    in_browser.locator(f"#in-text-{unhurt.pk}").focus()
    expect(in_browser.locator(f"#statement-{unhurt.pk}.is-lit")).to_have_count(1)
    in_browser.keyboard.press("Escape")
    expect(in_browser.locator(".is-lit")).to_have_count(0)
    in_browser.locator(f"#confirm-{unhurt.pk}").focus()
    expect(in_browser.locator(f'.said.is-lit[data-statements~="{unhurt.pk}"]').first).to_be_visible()


def test_a_statement_is_confirmed_in_place_and_the_act_is_told(
    paper_server: LiveServer, port: list[Report], in_browser: Page
) -> None:
    unhurt = statement(port[0], "Nobody was hurt")
    in_browser.goto(f"{paper_server.url}/desk/reports/{port[0].pk}/")
    in_browser.evaluate("window.here = true")
    in_browser.locator(f"#confirm-{unhurt.pk}").click()
    expect(in_browser.locator(f"#statement-{unhurt.pk}.statement--confirmed")).to_be_visible()
    expect(in_browser.locator("#told")).to_contain_text("Confirmed")
    assert in_browser.evaluate("window.here"), "the page was loaded anew"
    unhurt.refresh_from_db()
    assert unhurt.status == "confirmed"


def test_words_selected_in_the_text_become_the_statements(
    paper_server: LiveServer, port: list[Report], in_browser: Page
) -> None:
    arrests = statement(port[0], "12 people")
    in_browser.goto(f"{paper_server.url}/desk/statements/{arrests.pk}/correct/")
    in_browser.evaluate(
        """() => {
            const pieces = [...document.querySelectorAll("#report-text [data-begin]")];
            const piece = pieces.find(p => p.textContent.includes("12 people"));
            const at = piece.textContent.indexOf("12 people");
            getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + "12 people".length);
        }"""
    )
    in_browser.get_by_role("button", name="Use the words selected in the text").first.click()
    in_browser.get_by_role("button", name="Save").click()
    expect(in_browser.locator(f"#statement-{arrests.pk}")).to_contain_text("corrected")
    arrests.refresh_from_db()
    assert arrests.wording == "12 people"


def test_axe_finds_nothing_in_what_is_ours_on_the_desks_pages(
    paper_server: LiveServer, event: Event, port: list[Report], in_browser: Page, axe: Axe
) -> None:
    draw(event)
    arrests = statement(port[0], "12 people")
    for path, ours in [
        (f"reports/{port[0].pk}/", ".nice-padding"),
        (f"statements/{arrests.pk}/correct/", ".nice-padding"),
        (f"events/{event.pk}/", "#event"),
        ("reports/", "#listing-results"),
        ("events/", "#listing-results"),
    ]:
        in_browser.goto(f"{paper_server.url}/desk/{path}")
        assert axe(in_browser, ours) == [], path


def test_on_a_phone_tellings_stand_below_each_other_under_their_outlets_name(
    paper_server: LiveServer, event: Event, phone: Page, log_in: Callable[[Page], None], axe: Axe
) -> None:
    draw(event)
    log_in(phone)
    phone.goto(f"{paper_server.url}/desk/events/{event.pk}/")
    expect(phone.locator(".telling__outlet").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = phone.locator("#remark-1 .telling").all()[:2]
    above, below = first.bounding_box(), second.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"]
    assert axe(phone, "#event") == []
