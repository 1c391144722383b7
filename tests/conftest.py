"""What every room's tests may ask for: the first copy of the database, a paper being served, and a real browser.

`paper_server` serves the test's own database over real HTTP; tests that use it need no `django_db` mark.
`page` is a fresh browser page at desk width; `phone` one at telephone width; `axe(page)` lists WCAG violations.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.tools import browser as browser_tools
from tests.tools.first_rows import FirstRows
from tests.tools.log_guard import open_the_log_to_flush
from tests.tools.seaweed import Seaweed, running_seaweed

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker
    from pytest_django.live_server_helper import LiveServer

# How long one example takes says how busy the machine is; a test that hangs is stopped by the run's own limit.
settings.register_profile("newsroom", deadline=None)
settings.load_profile("newsroom")

FIRST_ROWS = FirstRows()
open_the_log_to_flush()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Each process has a folder of its own already; under another name the copy would not be found, and all be migrated."""


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database lies there already, copied; see tests/settings.py."""
    return "DATABASE_URL" not in os.environ


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    FIRST_ROWS.keep(django_db_blocker)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    FIRST_ROWS.put_back()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    FIRST_ROWS.note(item)


@pytest.fixture(scope="session")
def seaweed() -> Iterator[Seaweed]:
    """A store in S3's manner, one a session: give each test a prefix of its own, and start it again after stopping it."""
    with running_seaweed() as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file of tests: while it runs, its event loop stands in the way of anyone else's."""
    if not browser_tools.KEPT.exists():
        pytest.fail("No browser has been found for the tests: run `make .cache/chromium`.")
    # Playwright's loop runs in this thread; the database is asked between its calls, never during one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = browser_tools.KEPT.read_text()
        browser = playwright.chromium.launch(executable_path=path, args=browser_tools.flags())
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    yield from _page(chromium, width=1280, height=900)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    yield from _page(chromium, width=390, height=844)


def _page(chromium: Browser, *, width: int, height: int) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def paper_server(live_server: LiveServer, settings: Any) -> LiveServer:
    """The paper over real HTTP on a port of its own, from the test's database; `.url` is its address."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Ask axe-core about a page, or the part of it that a selector names: one line for each violation."""
    script = Path(".cache/npm/node_modules/axe-core/axe.min.js").read_text()

    def ask(page: Page, within: str | None = None) -> list[str]:
        page.evaluate(script)
        found = page.evaluate(
            "([within, tags]) => axe.run(within || document, {runOnly: tags}).then(answer => answer.violations)",
            [within, AXE_TAGS],
        )
        return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]

    return ask
