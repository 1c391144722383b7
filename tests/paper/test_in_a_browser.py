"""The paper as it is read: with a mouse, with a keyboard, without scripts, on a telephone; and by axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from careo.paper.models import ReadersNote
from careo.paper.outlets import outlet_path
from careo.paper.people import path_of
from careo.readers.actions import open_account
from careo.record.models import Person
from tests.paper.edition import Edition, picture

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


def test_a_citation_opens_its_passage_where_it_stands(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.goto(paper_server.url + edition.story().url)
    mark = page.locator("#c1")
    expect(mark).to_have_attribute("aria-expanded", "false")
    mark.click()
    opened = page.get_by_role("region", name="Passage 1")
    expect(opened).to_be_focused()
    expect(opened).to_contain_text("No habrá cortes de agua")
    expect(opened).to_contain_text("El Faro de Alba (sp)")
    expect(opened.locator("blockquote")).to_have_attribute("lang", "es")
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert "#passage" not in page.url


def test_with_the_keyboard_alone_a_passage_opens_closes_and_gives_the_place_back(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.goto(paper_server.url + edition.story().url)
    mark = page.locator("#c1")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Passage 1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sin cortes, promete Olmedo").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".passage-open")).to_have_count(0)
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close").click()
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "false")


def test_a_mark_is_a_button_to_whoever_cannot_see_it_and_answers_the_space_bar(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.goto(paper_server.url + edition.story().url)
    mark = page.get_by_role("button", name="The minister promised", expanded=False)
    mark.focus()
    page.keyboard.press("Space")
    panel = page.get_by_role("region", name="Passage 1")
    expect(panel).to_be_focused()
    opened = page.get_by_role("button", name="The minister promised", expanded=True)
    expect(opened).to_have_attribute("aria-controls", panel.get_attribute("id") or "")
    assert page.evaluate("scrollY") == 0
    opened.focus()
    page.keyboard.press("Space")
    expect(panel).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).not_to_have_attribute("aria-controls", "open-c1")


def test_from_an_opened_passage_one_tells_the_editors_of_its_sentence(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.goto(paper_server.url + edition.story().url)
    page.locator("#c1").click()
    page.get_by_role("link", name="Something wrong in this sentence?").click()
    expect(page.get_by_role("radio", name="The minister promised to all who asked. [1]")).to_be_checked()
    page.get_by_label("What is wrong with it?").fill("She promised nothing.")
    page.get_by_role("button", name="Send it to the editors").click()
    expect(page.get_by_role("status")).to_contain_text("Your note lies on the editors’ desk.")
    assert ReadersNote.objects.get().what == "She promised nothing."


def test_a_story_is_shared_copied_and_printed_from_its_page(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(
        "window.print = () => { window.printed = true; };"
        "navigator.share = async (told) => { window.shared = told; };"
    )
    story = edition.story("Cuts & no cuts?")
    page.goto(paper_server.url + story.url)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"http://testserver{story.url}"
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == {"url": f"http://testserver{story.url}", "title": story.title}
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    letter = page.get_by_role("link", name="Send it by e-mail").get_attribute("href") or ""
    assert letter.startswith("mailto:?subject=Cuts%20%26%20no%20cuts%3F&body=http%3A%2F%2Ftestserver%2F")


def test_on_paper_stand_text_passages_and_sources_and_nothing_to_press(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    edition.story("Another")
    page.goto(paper_server.url + edition.story().url)
    page.locator("#c1").click()
    page.emulate_media(media="print")
    for kept in (".body", ".passages", ".sources", ".byline"):
        expect(page.locator(kept).first).to_be_visible()
    for left_out in (".acts", ".related", ".passage-open", ".forum-door", ".masthead-row", ".imprint nav"):
        expect(page.locator(left_out)).to_be_hidden()


def test_one_passage_is_open_at_a_time(paper_server: LiveServer, edition: Edition, page: Page) -> None:
    body = [
        ("paragraph", edition.cites("One", edition.spanish)),
        ("paragraph", edition.cites("Two", edition.english)),
    ]
    page.goto(paper_server.url + edition.story(body=body).url)
    page.locator("#c1").click()
    page.locator("#c2").click()
    expect(page.locator(".passage-open")).to_have_count(1)
    expect(page.get_by_role("region", name="Passage 2")).to_be_visible()
    expect(page.locator("#c1")).to_have_attribute("aria-expanded", "false")


def test_without_scripts_a_citation_leads_to_its_passage_and_back(
    paper_server: LiveServer, edition: Edition, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(paper_server.url + edition.story().url)
    page.locator("#c1").click()
    assert page.url.endswith("#passage-1")
    expect(page.locator("#passage-1 blockquote")).to_be_visible()
    page.locator("#passage-1 a.back").click()
    assert page.url.endswith("#c1")
    expect(page.get_by_role("link", name="Your account")).to_be_visible()
    expect(page.get_by_role("link", name="Something wrong in this story?")).to_be_visible()
    expect(page.locator("button[data-act]:visible")).to_have_count(0)
    context.close()


def test_the_first_stop_of_the_keyboard_leads_past_the_head(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    page.goto(paper_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_face_to_face_stands_side_by_side_on_a_desk_and_below_each_other_on_a_telephone(
    paper_server: LiveServer, edition: Edition, page: Page, phone: Page
) -> None:
    story = edition.story(body=[("face_to_face", edition.face_to_face())])
    for reader, side_by_side in ((page, True), (phone, False)):
        reader.goto(paper_server.url + story.url)
        first, second = (reader.locator(".remark").nth(number).bounding_box() for number in (0, 1))
        assert first
        assert second
        assert (abs(first["y"] - second["y"]) < 1) is side_by_side


def test_nothing_is_wider_than_a_telephone(paper_server: LiveServer, edition: Edition, phone: Page) -> None:
    headline = "Wasserversorgungsgesellschaftsaufsichtsratsvorsitzende promises nothing"
    story = edition.story(headline, lead_picture=picture(), body=[("face_to_face", edition.face_to_face())])
    for path in (
        "/",
        "/news/",
        story.url,
        f"{story.url}wrong/",
        "/search/?q=" + "w" * 150,
        "/about/",
        "/nowhere/",
    ):
        phone.goto(paper_server.url + path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    paper_server: LiveServer, edition: Edition, page: Page, axe: Callable[..., list[str]], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    faced = edition.face_to_face()
    body = [
        ("paragraph", edition.cites("The minister promised", edition.spanish)),
        ("face_to_face", faced),
        ("heading", "What the mayor wants"),
    ]
    facing = faced["statements"][0]
    facing.person = Person.objects.create(name="Teresa Olmedo")
    facing.save()
    story = edition.story(lead_picture=picture(), lead_caption="The reservoir.", body=body)
    closed = edition.closed_story()
    for path in (
        f"{story.url}wrong/",
        path_of(facing.person),
        outlet_path(edition.faro.pk, edition.faro.name),
        "/people/",
        "/outlets/",
        "/search/?q=minster&from=nonsense",
        "/",
        "/news/",
        story.url,
        closed.url,
        "/archive/",
        "/search/?q=minister",
        "/about/",
        "/nowhere/",
    ):
        page.goto(paper_server.url + path)
        assert axe(page) == [], path
    page.goto(paper_server.url + story.url)
    page.locator("#c1").click()
    assert axe(page) == []


def test_the_pages_ask_only_our_own_server_and_break_no_policy(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/", edition.story(lead_picture=picture()).url):
        page.goto(paper_server.url + path, wait_until="networkidle")
    assert all(address.startswith(paper_server.url) for address in asked)
    assert [complaint for complaint in complaints if "404" not in complaint] == []


def test_the_corner_knows_its_reader_and_the_page_does_not(
    paper_server: LiveServer, edition: Edition, page: Page, settings: Any, client: Client
) -> None:
    client.force_login(open_account("ana@example.org", "correct horse of Alba", pen_name="Ana de Alba"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": paper_server.url}]
    )
    answer = page.goto(paper_server.url)
    assert answer
    assert "Ana de Alba" not in answer.text()
    expect(page.locator(".corner")).to_contain_text("Ana de Alba")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_a_visitors_corner_is_asked_for_once_and_leads_back_to_the_page_at_hand(
    paper_server: LiveServer, edition: Edition, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/corner/" in request.url else None)
    for path in ("/", "/news/", "/about/"):
        page.goto(paper_server.url + path)
        log_in = page.get_by_role("link", name="Log in")
        expect(log_in).to_be_visible()
    assert (log_in.get_attribute("href") or "").endswith("next=%2Fabout%2F")
    assert len(asked) == 1
    page.goto(paper_server.url + "/account/login/")
    page.goto(paper_server.url + "/news/", wait_until="networkidle")
    assert len(asked) == 3
