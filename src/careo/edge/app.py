"""The application the server runs: stored pages and files are answered here, everything else by Django.

    request ──▶ Host ours? GET or HEAD? ──▶ a file? ──▶ no query, pass ──▶ variant stored? ──▶ answered, ~10 µs
                     │ no                                  │ expired          │ no
                     └──────────────────────▶ Django ◀─────┴──────────────────┘

A pass decides the variant: none or a forged one, the public; one in force, the subscriber's; one past its end, or two
that differ: Django, which asks the database and gives a new one. A subscriber is never shown the public page because
his own is not stored, nor a visitor the subscriber's. `Edge.respond` is the whole decision, without any I/O but the store's.
`Edge.at_once` gives what needs no more than that; the server asks it in its own thread and the loop never hears of it: see
`careo.project.direct`, and docs/decisions/0003.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path

from careo.edge import health
from careo.edge.answers import Answer, Asked, Manner, answer
from careo.edge.asgi import ASGIApp, Receive, Scope, Send
from careo.edge.behind import MARKER, Behind
from careo.edge.bodies import BODY_BYTES, within_limit
from careo.edge.files import Files
from careo.edge.health import Health, Probe
from careo.edge.holding import Holding
from careo.edge.hub import Hub
from careo.edge.observer import UNOBSERVED, Observer
from careo.edge.page import Page
from careo.edge.passes import opened
from careo.edge.protection import COMMON, FILE_POLICY, HSTS, PAGE_POLICY
from careo.edge.remembered import Remembered
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant

_READING = ("GET", "HEAD")
_PORT = re.compile(r":[0-9]*$")


class Edge:
    """Between the server and Django. `host` is the only one answered here, with its port where it has one."""

    def __init__(
        self,
        django: ASGIApp,
        *,
        store: PageStore,
        pass_key: bytes,
        pass_cookie: str,
        host: str,
        files: Files,
        https: bool = False,
        body_limit: int = BODY_BYTES,
        probe: Probe = tuple,
        observer: Observer = UNOBSERVED,
        stale_marker: str = MARKER,
        clock: Callable[[], float] = time.time,
        hub: Hub | None = None,
    ) -> None:
        self.store = store
        self.pass_key = pass_key
        self.pass_cookie = pass_cookie
        self.host = host.lower()
        self.files = files
        self.scheme = "https" if https else "http"
        self._hosts = frozenset(
            f"{self.host}{port}".encode("latin-1") for port in ("", ":443" if https else ":80")
        )
        self._pass_name = pass_cookie.encode("latin-1")
        self._remembered = Remembered()
        self.body_limit = body_limit
        self.clock = clock
        self.health = Health(probe)
        self.observer = observer
        guarded = COMMON + (HSTS if https else ())
        self.django = Behind(
            django,
            store=store,
            is_visitor=lambda cookies: self.variant(cookies) == PUBLIC,
            headers=guarded,
            observer=observer,
            marker=stale_marker,
        )
        # Outside of what is counted as being in hand: a listener is no work to be finished.
        self.behind: ASGIApp = self.django if hub is None else Holding(self.django, hub)
        page_headers = (("content-security-policy", PAGE_POLICY), *guarded)
        # A story's picture may stand in a feed reader's page, or where it was shared.
        anywhere = (("cross-origin-resource-policy", "cross-origin"),)
        file_headers = tuple(
            (dict(guarded) | dict(anywhere) | {"content-security-policy": FILE_POLICY}).items()
        )
        # Kept by the browser, asked about each time: what is republished is seen at once.
        self._manners: dict[Variant, Manner] = {
            PUBLIC: Manner("no-cache", "Accept-Encoding, Cookie", page_headers),
            SUBSCRIBER: Manner("private, no-cache", "Accept-Encoding, Cookie", page_headers),
        }
        self._lasting = Manner("public, max-age=31536000, immutable", "Accept-Encoding", file_headers)
        self._passing = Manner("public, max-age=3600", "Accept-Encoding", file_headers)
        self._asking = Manner("no-cache", "Accept-Encoding", file_headers)

    @property
    def in_hand(self) -> int:
        """Requests that Django is answering."""
        return self.django.in_hand

    def respond(self, method: str, path: str, query: bytes, asked: Asked) -> Answer | None:
        """The answer, or None where it is Django's to give."""
        if query or method not in _READING or not self.is_ours(asked):
            return None
        variant = self.variant(asked.lines.get(b"cookie", b""))
        if variant is None:
            return None
        page = self.store.get(path, variant)
        return None if page is None else answer(page, self._manners[variant], method, asked)

    def is_ours(self, asked: Asked) -> bool:
        """Is the request meant for this paper? Two Host headers, which were joined, never are."""
        host = asked.lines.get(b"host", b"")
        return host in self._hosts or host.lower() in self._hosts

    def variant(self, cookies: bytes) -> Variant | None:
        """What the bearer of this Cookie line may be shown from the store; None where Django must look."""
        if self._pass_name not in cookies:
            return PUBLIC
        if self.clock() < self._remembered.end_of(cookies):
            return SUBSCRIBER
        passes = set(_values(cookies.decode("latin-1"), self.pass_cookie))
        if len(passes) > 1:
            return None
        read = opened(self.pass_key, passes.pop() if passes else None)
        if read is None:
            return PUBLIC
        if self.clock() >= read.end:
            return None
        self._remembered.remember(cookies, read.end)
        return SUBSCRIBER

    def file(self, method: str, path: str, asked: Asked) -> Path | None:
        """The file asked for, if it is one of those that everybody may have."""
        return self.files.locate(path) if method in _READING and self.is_ours(asked) else None

    def respond_with_file(self, page: Page, method: str, path: str, query: bytes, asked: Asked) -> Answer:
        return answer(page, self._manner_of_file(path, query), method, asked)

    def _manner_of_file(self, path: str, query: bytes) -> Manner:
        if path not in self.files.static:
            return self._passing
        return self._lasting if query.startswith(b"v=") else self._asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def at_once(self, scope: Scope) -> Answer | None:
        """The answer where it is at hand: a stored page, from the disk at worst, or a file in memory. Safe for threads."""
        given = self._at_hand(scope)
        if given is not None and self.observer.watches:
            self._observed(scope, given)
        return given

    def _at_hand(self, scope: Scope) -> Answer | None:
        method, path, query = scope["method"], scope["path"], scope["query_string"]
        asked = Asked(scope["headers"])
        given = self.respond(method, path, query, asked)
        if given is not None or (file := self.file(method, path, asked)) is None:
            return given
        page = self.files.at_hand(file)
        return None if page is None else self.respond_with_file(page, method, path, query, asked)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in health.PATHS and scope["method"] in _READING:
            given: Answer | None = await self._health(scope)
        elif (given := self.at_once(scope)) is None and (given := await self._file(scope)) is not None:
            self._observed(scope, given)
        if given is not None:
            for message in given.messages:
                await send(message)
            return
        await within_limit(self.behind, self._by_our_address(scope), receive, send, limit=self.body_limit)

    async def _health(self, scope: Scope) -> Answer:
        given = await self.health.answer(scope["path"], scope["method"])
        self.observer.given(scope["method"], scope["path"], given.status, len(given.body), "health")
        return given

    def _observed(self, scope: Scope, given: Answer) -> None:
        path = scope["path"]
        cookies = Asked(scope["headers"]).lines.get(b"cookie", b"")
        kind = "file" if self.files.locate(path) else self.variant(cookies) or PUBLIC
        self.observer.given(scope["method"], path, given.status, len(given.body), kind)

    def _by_our_address(self, scope: Scope) -> Scope:
        """The request as one to the public address, the only one answered: links in mails are drawn from it.

        A proxy may speak plain HTTP to us and leave the port out of Host; a stranger may put another port in.
        """
        lines = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        if len(lines) != 1 or _name(lines[0]) != _name(self.host):
            return {**scope, "scheme": self.scheme}  # Django refuses it
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        return {**scope, "scheme": self.scheme, "headers": [(b"host", self.host.encode("latin-1")), *others]}

    async def _file(self, scope: Scope) -> Answer | None:
        """A file that is not in memory."""
        method, path, asked = scope["method"], scope["path"], Asked(scope["headers"])
        if (file := self.file(method, path, asked)) is None:
            return None
        # Off the loop: reading and compressing a megabyte of script takes some 30 ms.
        page = await asyncio.to_thread(self.files.load, file)
        return (
            None if page is None else self.respond_with_file(page, method, path, scope["query_string"], asked)
        )


def _name(host: str) -> str:
    """A host without its port, and without the dot of the root, which Django ignores too."""
    return _PORT.sub("", host).removesuffix(".")


def _values(cookies: str, name: str) -> list[str]:
    """Every value sent for the cookie of this name."""
    pairs = (cookie.partition("=") for cookie in cookies.split(";"))
    return [value.strip() for key, _, value in pairs if key.strip() == name]


async def _live(receive: Receive, send: Send) -> None:
    """Django has nothing to do at start and end."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
