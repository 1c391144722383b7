"""The theme that docs/themes.md makes in ten minutes, made from its very words and looked at in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.project.newspaper import Newspaper

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS = Path(__file__).parents[2] / "docs" / "themes.md"
FILE = re.compile(r"^`(alba/[\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def alba(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files that the page tells to make."""
    here = tmp_path_factory.mktemp("theme")
    files = FILE.findall(DOCS.read_text())
    assert {name for name, _ in files} == {
        "alba/theme.css",
        "alba/static/alba/mark.svg",
        "alba/templates/base.html",
    }
    for name, text in files:
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text)
    return here / "alba"


Serve = Callable[..., Newspaper]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serves the one newspaper, under one theme or another."""
    begun: list[Newspaper] = []

    def start(theme: Path | None = None) -> Newspaper:
        if begun:
            begun[-1].stop()
        port = begun[-1].port if begun else 0
        begun.append(Newspaper(tmp_path / "data", port=port, CAREO_THEME=str(theme or "")))
        begun[-1].wait_until_it_answers()
        return begun[-1]

    yield start
    for newspaper in begun:
        newspaper.end()


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_theme_of_the_docs_is_seen_on_every_page_and_gone_without_it(
    serve: Serve, alba: Path, page: Page, axe: Callable[..., list[str]]
) -> None:
    blue = serve(alba)
    for path in ("/", "/news/", "/account/login/", "/nowhere/"):
        page.goto(f"http://{blue.host}{path}")
        assert ground(page) == "rgb(244, 248, 251)", path
        assert page.locator("link[rel=stylesheet][href*='paper.css']").count() == 1
    page.goto(f"http://{blue.host}/")
    expect(page.locator(".motto")).to_have_text("From Puerto Alba, every sentence with its source")
    assert axe(page) == []
    css = page.locator("link[rel=stylesheet]").get_attribute("href") or ""
    status, headers, body = blue.get(css, Accept_Encoding="identity")
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    mark = re.search(rb"url\((/static/alba/mark\.svg\?v=\w{10})\)", body)
    assert mark
    assert blue.get(mark[1].decode())[1]["content-type"] == "image/svg+xml"

    plain = serve()
    page.goto(f"http://{plain.host}/")
    assert ground(page) == "rgb(255, 253, 249)"
    expect(page.locator(".motto")).to_have_count(0)


def test_careo_serve_will_not_start_with_a_theme_that_is_none(tmp_path: Path) -> None:
    newspaper = Newspaper(tmp_path / "data", CAREO_THEME=str(tmp_path / "albs"))
    assert newspaper.process.wait(60) == 3
    assert f"CAREO_THEME is '{tmp_path / 'albs'}'; it must be a folder's path" in newspaper.said()
