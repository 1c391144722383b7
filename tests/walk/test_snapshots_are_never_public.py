"""The bytes of other outlets' pages are kept for ever and served to nobody: asked for by every address one might guess."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.walk.asker import Answer, Asker
from tests.walk.conftest import Meridia

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("meridia")]

FOLDERS = (
    "snapshots", "snapshot", "media", "media/images", "media/snapshots", "media/images/../../snapshots",
    "media/documents", "documents", "static", "static/snapshots", "static/../snapshots", "data", "data/snapshots",
    "var", "var/snapshots", "files", "press", "press/snapshots", "reports", "desk", "desk/snapshots", "desk/reports",
    "verify", "api/snapshots", "healthz/../snapshots", ".well-known/snapshots", "pages/../snapshots", "",
)  # fmt: skip
STEPS = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "....//",
    "..%252f",
    "%c0%ae%c0%ae/",
    "..;/",
    "..%00/",
)
RUN = 40  # bytes in a row by which a page is known again


@pytest.fixture(scope="module")
def snapshots(meridia: Meridia) -> list[Path]:
    """The files as they lie in the newspaper's folder, named by their own SHA-256."""
    folder = meridia.newspaper.data / "snapshots"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() == file.name for file in files)
    # Other tests over the same newspaper may have captured pages of their own.
    files = [file for file in files if b"article:published_time" in file.read_bytes()]
    assert len(files) == 13
    return files


@pytest.fixture(scope="module")
def runs(snapshots: list[Path]) -> list[bytes]:
    """From each page a run of its head, which is no run of a report's text, and one of its middle."""
    found = []
    for body in (file.read_bytes() for file in snapshots):
        head, middle = body.index(b"article:published_time"), len(body) // 2
        found += [body[head : head + RUN], body[middle : middle + RUN]]
    return found


def holds(answer: Answer, runs: list[bytes]) -> bool:
    """Whether a snapshot's bytes came out, as they are or as text on a page."""
    told = answer.body + answer.text.encode() + html.unescape(answer.text).encode()
    return any(run in told for run in runs)


def guesses(file: Path) -> Iterator[str]:
    """Addresses at which a snapshot might be, were it served."""
    sha, nested, where = file.name, f"{file.parent.name}/{file.name}", str(file)
    names = (
        sha,
        nested,
        f"{sha[:2]}/{sha[2:4]}/{sha}",
        f"{sha}.html",
        f"{nested}.html",
        f"{sha}/",
        sha.upper(),
    )
    yield from (f"/{folder}/{name}".replace("//", "/") for folder, name in product(FOLDERS, names))
    yield from (f"/{folder}/{quote(nested, safe='')}" for folder in FOLDERS)
    for step, deep, door in product(
        STEPS, (1, 2, 3, 6), ("media/images/", "media/", "static/", "static/paper/", "")
    ):
        yield f"/{door}{step * deep}snapshots/{nested}"
        yield f"/{door}{step * deep}{where.lstrip('/')}"
    yield from (f"/{where}", f"//{where}", f"/media/images/{quote(where, safe='')}", f"/file://{where}")
    yield from (f"/?snapshot={sha}", f"/search/?q={sha}", f"/media/images/?file=snapshots/{nested}")


def test_no_address_one_might_guess_leads_to_a_snapshot(
    meridia: Meridia, snapshots: list[Path], runs: list[bytes]
) -> None:
    visitor = Asker(meridia.newspaper)
    assert holds(Answer(200, [], snapshots[0].read_bytes()), runs)  # what it would look like
    asked = list(dict.fromkeys(guesses(snapshots[0])))
    assert len(asked) > 600
    for path in asked:
        answer = visitor.ask(path, keep=False)
        assert not holds(answer, runs), path
        assert answer.status < 500, (path, answer.status)
        assert "?" in path or answer.status in (301, 302, 400, 403, 404), (path, answer.status)


@pytest.mark.parametrize("absolute", [True, False])
def test_nor_does_a_request_line_that_no_browser_would_send(
    meridia: Meridia, snapshots: list[Path], runs: list[bytes], absolute: bool
) -> None:
    nested = f"{snapshots[0].parent.name}/{snapshots[0].name}"
    before = f"http://{meridia.newspaper.host}" if absolute else ""
    for path in (
        "/media/images/../../snapshots/",
        "/static/../../snapshots/",
        "/../snapshots/",
        "/./../snapshots/",
    ):
        line = f"GET {before}{path}{nested} HTTP/1.1\r\nHost: {meridia.newspaper.host}\r\nConnection: close\r\n\r\n"
        answer = meridia.newspaper.send(line.encode())
        assert answer.startswith(b"HTTP/1.1 4"), (path, answer[:60])
        assert not any(run in answer for run in runs)


def test_no_page_of_the_paper_carries_a_snapshots_digest_as_an_address(
    meridia: Meridia, snapshots: list[Path]
) -> None:
    visitor = Asker(meridia.newspaper)
    for name in ("home", "section", "story", "closed_story", "search", "person"):
        if path := meridia.map["paths"][name]:
            links = re.findall(r'(?:href|src)="([^"]*)"', visitor.ask(path).text)
            assert not [link for link in links for file in snapshots if file.name in link], name


@cache
def desk_routes() -> tuple[str, ...]:
    """Every address under /desk/, ours and Wagtail's, filled in with the first of whatever it asks for."""
    return tuple(dict.fromkeys(f"/desk/{route}" for route in _routes(_desk().url_patterns)))


def _desk() -> URLResolver:
    (desk,) = (
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and str(one.pattern) == "desk/"
    )
    return desk


def _routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        here = _filled(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from (here + further for further in _routes(one.url_patterns))
        else:
            yield here


def _filled(pattern: str) -> str:
    plain = re.sub(
        r"<(?:(\w+):)?\w+>",
        lambda found: "1" if found[1] != "uuid" else "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
        pattern,
    )
    plain = re.sub(r"\((?:\?P<\w+>)?[^()]*(?:\([^()]*\)[^()]*)*\)\??", "1", plain)
    return re.sub(r"[\^$\\]", "", plain)


@pytest.mark.parametrize("who", ["visitor", "reader", "subscriber", "moderator"])
def test_no_route_of_the_desk_gives_a_snapshot_or_a_report_without_an_editors_session(
    meridia: Meridia, runs: list[bytes], who: str
) -> None:
    asker = Asker(meridia.newspaper)
    if who != "visitor":
        assert asker.log_in(*meridia.map["logins"][who]).status == 302
    ours = (
        "/desk/reports/1/",
        "/desk/reports/1/withheld/",
        "/desk/stories/citing/reports/1/",
        "/desk/outlet/",
    )
    assert set(ours) <= set(desk_routes())
    assert len(desk_routes()) > 200
    for path in desk_routes():
        answer = asker.ask(path, keep=False)
        assert not holds(answer, runs), path
        assert answer.status < 500, (path, answer.status)
    if who != "moderator":
        for path in ours:
            assert asker.ask(path, keep=False).status in (302, 403), path


def test_the_files_are_readable_by_their_owner_alone(snapshots: list[Path]) -> None:
    assert {file.stat().st_mode & 0o077 for file in snapshots} == {0}
