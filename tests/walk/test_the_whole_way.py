"""The whole way once, in a browser, against the real command: from two outlets' pages to a thread that a visitor can't read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.project.command import Careo
from tests.project.newspaper import Newspaper
from tests.tools.editor import select, wait_until_kept
from tests.walk.outlets import FARO, WIRE, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EDITOR, SUBSCRIBER = "editor@meridiapost.example", "nadia@readers.example"
PASSWORD = "a long and winding password"
POST = "Whoever says that nothing has begun should come and hold a bucket."


@pytest.fixture
def newspaper(tmp_path: Path) -> Iterator[Newspaper]:
    running = Newspaper(tmp_path / "data", CAREO_FETCH_HOSTS="127.0.0.1,localhost")
    try:
        running.wait_until_it_answers()
        yield running
    finally:
        running.end()


@pytest.fixture
def careo(newspaper: Newspaper) -> Careo:
    return Careo(newspaper.data, CAREO_BIND=newspaper.host)


def test_a_report_goes_the_whole_way_to_a_thread_that_a_visitor_cannot_read(
    newspaper: Newspaper, careo: Careo, chromium: Browser
) -> None:
    home = f"http://{newspaper.host}"
    desk = _visit(chromium)
    _become_editor(desk, careo)
    with served(FARO, "127.0.0.1") as spanish, served(WIRE, "localhost") as english:
        _take_in(desk, home, [spanish, english])
    _say_by_what_right(desk, home, FARO.outlet, WIRE.outlet)
    _see_who_said_what(desk, home)
    _see_them_face_to_face(desk, home)
    address = _write_and_publish(desk, home)

    reader = _visit(chromium)
    _sign_up(reader, home, newspaper.data / "mail")
    careo.python(GRANT)
    _log_in(reader, home, SUBSCRIBER)
    _open_a_citation(reader, home + address)
    thread = _write_a_post(reader, home + address)

    _cannot_read(_visit(chromium), home, address, thread)


GRANT = f"""
from careo.readers.actions import grant
from careo.readers.models import Plan, Reader
grant(Reader.objects.get(email="{SUBSCRIBER}"), Plan.objects.create(name="Yearly", slug="yearly"), by=None)
"""


def _visit(chromium: Browser) -> Page:
    """A browser of its own for each person."""
    return chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()


def _become_editor(page: Page, careo: Careo) -> None:
    page.goto(careo("editor", "add", EDITOR).stdout.strip())
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form").get_by_role("button").click()
    _log_in(page, page.url.split("/account")[0], EDITOR)


def _log_in(page: Page, home: str, email: str) -> None:
    page.goto(f"{home}/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Log in").click()
    expect(
        page.get_by_role("button", name="Log out").or_(page.get_by_role("link", name="Log out")).first
    ).to_be_visible()


def _take_in(page: Page, home: str, addresses: list[str]) -> None:
    page.goto(f"{home}/desk/capture/")
    page.locator("textarea[name=addresses]").fill("\n".join(addresses))
    page.get_by_role("button", name="Take in").click()
    taken_in = page.get_by_role("region", name="Taken in")
    expect(taken_in).to_contain_text(FARO.headline)
    expect(taken_in).to_contain_text(WIRE.headline)


def _say_by_what_right(page: Page, home: str, *outlets: str) -> None:
    """Until somebody has, readers are shown none of an outlet's words."""
    for outlet in outlets:
        page.goto(f"{home}/desk/outlet/")
        page.get_by_role("link", name=outlet, exact=True).click()
        page.get_by_label("Basis of use").select_option("Right of quotation")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url(f"{home}/desk/outlet/")


def _see_who_said_what(page: Page, home: str) -> None:
    _reload_until(page, f"{home}/desk/reports/", WIRE.headline)
    page.get_by_role("link", name=WIRE.headline).first.click()
    _reload_until(page, page.url, "Confirm")
    expect(page.locator("main")).to_contain_text("Julián Barrera")
    page.get_by_role("button", name="Confirm").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("confirmed", re.IGNORECASE))


def _see_them_face_to_face(page: Page, home: str) -> None:
    _reload_until(page, f"{home}/desk/events/", "Puerto Alba")
    page.get_by_role("link", name=re.compile("Puerto Alba")).first.click()
    _reload_until(page, page.url, "No nos queda otra salida")
    row = page.get_by_role("row").filter(has_text="No nos queda otra salida")
    expect(row).to_contain_text("We have no other way out")


def _write_and_publish(page: Page, home: str) -> str:
    page.goto(f"{home}/desk/stories/from-event/")
    page.locator("main").get_by_role("link", name=FARO.headline).or_(
        page.get_by_role("link", name=WIRE.headline)
    ).first.click()
    page.locator("input[name=title]").fill("Minister orders water cuts in Puerto Alba")
    page.get_by_role("button", name="Begin the story").click()
    page.locator("textarea[name=standfirst]").fill("The reservoir of Las Garzas is at 23 percent")
    _write_paragraph(
        page,
        "Water Minister Julián Barrera says that the reservoir of Las Garzas is at 23 percent. "
        "Water is to be cut in Puerto Alba from Monday.",
    )
    _cite(page, "says that the reservoir of Las Garzas is at 23 percent", "No nos queda otra salida")
    _cite(page, "Water is to be cut in Puerto Alba from Monday", "habrá cortes de agua")
    wait_until_kept(page)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()
    edit = page.url
    number = re.search(r"/pages/(\d+)/", edit)
    assert number, edit
    page.goto(f"{home}/desk/stories/{number[1]}/check/")
    expect(page.locator("main")).not_to_contain_text("stands in no")
    page.goto(edit)
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").first.click()
    page.wait_for_load_state()
    view = page.get_by_role("link", name=re.compile("View live")).first.get_attribute("href")
    assert view
    return view.removeprefix(home)


def _write_paragraph(page: Page, words: str) -> None:
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Paragraph").click()
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.type(words)


def _cite(page: Page, words: str, passage: str) -> None:
    """Select `words` in the editor and cite the statement that holds `passage`."""
    select(page, words)
    page.locator("button[name=CITATION]:visible").click()
    chooser = page.locator(".citing")
    statement = chooser.get_by_role("listitem").filter(has_text=passage).first
    statement.get_by_role("button", name="Add", exact=True).click()
    chooser.get_by_role("button", name=re.compile("^Cite this")).click()
    expect(page.locator(".citation-mark", has_text=words)).to_be_visible()


def _sign_up(page: Page, home: str, mail: Path) -> None:
    page.goto(f"{home}/account/signup/")
    page.locator("main").get_by_label("Email").fill(SUBSCRIBER)
    page.get_by_label("Pen name").fill("Nadia from the Muelle")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Open the account").click()
    letters = [message_from_bytes(file.read_bytes(), policy=default) for file in mail.iterdir()]
    (letter,) = [one for one in letters if SUBSCRIBER in one["to"]]
    body = letter.get_body(("plain",))
    assert body
    link = re.search(rf"{home}/account/\S+", body.get_content())
    assert link, body.get_content()
    page.goto(link[0])
    page.locator("main form").get_by_role("button").first.click()


def _open_a_citation(page: Page, story: str) -> None:
    page.goto(story)
    page.locator("a.citation").first.click()
    passage = page.get_by_text("No nos queda otra salida").locator("visible=true").first
    expect(passage).to_be_in_viewport()


def _write_a_post(page: Page, story: str) -> str:
    page.goto(story)
    page.get_by_role("link", name=re.compile("thread")).click()
    page.locator("main textarea").fill(POST)
    page.get_by_role("button", name="Post it").click()
    expect(page.locator("main")).to_contain_text(POST)
    return page.url.split("#")[0].split("?")[0]


def _cannot_read(page: Page, home: str, story: str, thread: str) -> None:
    answer = page.goto(thread)
    assert answer
    assert answer.status == 403
    assert "no-store" in answer.headers["cache-control"]
    assert "hold a bucket" not in page.content()
    expect(page.locator("main")).to_contain_text("subscribe")
    for path in (story, "/", "/search/?query=bucket", "/feeds/rss.xml", "/forum/"):
        assert "hold a bucket" not in page.request.get(home + path).text(), path


def _reload_until(page: Page, address: str, words: str, seconds: float = 60) -> None:
    """The worker reads while the editor waits."""
    end = time.monotonic() + seconds
    while True:
        page.goto(address)
        if words in page.locator("main").inner_text():
            return
        assert time.monotonic() < end, (
            f"{words!r} did not appear at {address}:\n{page.locator('main').inner_text()}"
        )
        time.sleep(0.5)
