"""The edge: who is shown which page, and what is left to Django."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careo.edge.app import Edge
from careo.edge.asgi import Message, Receive, Scope, Send
from careo.edge.files import Files
from careo.edge.page import Page
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant
from tests.edge.asking import HOST, Given, ask, scope_of

KEY = b"a key for tests, of enough bytes"
NOON = 1_800_000_000
DAM = "/politics/dam/"
OPEN, CLOSED = "The dam holds, says the minister.", "It does not, says her own engineer."
HTML = "text/html; charset=utf-8"


async def django(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands where Django stands: says that it was asked, and by which scheme."""
    await send({"type": "http.response.start", "status": 203, "headers": [(b"x-by", b"django")]})
    await send({"type": "http.response.body", "body": scope["scheme"].encode()})


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "pages")


@pytest.fixture
def edge(store: PageStore, tmp_path: Path) -> Edge:
    keep(store, DAM, PUBLIC, OPEN)
    keep(store, DAM, SUBSCRIBER, f"{OPEN} {CLOSED}")
    return build(store)


def build(store: PageStore, *, https: bool = False, host: str = HOST) -> Edge:
    return Edge(
        django,
        store=store,
        pass_key=KEY,
        pass_cookie="pass",
        host=host,
        files=Files({}),
        https=https,
        clock=lambda: NOON,
    )


def keep(
    store: PageStore, path: str, variant: Variant, text: str, headers: tuple[tuple[str, str], ...] = ()
) -> None:
    page = Page(f"<p>{text}</p>".encode(), HTML, NOON - 3_600, headers)
    assert store.put(path, variant, page, tags={"story:1"}, stamp=store.stamp())


def cookie(seconds: int = 300, key: bytes = KEY) -> str:
    return f"pass={issue(key, 7, now=NOON, seconds=seconds)}"


def is_django(given: Given) -> bool:
    return given.headers.get("x-by") == "django"


def test_a_visitor_is_shown_the_public_page_without_django(edge: Edge) -> None:
    given = ask(edge, DAM)
    assert (given.status, given.text) == (200, f"<p>{OPEN}</p>")


def test_a_subscriber_with_a_pass_in_force_is_shown_the_whole_page_without_django(edge: Edge) -> None:
    given = ask(edge, DAM, headers={"cookie": f"other=1; {cookie()}; more=2"})
    assert (given.status, given.text) == (200, f"<p>{OPEN} {CLOSED}</p>")
    assert given.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        "pass=",
        "pass=forged",
        f"pass={'A' * 66}",
        cookie(key=b"another newspaper's key, as long"),
        "pass",
        "pass;pass",
        "=",
        ";;;",
        f'pass="{cookie()[5:]}"',
        f"notpass={cookie()[5:]}",
        f"pass2={cookie()[5:]}",
        f"PASS={cookie()[5:]}",
        "pass=" + "x" * 60_000,
    ],
)
def test_whoever_has_no_pass_or_a_forged_one_is_shown_the_public_page(edge: Edge, cookies: str) -> None:
    given = ask(edge, DAM, headers={"cookie": cookies})
    assert (given.status, given.text) == (200, f"<p>{OPEN}</p>")


def test_a_pass_past_its_end_is_for_django_to_look_at(edge: Edge) -> None:
    assert is_django(ask(edge, DAM, headers={"cookie": cookie(seconds=-1)}))
    assert is_django(ask(edge, DAM, headers={"cookie": cookie(seconds=0)}))


def test_two_passes_that_differ_are_for_django_to_look_at(edge: Edge) -> None:
    assert is_django(ask(edge, DAM, headers={"cookie": f"{cookie()}; pass=forged"}))
    assert is_django(ask(edge, DAM, lines=[("cookie", "pass=forged"), ("cookie", cookie())]))
    assert CLOSED in ask(edge, DAM, lines=[("cookie", cookie()), ("cookie", cookie())]).text


def test_a_subscriber_whose_page_is_not_stored_is_not_shown_the_public_one(
    edge: Edge, store: PageStore
) -> None:
    keep(store, "/open/", PUBLIC, OPEN)
    assert is_django(ask(edge, "/open/", headers={"cookie": cookie()}))


def test_a_visitor_is_never_shown_a_page_that_is_stored_for_subscribers_alone(
    edge: Edge, store: PageStore
) -> None:
    keep(store, "/closed/", SUBSCRIBER, CLOSED)
    assert is_django(ask(edge, "/closed/"))


def test_a_dropped_page_is_django_s_at_once(edge: Edge, store: PageStore) -> None:
    assert not is_django(ask(edge, DAM))
    PageStore(store.folder).drop({"story:1"})
    assert is_django(ask(edge, DAM))


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "BREW"]
)
def test_only_get_and_head_are_answered_from_the_store(edge: Edge, method: str) -> None:
    assert is_django(ask(edge, DAM, method=method))


@pytest.mark.parametrize(
    "target", [f"{DAM}?page=2", "/politics/dam", "/politics//dam/", "/politics/./dam/", "/search/", "*"]
)
def test_a_query_and_any_other_path_are_django_s(edge: Edge, target: str) -> None:
    assert is_django(ask(edge, target))


def test_ten_thousand_questions_of_one_page_leave_nothing_behind_at_the_edge(
    edge: Edge, store: PageStore
) -> None:
    ask(edge, DAM)
    files, at_hand = sorted(store.folder.rglob("*")), store.at_hand()
    for number in range(10_000):
        assert edge.at_once(scope_of(f"{DAM}?utm_source={number}")) is None
    assert is_django(ask(edge, f"{DAM}?utm_source=10000"))
    assert (sorted(store.folder.rglob("*")), store.at_hand()) == (files, at_hand)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "", None, f"{HOST}:81", f"{HOST}.evil.example", f"{HOST}@evil", f"{HOST}, {HOST}"],
)
def test_a_request_for_another_host_is_django_s_to_refuse(edge: Edge, host: str | None) -> None:
    assert is_django(ask(edge, DAM, host=host))


@pytest.mark.parametrize("host", [HOST, f"{HOST}:6666", f"{HOST.upper()}:80", f"{HOST}.:6666", f"{HOST}."])
def test_django_hears_of_our_own_address_alone(store: PageStore, host: str) -> None:
    """It draws the links of mails from it."""
    heard: list[list[tuple[bytes, bytes]]] = []

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(scope["headers"])
        await django(scope, receive, send)

    edge = build(store)
    edge.django.app = listening
    ask(edge, "/account/password/reset/", host=host, headers={"x-other": "kept"})
    ask(edge, "/account/password/reset/", host="evil.example")
    assert heard == [[(b"host", HOST.encode()), (b"x-other", b"kept")], [(b"host", b"evil.example")]]


def test_two_hosts_are_none(edge: Edge) -> None:
    assert is_django(ask(edge, DAM, lines=[("host", HOST)]))


def test_our_host_may_be_written_in_capitals_or_with_its_own_port(edge: Edge, store: PageStore) -> None:
    assert not is_django(ask(edge, DAM, host=HOST.upper()))
    assert not is_django(ask(edge, DAM, host=f"{HOST}:80"))
    assert not is_django(ask(build(store, https=True), DAM, host=f"{HOST}:443"))
    assert not is_django(ask(build(store, host="[::1]:8000"), DAM, host="[::1]:8000"))


def test_head_has_the_headers_of_get_and_no_body(edge: Edge) -> None:
    got, headed = ask(edge, DAM), ask(edge, DAM, method="HEAD")
    assert headed.headers == got.headers
    assert headed.body == b""
    assert int(headed.headers["content-length"]) == len(got.body)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_a_page_is_sent_in_the_form_the_browser_takes(
    edge: Edge, accepted: str, encoding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    given = ask(edge, DAM, headers={"accept-encoding": accepted})
    assert given.headers.get("content-encoding") == encoding
    assert int(given.headers["content-length"]) == len(given.body)
    assert unpack(given.body) == f"<p>{OPEN}</p>".encode()
    assert given.headers["vary"] == "Accept-Encoding, Cookie"


def test_every_form_and_variant_has_an_etag_of_its_own(edge: Edge) -> None:
    asked = [
        {"accept-encoding": coding, **more}
        for coding in ("", "gzip", "br")
        for more in ({}, {"cookie": cookie()})
    ]
    assert len({ask(edge, DAM, headers=headers).headers["etag"] for headers in asked}) == 6


def test_what_the_browser_has_already_is_not_sent_again(edge: Edge) -> None:
    first = ask(edge, DAM, headers={"accept-encoding": "br"})
    again = ask(
        edge, DAM, headers={"accept-encoding": "br", "if-none-match": f'"x", W/{first.headers["etag"]}'}
    )
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "last-modified", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]
    assert "content-encoding" not in again.headers
    since = ask(edge, DAM, headers={"if-modified-since": first.headers["last-modified"]})
    assert since.status == 304


def test_a_reader_who_becomes_a_subscriber_is_sent_the_whole_page_though_he_has_the_public_one(
    edge: Edge,
) -> None:
    has = ask(edge, DAM).headers["etag"]
    given = ask(edge, DAM, headers={"cookie": cookie(), "if-none-match": has})
    assert given.status == 200
    assert CLOSED in given.text


def test_pages_are_sent_with_headers_that_make_browsers_careful(edge: Edge, store: PageStore) -> None:
    headers = ask(edge, DAM).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert ask(build(store, https=True), DAM).headers["strict-transport-security"] == "max-age=31536000"


def test_what_a_page_says_of_itself_wins_and_no_header_is_sent_twice(edge: Edge, store: PageStore) -> None:
    own = (
        ("Cache-Control", "public, max-age=60"),
        ("Vary", "Cookie"),
        ("X-Frame-Options", "DENY"),
        ("Link", "</a>"),
    )
    keep(store, "/own/", PUBLIC, OPEN, own)
    headers = ask(edge, "/own/").headers
    assert headers["cache-control"] == "public, max-age=60"
    assert headers["vary"] == "Accept-Encoding, Cookie"
    assert (headers["x-frame-options"], headers["link"]) == ("DENY", "</a>")


def test_django_is_told_the_scheme_of_the_public_address(store: PageStore) -> None:
    assert ask(build(store, https=True), "/account/").text == "https"
    assert ask(build(store), "/account/").text == "http"


def test_the_edge_begins_and_ends_with_the_server(edge: Edge) -> None:
    said: list[str] = []
    news = ["lifespan.startup", "lifespan.shutdown"]

    async def receive() -> Message:
        return {"type": news.pop(0)}

    async def send(message: Message) -> None:
        said.append(message["type"])

    asyncio.run(edge({"type": "lifespan"}, receive, send))
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@given(
    path=st.text(max_size=300),
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    headers=st.lists(
        st.tuples(
            st.sampled_from(
                ["host", "cookie", "accept-encoding", "if-none-match", "if-modified-since", "range"]
            ),
            st.text(st.characters(max_codepoint=255), max_size=200),
        ),
        max_size=8,
    ),
)
@example(path="/\0", method="GET", headers=[])
@example(path="/" + "a" * 65_536, method="GET", headers=[])
@example(path="/%ff%fe/../..", method="GET", headers=[("cookie", "pass=\xff")])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_request_whatever_breaks_the_edge_or_shows_a_visitor_closed_words(
    edge: Edge, path: str, method: str, headers: list[tuple[str, str]]
) -> None:
    for target in (path, DAM):
        given = ask(edge, target, method=method, lines=headers)
        assert given.status in (200, 203, 304)
        assert CLOSED.encode() not in given.body
