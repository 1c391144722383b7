"""The database locked for long, and gone, while people read and write: a clear answer, and nothing lost that was kept."""

from __future__ import annotations

import http.client
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest

from tests.project.newspaper import Newspaper, until
from tests.project.test_serve_live import TEXTS, Ear, Member, served
from tests.project.test_serve_watched import without_database

pytestmark = pytest.mark.slow

SAID = b"A part of the paper does not answer. Try again in a minute."


@pytest.fixture(scope="module")
def nadia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Member]:
    """A subscriber at a paper whose writers give up waiting after two seconds; elsewhere they wait for twenty."""
    folder = tmp_path_factory.mktemp("faults")
    database = f"sqlite:///{folder / 'data' / 'careo.sqlite3'}?timeout=2"
    with served(Newspaper(folder / "data", DATABASE_URL=database)) as member:
        yield member


@contextmanager
def locked_for_long(newspaper: Newspaper) -> Iterator[None]:
    with closing(sqlite3.connect(newspaper.data / "careo.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def sent(nadia: Member, text: str, token: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """The answer to a post."""
    form = (
        f"text={text.replace(' ', '+')}&form_token={token}&csrfmiddlewaretoken={nadia.cookies['careo_csrf']}"
    )
    headers = {
        "Cookie": nadia.cookie,
        "Origin": f"http://{nadia.newspaper.host}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", nadia.newspaper.port, timeout=60)) as connection:
        connection.request("POST", f"/forum/{nadia.story}/reply/", form, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def is_told_to_come_again(answer: tuple[int, http.client.HTTPMessage, bytes]) -> bool:
    status, headers, page = answer
    assert b"Traceback" not in page
    assert b"OperationalError" not in page
    assert b"sqlite" not in page
    return (status, headers["Retry-After"], headers["Cache-Control"]) == (
        503,
        "10",
        "no-store",
    ) and SAID in page


def test_a_post_to_a_database_locked_for_long_is_refused_and_counts_once_when_it_is_sent_again(
    nadia: Member,
) -> None:
    token = str(uuid4())
    thread = f"/forum/{nadia.story}/"
    assert nadia.write("Before the lock.")
    with locked_for_long(nadia.newspaper):
        assert is_told_to_come_again(sent(nadia, "Through the lock.", token))
        status, _, page = nadia.newspaper.get(thread, cookie=nadia.cookie)
        assert status == 200
        assert b"Before the lock." in page
        assert nadia.newspaper.get("/")[0] == 200
    # The worker writes as well, and may be before us in the queue that the lock has made.
    until(lambda: sent(nadia, "Through the lock.", token)[0] == 302, "it to be taken")
    until(lambda: sent(nadia, "Through the lock.", token)[0] == 302, "it to be known again")
    assert nadia.newspaper.python(TEXTS).splitlines() == ["Before the lock.", "Through the lock."]


def test_with_the_database_gone_whoever_listens_goes_on_and_nothing_kept_is_lost(nadia: Member) -> None:
    newspaper, token = nadia.newspaper, str(uuid4())
    before = newspaper.python(TEXTS).splitlines()
    assert newspaper.get("/")[0] == 200  # in the page store from now on
    ear = Ear(newspaper, f"/forum/{nadia.story}/live/?after={len(before)}", nadia.cookie)
    with without_database(newspaper):
        assert is_told_to_come_again(sent(nadia, "Into the void.", token))
        assert newspaper.get("/")[0] == 200
        status, headers, page = newspaper.get(f"/forum/{nadia.story}/", cookie=nadia.cookie)
        assert (status, headers["retry-after"]) == (503, "10")
        assert SAID in page
    until(lambda: newspaper.get("/readyz")[0] == 200, "it to recover")
    assert newspaper.python(TEXTS).splitlines() == before
    until(lambda: sent(nadia, "Into the void.", token)[0] == 302, "it to be taken")
    until(lambda: f"id: {len(before) + 1}\n" in ear.heard, "the listener to hear")
    assert newspaper.python(TEXTS).splitlines() == [*before, "Into the void."]
