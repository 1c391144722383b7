"""What a page may cost who opens it, held by the demonstration edition as the edge serves it.

A story without its picture: 100 KB on the wire in all, its one stylesheet 20 KB as it is written. Nothing from another
host, nothing in the console, nothing that moves while it loads, on a desk as on a telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.walk.conftest import Meridia

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("meridia")]

STORY_BYTES = 100 * 1024
STYLESHEET_BYTES = 20 * 1024
WIDTHS = {"desk": (1280, 900), "telephone": (390, 844)}
PAGES = ("home", "section", "story", "closed_story", "person", "search", "login")

# Whatever shifts is told from the first paint on; the answer is the sum, as CLS is taken for a visit without input.
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""
# To the end and back, so that what is loaded late is loaded; then until the browser has nothing left to paint.
READ = """
async () => {
  const rest = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) { scrollTo(0, top); await rest(); }
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
  await rest();
}
"""


@dataclass
class Visit:
    """What was asked for and said while a page was open."""

    page: Page
    answers: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("response", lambda response: self.answers.append(response))
        self.page.on("console", lambda line: self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def read(self, address: str) -> None:
        self.page.goto(address, wait_until="networkidle")
        self.page.evaluate(READ)


@pytest.fixture(params=WIDTHS)
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, height = WIDTHS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(30_000)
    yield Visit(context.new_page())
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_moves_asks_elsewhere_or_complains(meridia: Meridia, visit: Visit, name: str) -> None:
    visit.read(meridia.at(name))
    assert visit.page.evaluate("window.shifted") == 0
    hosts = {urlsplit(address).netloc for address in visit.asked}
    assert hosts == {urlsplit(meridia.map["address"]).netloc}
    assert visit.said == []


def test_nothing_moves_for_a_subscriber_either(meridia: Meridia, visit: Visit) -> None:
    meridia.as_("subscriber", visit.page)
    for name in ("home", "closed_story", "thread"):
        visit.read(meridia.at(name))
        assert visit.page.evaluate("window.shifted") == 0, name
    assert visit.said == []


@pytest.mark.parametrize("name", ["story", "closed_story"])
def test_a_story_without_its_picture_is_light_and_waits_for_one_stylesheet(
    meridia: Meridia, visit: Visit, name: str
) -> None:
    visit.page.request.get(
        meridia.at(name)
    )  # the first drawing is Django's and goes out as it is; then the edge has it
    visit.read(meridia.at(name))
    sizes = {answer.url: _on_the_wire(answer) for answer in visit.answers if not _is_picture(answer)}
    assert sizes[meridia.at(name)] > 1_000
    assert sum(sizes.values()) <= STORY_BYTES, sizes
    document = next(answer for answer in visit.answers if answer.url == meridia.at(name))
    assert document.header_value("content-encoding") in ("br", "gzip", "zstd")
    styles = [answer for answer in visit.answers if answer.request.resource_type == "stylesheet"]
    assert len(styles) == 1
    assert len(styles[0].body()) <= STYLESHEET_BYTES
    blocking = visit.page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').map(one => one.name)"
    )
    assert blocking == [styles[0].url]


def _is_picture(answer: Response) -> bool:
    return answer.request.resource_type == "image"


def _on_the_wire(answer: Response) -> int:
    """Bytes of the headers and of the body as it was sent, compressed."""
    answer.finished()
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
