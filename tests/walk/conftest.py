"""The demonstration edition, made and served once for all tests that look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.project.command import Careo
from tests.project.newspaper import Newspaper, free_port


@dataclass(frozen=True)
class Meridia:
    """The Meridia Post while it is being served; `map` as `careo demo --json` prints it."""

    newspaper: Newspaper
    careo: Careo
    map: dict[str, Any]

    def at(self, name: str) -> str:
        """The address of a page that the map names."""
        return f"{self.map['address']}{self.map['paths'][name]}"

    def as_(self, who: str, page: Page) -> Page:
        """The page, logged in as one of the map's people."""
        email, password = self.map["logins"][who]
        page.goto(self.at("login"))
        form = page.locator("main form")
        form.get_by_label("Email").fill(email)
        form.get_by_label("Password").fill(password)
        form.get_by_role("button", name="Log in").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        return page


@pytest.fixture(scope="session")
def meridia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meridia]:
    data, port = tmp_path_factory.mktemp("meridia") / "data", free_port()
    careo = Careo(data, CAREO_BIND=f"127.0.0.1:{port}")
    found = json.loads(careo("demo", "--json").stdout)
    newspaper = Newspaper(data, port=port)
    try:
        newspaper.wait_until_it_answers()
        yield Meridia(newspaper, careo, found)
    finally:
        newspaper.end()


@pytest.fixture
def dark(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    yield context.new_page()
    context.close()
