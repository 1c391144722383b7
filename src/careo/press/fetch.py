"""Fetch a page of another outlet, safely: the one way by which Careo asks the internet for anything it was given.

http and https only; no private address, judged after resolution and at every redirect; bounded in bytes, before and
after decompression, in time and in redirects. Each limit has a refusal of its own in `errors`. No Django here.

    page = fetch("https://elfaro.example/agua", limits=Limits(seconds=10))
    page.url, page.status, page.body
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from ssl import SSLContext

import httpcore

from careo import __version__
from careo.press import decoding
from careo.press.errors import (
    BrokenAnswer,
    EncodingRefused,
    HostUnreachable,
    RedirectLoop,
    RedirectNowhere,
    ReportTooLarge,
    StatusRefused,
    TooManyRedirects,
)
from careo.press.limits import Limits
from careo.press.network import Deadline, GuardedNetwork, reason
from careo.press.targets import Target, onward, target

# Who we are and why we come, for the outlet's log; no browser is pretended.
USER_AGENT = f"Careo/{__version__} (newsroom software; fetches single pages at an editor's wish)"
ACCEPT = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, */*;q=0.1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was answered. `asked` is the address given, `url` the one that answered, after redirects.

    `body` is the content's own bytes, its compression undone; `headers` are (name, value) pairs as received.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    asked: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, whatever its case; empty if there is none."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), "")

    @property
    def content_type(self) -> str:
        return self.header("content-type")

    @property
    def unchanged(self) -> bool:
        """Whether the outlet said that nothing is new since `etag` or `last_modified`."""
        return self.status == HTTPStatus.NOT_MODIFIED


def fetch(url: str, *, limits: Limits | None = None, etag: str = "", last_modified: str = "") -> Fetched:
    """Ask for a page with GET, following redirects. Raises a FetchError, whose sentence says what was wrong.

    `etag` and `last_modified`, from an earlier answer, make the question conditional: a 304 comes back as such.
    """
    limits = limits or Limits()
    place = target(url)
    deadline = Deadline(limits.seconds, place.url)
    conditions = _conditions(etag, last_modified)
    seen = {place.url}
    for _hop in range(limits.redirects + 1):
        answer = _ask(place, conditions, limits, deadline)
        if answer.status not in REDIRECTS:
            return _accepted(answer, asked=url.strip(), conditional=bool(conditions))
        place = target(onward(place.url, _location(answer)))
        if place.url in seen:
            raise RedirectLoop(place.url)
        seen.add(place.url)
        deadline.url = place.url
    raise TooManyRedirects(place.url, limits.redirects)


def _ask(place: Target, conditions: dict[str, str], limits: Limits, deadline: Deadline) -> Fetched:
    own = {"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": decoding.ACCEPTED}
    headers = list((own | conditions).items())
    tls = _tls() if place.scheme == "https" else None
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=tls, network_backend=GuardedNetwork(limits, deadline)
            ) as pool,
            pool.stream("GET", place.url, headers=headers) as response,
        ):
            received = tuple(
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers
            )
            answer = Fetched(place.url, response.status, received, b"", datetime.now(UTC))
            if response.status != HTTPStatus.OK:
                return answer  # nobody reads the body of an error or a redirect
            return _with_body(answer, response.iter_stream(), limits)
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        deadline.left()
        raise HostUnreachable(place.url, place.host, reason(error)) from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        deadline.left()
        raise BrokenAnswer(place.url, reason(error)) from error


def _with_body(answer: Fetched, chunks: Iterable[bytes], limits: Limits) -> Fetched:
    declared = answer.header("content-length")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limits.size:
        raise ReportTooLarge(answer.url, limits.size)
    body = bytearray()
    try:
        for piece in decoding.decoded(
            _within(chunks, answer.url, limits.size), answer.header("content-encoding")
        ):
            body += piece
            if len(body) > limits.size:
                raise ReportTooLarge(answer.url, limits.size)
    except decoding.UnknownCodingError as error:
        raise EncodingRefused(answer.url, str(error)) from error
    except decoding.CodingError as error:
        raise BrokenAnswer(answer.url, str(error)) from error
    return Fetched(answer.url, answer.status, answer.headers, bytes(body), answer.fetched_at)


def _within(chunks: Iterable[bytes], url: str, limit: int) -> Iterable[bytes]:
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        if sent > limit:
            raise ReportTooLarge(url, limit)
        yield chunk


def _accepted(answer: Fetched, *, asked: str, conditional: bool) -> Fetched:
    if answer.status != HTTPStatus.OK and not (conditional and answer.unchanged):
        raise StatusRefused(answer.url, answer.status, _phrase(answer.status))
    return Fetched(answer.url, answer.status, answer.headers, answer.body, answer.fetched_at, asked)


def _location(answer: Fetched) -> str:
    location = answer.header("location")
    if not location:
        raise RedirectNowhere(answer.url, answer.status)
    try:  # sent as UTF-8 by many, against the standard
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


@cache
def _tls() -> SSLContext:
    return httpcore.default_ssl_context()
