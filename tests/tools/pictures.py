"""Take the pictures of the docs from the demonstration edition: `make pictures`, after a page has changed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.project.command import Careo
from tests.project.newspaper import Newspaper, free_port
from tests.tools import browser as browser_tools

TARGET = Path("docs/pictures")
# Each page that readers see most, in the four forms of docs/looks.md: width, what else.
FORMS = {"": (1280, ""), "-narrow": (390, ""), "-dark": (1280, "dark"), "-print": (820, "print")}
PAGES = ("home", "story", "person", "search")
# Name → page of the map, who looks, width, what else: dark, print, or a place to scroll to.
PICTURES: dict[str, tuple[str, str | None, int, str]] = {
    **{f"{page}{form}": (page, None, *how) for page in PAGES for form, how in FORMS.items()},
    "face-to-face": ("story", None, 1280, ".face-to-face"),
    "face-to-face-narrow": ("story", None, 390, ".face-to-face"),
    "face-to-face-dark": ("story", None, 1280, "dark .face-to-face"),
    "closed-story": ("closed_story", None, 1280, ""),
    "thread": ("thread", "subscriber", 1280, ""),
    "desk-event": ("desk_event", "editor", 1280, ""),
}


QUERIES = {"search": "?q=water"}


def main() -> None:
    """Make a demonstration edition in a folder of its own, look at it, and throw it away."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        found = json.loads(Careo(data, CAREO_BIND=f"127.0.0.1:{port}")("demo", "--json").stdout)
        newspaper = Newspaper(data, port=port)
        try:
            newspaper.wait_until_it_answers()
            _take_all(found)
        finally:
            newspaper.end()


def _take_all(found: dict[str, Any]) -> None:
    with sync_playwright() as playwright:
        path = browser_tools.KEPT.read_text()
        browser = playwright.chromium.launch(executable_path=path, args=browser_tools.flags())
        for name, (place, who, width, how) in PICTURES.items():
            page = _page(browser, found, who, width, dark=how.startswith("dark"))
            page.goto(found["address"] + found["paths"][place] + QUERIES.get(place, ""))
            _take(page, name, how)
        _take_desk(browser, found)


def _take_desk(browser: Browser, found: dict[str, Any]) -> None:
    """Pages that the map does not name: a report with its statements, the editor, the check."""
    page = _page(browser, found, "editor", 1280)
    page.goto(found["address"] + "/desk/reports/")
    page.get_by_role("link", name="El Gobierno anuncia cortes de agua").first.click()
    page.locator("[data-statement]").first.hover()
    _take(page, "desk-report", "")
    page.goto(found["address"] + "/desk/capture/")
    _take(page, "desk-capture", "")
    number = found["paths"]["thread"].strip("/").split("/")[-1]
    page.goto(f"{found['address']}/desk/pages/{number}/edit/")
    page.wait_for_selector(".citation-mark")
    page.locator(".citation-mark").first.scroll_into_view_if_needed()
    _take(page, "desk-story", "")
    page.goto(found["address"] + found["paths"]["closed_story"])
    door = page.locator("main a[href^='/forum/']").last.get_attribute("href") or ""
    page.goto(f"{found['address']}/desk/stories/{door.strip('/').split('/')[-1]}/check/")
    _take(page, "desk-check", "")


def _page(
    browser: Browser, found: dict[str, Any], who: str | None, width: int, *, dark: bool = False
) -> Page:
    scheme = "dark" if dark else "light"
    height = 844 if width < 500 else 860
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    if who:
        email, password = found["logins"][who]
        page.goto(found["address"] + found["paths"]["login"])
        form = page.locator("main form")
        form.get_by_label("Email").fill(email)
        form.get_by_label("Password").fill(password)
        form.get_by_role("button", name="Log in").click()
        page.wait_for_url(lambda url: "/login/" not in url)
    return page


def _take(page: Page, name: str, how: str) -> None:
    page.wait_for_load_state("networkidle")
    if how == "print":
        page.emulate_media(media="print")
    place = how.removeprefix("dark ")
    if place.startswith("."):
        page.locator(place).first.evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 60)")
        page.wait_for_timeout(300)
    target = TARGET / f"{name}.png"
    page.screenshot(path=target)
    # A palette is enough for pages of text, and a third of the size.
    Image.open(target).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()
