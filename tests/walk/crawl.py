"""Every page that links lead to, as somebody with a jar of cookies sees it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.walk.asker import Asker

# Wagtail's frame is Wagtail's to mend; what is kept for whoever has a script is no page.
NO_PAGES = ("/desk/", "/media/", "/static/", "/account/corner/")


def pages_from(asker: Asker, begin: Iterable[str]) -> dict[str, str]:
    """Path → HTML, of the paths given and of all that their links lead to, and so on."""
    waiting, seen, found = deque(begin), set[str](), dict[str, str]()
    while waiting:
        path = waiting.popleft()
        if path in seen or path.startswith(NO_PAGES):
            continue
        seen.add(path)
        answer = asker.ask(path)
        if answer.header("location"):
            waiting.extend(_ours(asker, path, [answer.header("location")]))
        elif answer.header("content-type").startswith("text/html"):
            found[path] = answer.text
            waiting.extend(
                _ours(asker, path, html.fromstring(answer.text).xpath("//main//a/@href | //nav//a/@href"))
            )
    return found


def _ours(asker: Asker, at: str, links: Iterable[str]) -> list[str]:
    """The paths of links that stay here. Of what stands behind a question mark only the pages of a list are new."""
    base = f"http://{asker.newspaper.host}"
    parts = [urlsplit(urljoin(base + at, link)) for link in links]
    here = [part for part in parts if part.netloc == asker.newspaper.host]
    return [part.path + (f"?{part.query}" if part.query.startswith("page=") else "") for part in here]
