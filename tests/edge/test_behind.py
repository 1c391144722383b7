"""When Django fails: a visitor is given what stood there before, marked, if it was only out of date; nobody else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from careo.edge.app import Edge
from careo.edge.asgi import Receive, Scope, Send
from careo.edge.files import Files
from careo.edge.page import Page
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant
from tests.edge.asking import HOST, Given, ask

KEY = b"a key for tests, of enough bytes"
NOON = 1_800_000_000
FRONT = "/"
HTML = "text/html; charset=utf-8"


async def failing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands where a Django stands whose database has gone."""
    await send({"type": "http.response.start", "status": 500, "headers": []})
    await send({"type": "http.response.body", "body": b"Something went wrong."})


async def missing(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"There is no such page."})


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    store = PageStore(tmp_path / "pages")
    told: dict[Variant, str] = {PUBLIC: "The dam holds.", SUBSCRIBER: "It does not."}
    for variant, words in told.items():
        page = Page(f"<html><body><p>{words}</p></body>".encode(), HTML, NOON - 3_600)
        assert store.put(FRONT, variant, page, tags={"latest", "page:1"}, stamp=store.stamp())
    return store


def edge(store: PageStore, django: object = failing) -> Edge:
    return Edge(
        django,  # type: ignore[arg-type]
        store=store,
        pass_key=KEY,
        pass_cookie="pass",
        host=HOST,
        files=Files({}),
        clock=lambda: NOON,
    )


def asked(store: PageStore, target: str = FRONT, cookie: str = "", method: str = "GET") -> Given:
    return ask(edge(store), target, method=method, headers={"cookie": cookie} if cookie else {})


def test_a_visitor_is_shown_the_page_as_it_was_and_told_so(store: PageStore) -> None:
    store.drop((), merely_old={"latest"})
    given = asked(store)
    assert given.status == 200
    assert '<p class="stale" role="status">This page could not be brought up to date' in given.text
    assert "made Fri, 15 Jan 2027 07:00:00 GMT" in given.text
    assert "The dam holds." in given.text
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["content-security-policy"].startswith("default-src 'self'")
    assert asked(store, method="HEAD").status == 200


def test_a_page_dropped_for_good_is_not_brought_back(store: PageStore) -> None:
    store.drop((), merely_old={"latest"})
    store.drop({"page:1"})
    assert asked(store).status == 500


def test_dropped_for_good_wins_over_merely_old_whichever_came_first(store: PageStore) -> None:
    store.drop({"latest"})
    store.drop((), merely_old={"latest"})
    assert asked(store).status == 500


@pytest.mark.parametrize("seconds", [300, -1])
def test_a_reader_with_a_pass_is_not_given_what_might_be_another_variant(
    store: PageStore, seconds: int
) -> None:
    store.drop((), merely_old={"latest"})
    assert asked(store, cookie=f"pass={issue(KEY, 7, now=NOON, seconds=seconds)}").status == 500


def test_a_forged_pass_is_a_visitor_s(store: PageStore) -> None:
    store.drop((), merely_old={"latest"})
    given = asked(store, cookie="pass=forged")
    assert given.status == 200
    assert "It does not." not in given.text


@pytest.mark.parametrize(("target", "method"), [("/?page=2", "GET"), (FRONT, "POST"), ("/other/", "GET")])
def test_what_was_asked_otherwise_gets_the_error(store: PageStore, target: str, method: str) -> None:
    store.drop((), merely_old={"latest"})
    assert asked(store, target, method=method).status == 500


def test_a_page_that_is_gone_is_gone(store: PageStore) -> None:
    store.drop((), merely_old={"latest"})
    assert ask(edge(store, missing), FRONT).status == 404


def test_it_counts_what_is_in_hand(store: PageStore) -> None:
    seen: list[int] = []
    built: list[Edge] = []

    async def django(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(built[0].in_hand)
        await missing(scope, receive, send)

    built.append(edge(store, django))
    ask(built[0], "/other/")
    assert (seen, built[0].in_hand) == ([1], 0)
