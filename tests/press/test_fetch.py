"""Fetching from a real server: what comes back, and everything that is refused, each with its sentence."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable

import brotli
import pytest

from careo.press.errors import (
    AddressRefused,
    BrokenAnswer,
    EncodingRefused,
    HostUnknown,
    HostUnreachable,
    NotAnAddress,
    RedirectLoop,
    RedirectNowhere,
    ReportTooLarge,
    SchemeRefused,
    StatusRefused,
    TooManyRedirects,
    TooSlow,
)
from careo.press.fetch import Fetched, fetch
from careo.press.limits import Limits
from tests.press.outlet import Asked, LocalOutlet, http

Ask = Callable[..., Fetched]


def test_a_page_comes_back_byte_for_byte_with_its_headers(outlet: LocalOutlet, ask: Ask) -> None:
    address = outlet.says("/agua", b"<p>agua\x00\xff</p>", etag='"7"')
    page = ask(address)
    assert (page.url, page.status, page.body) == (address, 200, b"<p>agua\x00\xff</p>")
    assert page.header("ETag") == '"7"'
    assert page.content_type == "text/html; charset=utf-8"
    assert page.fetched_at.utcoffset() is not None


def test_the_outlet_learns_who_asks_and_no_browser_is_pretended(outlet: LocalOutlet, ask: Ask) -> None:
    ask(outlet.says("/", "agua"))
    agent = outlet.asked[0].headers["user-agent"]
    assert agent.startswith("Careo/")
    assert "Mozilla" not in agent


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"agua" * 1000, mtime=0)),
        ("deflate", zlib.compress(b"agua" * 1000)),
        ("deflate", zlib.compress(b"agua" * 1000)[2:-4]),
        ("br", brotli.compress(b"agua" * 1000)),
    ],
    ids=["gzip", "deflate", "deflate without its frame", "brotli"],
)
def test_compression_is_undone(outlet: LocalOutlet, ask: Ask, coding: str, packed: bytes) -> None:
    assert ask(outlet.says("/", packed, content_encoding=coding)).body == b"agua" * 1000


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, brotli.compress], ids=["gzip", "deflate", "br"]
)
def test_a_bomb_is_refused_while_it_unpacks(
    outlet: LocalOutlet, ask: Ask, pack: Callable[[bytes], bytes]
) -> None:
    coding = {gzip.compress: "gzip", zlib.compress: "deflate", brotli.compress: "br"}[pack]
    address = outlet.says("/bomb", pack(bytes(40_000_000)), content_encoding=coding)
    with pytest.raises(ReportTooLarge, match=r"is larger than 100,000 bytes; nothing was kept"):
        ask(address)


def test_a_bomb_within_a_bomb_is_not_even_opened(outlet: LocalOutlet, ask: Ask) -> None:
    packed = gzip.compress(gzip.compress(bytes(10_000_000)))
    with pytest.raises(EncodingRefused, match=r"compressed as 'gzip, gzip', which is not understood"):
        ask(outlet.says("/", packed, content_encoding="gzip, gzip"))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_what_is_not_compressed_as_it_claims_is_refused(outlet: LocalOutlet, ask: Ask, coding: str) -> None:
    with pytest.raises(BrokenAnswer, match=r"sent a broken answer"):
        ask(outlet.says("/", b"<p>not packed at all</p>" * 20, content_encoding=coding))


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress], ids=["gzip", "br"])
def test_a_compressed_page_that_ends_too_early_is_refused(
    outlet: LocalOutlet, ask: Ask, pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(b"".join(str(number).encode() for number in range(5000)))
    coding = "br" if pack is brotli.compress else "gzip"
    with pytest.raises(BrokenAnswer, match="ends too early"):
        ask(outlet.says("/", packed[: len(packed) // 2], content_encoding=coding))


def test_a_page_that_admits_to_be_too_large_is_not_read(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(ReportTooLarge):
        ask(outlet.sends("/", http("200 OK", {}, b"", length=10**15)))


def test_a_page_that_never_ends_is_cut_off_at_the_limit(outlet: LocalOutlet, ask: Ask) -> None:
    sent: list[int] = []

    def endless(asked: Asked, send: Callable[[bytes], None]) -> None:
        send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while len(sent) < 10_000:
            send(b"agua" * 1000)
            sent.append(4000)

    with pytest.raises(ReportTooLarge):
        ask(outlet.does("/", endless))
    assert sum(sent) < 20_000_000


def test_a_page_shorter_than_it_says_is_refused(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(BrokenAnswer):
        ask(outlet.sends("/", http("200 OK", {}, b"<p>half a pa", length=4000)))


def test_a_head_of_a_megabyte_is_refused(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises((BrokenAnswer, ReportTooLarge)):
        ask(outlet.says("/", "agua", x="a" * 1_000_000))


def test_what_is_no_http_is_refused(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(BrokenAnswer):
        ask(outlet.sends("/", b"220 mail.elfaro.example ESMTP\r\n"))


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips_is_given_up_in_time(outlet: LocalOutlet, ask: Ask, where: str) -> None:
    def drip(asked: Asked, send: Callable[[bytes], None]) -> None:
        send(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        for _ in range(100):
            send(b"a" if where == "body" else b"X: y\r\n")
            time.sleep(0.05)

    begun = time.monotonic()
    with pytest.raises(TooSlow, match=r"took longer than 0.5 seconds; nothing was kept"):
        ask(outlet.does("/", drip), seconds=0.5)
    assert time.monotonic() - begun < 2


def test_time_counts_over_all_redirects_together(outlet: LocalOutlet, ask: Ask) -> None:
    def slow_turn(to: str) -> Callable[[Asked, Callable[[bytes], None]], None]:
        def turn(asked: Asked, send: Callable[[bytes], None]) -> None:
            time.sleep(0.3)
            send(http("302 Found", {"location": to}, b""))

        return turn

    for number in range(4):
        outlet.does(f"/{number}", slow_turn(f"/{number + 1}"))
    with pytest.raises(TooSlow):
        ask(outlet.url("/0"), seconds=0.7)


def test_redirects_are_followed_to_the_page_that_answers(outlet: LocalOutlet, ask: Ask) -> None:
    outlet.says("/noticias/año", "agua")
    outlet.redirects("/b", "/noticias/año")
    outlet.says("/noticias/a%C3%B1o", "agua")
    page = ask(outlet.redirects("/a", "b#arriba", "301 Moved Permanently"))
    assert page.url == outlet.url("/noticias/a%C3%B1o")
    assert page.asked == outlet.url("/a")
    assert page.body == b"agua"


def test_a_circle_of_redirects_is_named_as_one(outlet: LocalOutlet, ask: Ask) -> None:
    outlet.redirects("/b", "/a")
    with pytest.raises(RedirectLoop, match=r"/a redirects back to itself"):
        ask(outlet.redirects("/a", "/b"))


def test_a_long_chain_of_redirects_ends(outlet: LocalOutlet, ask: Ask) -> None:
    for number in range(10):
        outlet.redirects(f"/{number}", f"/{number + 1}")
    with pytest.raises(TooManyRedirects, match="redirected more than 5 times"):
        ask(outlet.url("/0"))
    assert len(outlet.asked) == 6


def test_a_redirect_to_nowhere_is_refused(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(RedirectNowhere, match="did not say where to"):
        ask(outlet.says("/", "", "302 Found"))


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.2/admin", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
     "http://2130706434/", "http://0x7f000002/", "http://[::ffff:127.0.0.2]/", "http://localhost/"],
)  # fmt: skip
def test_a_redirect_into_the_newsrooms_own_network_is_refused(
    outlet: LocalOutlet, ask: Ask, inside: str
) -> None:
    with pytest.raises(AddressRefused, match="is not a public address"):
        ask(outlet.redirects("/", inside))


def test_another_port_of_an_allowed_host_is_not_allowed(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(AddressRefused):
        ask(outlet.redirects("/", "http://127.0.0.1:1/"))


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://elfaro.example/", "javascript:alert(1)", "data:text/html,x"]
)
def test_a_redirect_out_of_the_web_is_refused(outlet: LocalOutlet, ask: Ask, to: str) -> None:
    with pytest.raises(SchemeRefused, match="only http and https pages are taken in"):
        ask(outlet.redirects("/", to))


def test_a_host_that_nobody_named_is_refused_before_it_is_asked(outlet: LocalOutlet) -> None:
    with pytest.raises(AddressRefused, match="name the host in CAREO_FETCH_HOSTS to allow it"):
        fetch(outlet.says("/", "agua"))
    assert outlet.asked == []


def test_a_name_for_this_machine_is_refused_after_it_was_resolved(outlet: LocalOutlet) -> None:
    port = outlet.host.rpartition(":")[2]
    with pytest.raises(AddressRefused, match=r"localhost \(.+\) is not a public address"):
        fetch(f"http://localhost:{port}/")
    assert outlet.asked == []


def test_a_host_may_be_named_for_development(outlet: LocalOutlet) -> None:
    address = outlet.says("/", "agua").replace("127.0.0.1", "LOCALHOST")
    assert fetch(address, limits=Limits(hosts=("localhost",))).body == b"agua"


def test_a_page_that_is_not_there_is_told_as_such(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(
        StatusRefused, match=r"answered 404 \(Not Found\) instead of a page; check the address"
    ):
        ask(outlet.says("/", "no such page", "404 Not Found"))


def test_an_unknown_host_is_told_as_such() -> None:
    with pytest.raises(HostUnknown, match=r"No machine named elfaro\.invalid was found"):
        fetch("http://elfaro.invalid/", limits=Limits(seconds=5))


def test_a_host_that_does_not_listen_is_told_as_such() -> None:
    with pytest.raises(HostUnreachable, match=r"127\.0\.0\.1 could not be reached \(.*refused\)"):
        fetch("http://127.0.0.1:1/", limits=Limits(seconds=5, hosts=("127.0.0.1",)))


def test_a_feed_is_asked_whether_anything_is_new(outlet: LocalOutlet, ask: Ask) -> None:
    address = outlet.says("/", "", "304 Not Modified")
    page = ask(address, etag='"7"', last_modified="Thu, 05 Mar 2026 18:30:00 GMT")
    assert page.unchanged
    assert page.body == b""
    asked = outlet.asked[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Thu, 05 Mar 2026 18:30:00 GMT")


def test_a_stored_etag_cannot_smuggle_a_header(outlet: LocalOutlet, ask: Ask) -> None:
    ask(outlet.says("/", "agua"), etag='"7"\r\nX-Evil: 1')
    assert not {"x-evil", "if-none-match"} & set(outlet.asked[0].headers)


def test_not_modified_without_having_asked_is_no_page(outlet: LocalOutlet, ask: Ask) -> None:
    with pytest.raises(StatusRefused):
        ask(outlet.says("/", "", "304 Not Modified"))


@pytest.mark.parametrize(
    "url", ["", "agua", "//elfaro.example/", "http://", "http://el faro/", "http:///x", "http://a:99999/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NotAnAddress, match="is not a web address; give one such as"):
        fetch(url)
