"""When Django fails: a visitor is given what stood there before, marked, if it was only out of date; nobody else is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from careo.edge.app import Edge
from careo.edge.asgi import Message, Receive, Scope, Send
from careo.edge.behind import Behind
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
    head = asked(store, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == given.headers["content-length"]


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


def test_bodies_that_come_slowly_keep_nobody_from_a_turn(store: PageStore) -> None:
    sent: list[str] = []

    async def django(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        sent.append(scope["path"])

    async def act() -> None:
        behind = Behind(django, store=store, is_visitor=lambda _: True, at_once=2)
        ends = [asyncio.Event() for _ in range(3)]
        slow = [asyncio.create_task(_slowly(behind, end)) for end in ends]
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            await behind({**SCOPE, "method": "GET", "path": "/reader/", "headers": []}, _nothing, _deaf)
            assert (sent, behind.in_hand) == (["/reader/"], 0)
            for end in ends:
                end.set()
            await asyncio.gather(*slow)
        assert (sent[1:], behind.in_hand) == (["/slow/"] * 3, 0)

    asyncio.run(act())


def test_a_whole_request_waits_for_its_turn_and_a_turn_is_given_back_whatever_happens(
    store: PageStore,
) -> None:
    at_work, most = [0], [0]

    async def django(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        await asyncio.sleep(0)
        at_work[0] -= 1
        if scope["path"] == "/broken/":
            raise LookupError("as if the database had gone")

    async def act() -> None:
        behind = Behind(django, store=store, is_visitor=lambda _: True, at_once=2)
        asked = [
            {**SCOPE, "path": path, "headers": lines} for path in ("/", "/broken/") for lines in (CHUNKED, [])
        ]
        for _ in range(2):
            async with asyncio.timeout(20):
                await asyncio.gather(
                    *(behind(scope, _nothing, _deaf) for scope in asked * 3), return_exceptions=True
                )
        assert (most[0], behind.in_hand) == (2, 0)

    asyncio.run(act())


SCOPE: Scope = {"type": "http", "method": "POST", "query_string": b""}
CHUNKED = [(b"transfer-encoding", b"chunked")]


async def _slowly(behind: Behind, end: asyncio.Event) -> None:
    """A client whose body comes whole at the `end`."""

    async def receive() -> Message:
        await end.wait()
        return {"type": "http.request", "body": b"x", "more_body": False}

    await behind({**SCOPE, "path": "/slow/", "headers": [(b"content-length", b"1")]}, receive, _deaf)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _deaf(message: Message) -> None:
    pass
