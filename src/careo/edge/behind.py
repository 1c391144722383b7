"""What stands behind the edge, watched: how many requests it has in hand, how long it took, what it could not answer.

Where Django fails over a page that the store has in an older state, a visitor is given that, marked as such, and not an
error. Readers with a pass are not: theirs might be another variant. An ASGI application around an ASGI application.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from html import escape
from typing import Any

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send
from careo.edge.conditional import http_date
from careo.edge.observer import UNOBSERVED, Observer
from careo.edge.page import Headers, Page
from careo.edge.protection import PAGE_POLICY
from careo.edge.store import PageStore

MARKER = "This page could not be brought up to date just now. It shows what stood here before, made {when}."


# Requests that Django answers at once; its threads and database connections grow with it. Others wait their turn. Of as many
# more the bodies may be on their way: some MB of memory each, before Django lays them on the disk.
AT_ONCE = 64


class Behind:
    """`is_visitor` says of the Cookie line whether its bearer is one to whom public pages are shown."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        store: PageStore,
        is_visitor: Callable[[bytes], bool],
        headers: Headers = (),
        observer: Observer = UNOBSERVED,
        marker: str = MARKER,
        at_once: int = AT_ONCE,
    ) -> None:
        self.app = app
        self.store = store
        self.is_visitor = is_visitor
        self.headers = headers
        self.observer = observer
        self.marker = marker
        self.in_hand = 0
        self._turns, self._coming_in = asyncio.Semaphore(at_once), asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        async with AsyncExitStack() as place:
            if _has_body(scope):
                await place.enter_async_context(self._coming_in)
                receive = self._turn_when_whole(receive, place)
            else:
                await place.enter_async_context(self._turn())
            await self._answer(scope, receive, send, begun)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        async with self._turns:
            self.in_hand += 1
            try:
                yield
            finally:
                self.in_hand -= 1

    def _turn_when_whole(self, receive: Receive, place: AsyncExitStack) -> Receive:
        """The last piece of a body is handed on when it is the request's turn: a slow sender keeps nobody from one."""
        whole = False

        async def pieces() -> Message:
            nonlocal whole
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False) and not whole:
                whole = True
                async with place.pop_all():  # kept until there is a turn, given up then
                    await place.enter_async_context(self._turn())
            return message

        return pieces

    async def _answer(self, scope: Scope, receive: Receive, send: Send, begun: float) -> None:
        watched = _Watched(send, lambda: self._stale(scope), bare=scope["method"] == "HEAD")
        try:
            await self.app(scope, receive, watched.send)
        finally:
            self.observer.passed_on(
                scope["method"],
                scope["path"],
                watched.status,
                time.perf_counter() - begun,
                watched.gave_stale,
            )

    def _stale(self, scope: Scope) -> Page | None:
        """What a visitor may be shown instead of an error."""
        if scope["method"] not in ("GET", "HEAD") or scope["query_string"]:
            return None
        cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
        if not self.is_visitor(cookies):
            return None
        page = self.store.stale(scope["path"])
        return None if page is None else self._marked(page)

    def _marked(self, page: Page) -> Page:
        body = page.body
        if page.content_type.startswith("text/html"):
            note = escape(self.marker.format(when=http_date(page.last_modified)))
            opening, body_tag, rest = page.body.partition(b"<body>")
            words = f'<p class="stale" role="status">{note}</p>'.encode()
            body = opening + body_tag + words + rest if body_tag else body
        own = {name.lower(): value for name, value in page.headers} | {
            "cache-control": "no-store",
            "warning": '110 - "Response is Stale"',
        }
        return Page(body, page.content_type, page.last_modified, (*self.headers, *own.items()))


def _has_body(scope: Scope) -> bool:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return lengths != [b"0"] * len(lengths) or any(
        name == b"transfer-encoding" for name, _ in scope["headers"]
    )


class _Watched:
    """Passes on what the application sends, unless it begins an error for which there is something better."""

    def __init__(self, send: Send, instead: Callable[[], Page | None], *, bare: bool) -> None:
        self._send, self._instead, self._bare = send, instead, bare
        self.status = 0
        self.gave_stale = False

    async def send(self, message: Message) -> None:
        if self.gave_stale:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.status >= 500 and (page := self._instead()) is not None:
                self.gave_stale = True
                await _give(page, self._send, b"" if self._bare else page.body)
                return
        await self._send(message)


async def _give(page: Page, send: Send, body: bytes) -> None:
    headers: dict[str, str] = {
        "content-type": page.content_type,
        "content-length": str(len(page.body)),
        "content-security-policy": PAGE_POLICY,
        **dict(page.headers),
    }
    raw: list[tuple[bytes, bytes]] = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]
    start: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": raw}
    await send(start)
    await send({"type": "http.response.body", "body": body})
