"""However many ask for a page that is not there, over real connections, it is rendered once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.views import serve

from careo.edge.flights import Flights
from careo.edge.variants import PUBLIC, SUBSCRIBER, VARIANTS
from careo.paper import story_record, views
from careo.stories import versions
from careo.stories.models import Story
from careo.stories.versions import ShownVersion
from tests.paper.edition import MARKER, Edition

READERS = 12
SECONDS = 20.0


class Rendering:
    """Counts what is rendered by path, and holds the paths in `slow` up until `go_on`."""

    def __init__(self) -> None:
        self.of: list[str] = []
        self.slow: set[str] = set()
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.during: Callable[[], None] = lambda: None

    def __call__(self, request: HttpRequest, path: str) -> HttpResponseBase:
        self.of.append(request.path)
        if request.path in self.slow:
            self.begun.set()
            assert self.go_on.wait(SECONDS)
            self.slow.discard(request.path)
            self.during()
        return serve(request, path)


@pytest.fixture
def rendering(monkeypatch: pytest.MonkeyPatch) -> Rendering:
    counting = Rendering()
    monkeypatch.setattr(views, "serve", counting)
    return counting


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Waits until so many requests have found that their page is not there."""
    came, join = threading.Semaphore(0), Flights.join

    def counted(self: Flights, path: str) -> Any:
        came.release()
        return join(self, path)

    def wait_for(number: int) -> None:
        for _ in range(number):
            assert came.acquire(timeout=SECONDS)

    monkeypatch.setattr(Flights, "join", counted)
    return wait_for


@pytest.fixture
def readers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(READERS) as several:
        yield several


@pytest.fixture
def story(edition: Edition) -> Story:
    return edition.story()


def read(url: str | Request) -> str:
    with urlopen(url, timeout=SECONDS) as answer:  # the test's own server
        return str(answer.read().decode())


def test_twelve_readers_at_once_cost_one_rendering(
    paper_server: Any,
    story: Story,
    rendering: Rendering,
    asking: Callable[[int], None],
    readers: ThreadPoolExecutor,
) -> None:
    rendering.slow = {story.url}
    pages = [readers.submit(read, paper_server.url + story.url) for _ in range(READERS)]
    asking(READERS)
    rendering.go_on.set()
    told = {page.result(SECONDS) for page in pages}
    assert len(told) == 1
    assert "The minister promised" in told.pop()
    assert rendering.of == [story.url]


def test_a_slow_page_holds_up_no_other(
    paper_server: Any, edition: Edition, story: Story, rendering: Rendering, readers: ThreadPoolExecutor
) -> None:
    rendering.slow = {story.url}
    slow: Future[str] = readers.submit(read, paper_server.url + story.url)
    assert rendering.begun.wait(SECONDS)
    assert story.title in read(paper_server.url + "/news/")
    assert not slow.done()
    rendering.go_on.set()
    assert "The minister promised" in slow.result(SECONDS)


def test_who_came_while_a_page_was_made_that_is_already_old_is_given_the_new_one(
    paper_server: Any,
    story: Story,
    rendering: Rendering,
    asking: Callable[[int], None],
    readers: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Tests do tasks in the thread that publishes, which would wait here for the rendering it is to overtake.
    monkeypatch.setattr("careo.paper.tasks.draw", lambda _path: False)
    rendering.slow = {story.url}
    first: Future[str] = readers.submit(read, paper_server.url + story.url)
    assert rendering.begun.wait(SECONDS)
    story.title = "Cuts after all, says the minister"
    story.save_revision().publish()
    later = [readers.submit(read, paper_server.url + story.url) for _ in range(READERS - 1)]
    asking(READERS)
    rendering.go_on.set()
    first.result(SECONDS)
    assert all("Cuts after all" in page.result(SECONDS) for page in later)
    assert rendering.of.count(story.url) == 2


def test_who_waits_for_what_is_kept_for_nobody_makes_it(
    paper_server: Any,
    edition: Edition,
    rendering: Rendering,
    asking: Callable[[int], None],
    readers: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = edition.story()
    monkeypatch.setattr(views, "_will_end", lambda _found: True)
    rendering.slow = {story.url}
    pages = [readers.submit(read, paper_server.url + story.url) for _ in range(3)]
    asking(3)
    rendering.go_on.set()
    assert all("The minister promised" in page.result(SECONDS) for page in pages)
    assert rendering.of == [story.url] * 3


def test_a_closed_story_asked_for_by_both_at_once_is_rendered_once_for_each(
    paper_server: Any,
    edition: Edition,
    rendering: Rendering,
    asking: Callable[[int], None],
    readers: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = edition.closed_story()
    rendering.slow = {story.url}
    # Stands for a session and a subscription: what is asked here is who is given what another waited for.
    monkeypatch.setattr(views, "variant_of", lambda request: request.META["HTTP_X_VARIANT"])
    url = paper_server.url + story.url
    pages = {
        variant: [
            readers.submit(read, Request(url, headers={"X-Variant": variant})) for _ in range(READERS // 2)
        ]
        for variant in VARIANTS
    }
    asking(READERS)
    rendering.go_on.set()
    assert all(MARKER not in page.result(SECONDS) for page in pages[PUBLIC])
    assert all(MARKER in page.result(SECONDS) for page in pages[SUBSCRIBER])
    assert rendering.of == [story.url] * 2


def test_a_storys_record_is_laid_out_once_for_all_who_wait(
    paper_server: Any,
    story: Story,
    asking: Callable[[int], None],
    readers: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on, laid = threading.Event(), []

    def told(*asked: Any) -> list[ShownVersion]:
        laid.append(asked)
        assert go_on.wait(SECONDS)
        return versions.told(*asked)

    monkeypatch.setattr(story_record, "told", told)
    pages = [readers.submit(read, f"{paper_server.url}{story.url}versions/") for _ in range(READERS)]
    asking(READERS)
    go_on.set()
    assert len({page.result(SECONDS) for page in pages}) == 1
    assert len(laid) == 1
