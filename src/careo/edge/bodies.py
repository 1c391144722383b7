"""Refuses requests whose body is larger than anything an editor or a reader sends, before Django keeps it on the disk, or
comes more slowly than any line that is worth the name."""

from __future__ import annotations

import asyncio
import time

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 32 * 1024 * 1024  # a photograph is 10 MB at most by Wagtail's own limit, a document some more

PIECE_SECONDS = (
    20.0  # for each piece of a body; a telephone in a tunnel takes some, a slow attack takes for ever
)
# Bytes a second of the whole, once those seconds are over: else a byte now and then would do. A bad telephone line has more.
PACE = 2_000

_TOO_LARGE = (413, b"This is larger than the paper takes in one request; send less at once.\n")
_TOO_SLOW = (408, b"The request came too slowly; send it again.\n")
_BROKEN = (400, b"The request broke off, or was not what it said it would be.\n")


async def within_limit(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, limit: int, patience: float = PIECE_SECONDS
) -> None:
    """Let the app answer, unless more than `limit` bytes come in, or nothing for `patience` seconds, or less than PACE
    after those: then the answer is 413 or 408, and the app sees the client gone."""
    if _declared(scope) > limit:
        await _refuse(send, *_TOO_LARGE)
        return
    body = _Body(receive, limit, patience)
    await app(scope, body.receive, body.silenced(send))
    if not body.answered:
        # Django says nothing to a client that has gone; of one whose chunks make no sense the server says the same.
        await _refuse(send, *(_TOO_LARGE if body.too_large else _TOO_SLOW if body.too_slow else _BROKEN))


class _Body:
    """Counts what comes in; past the limit it says that the client has gone."""

    def __init__(self, receive: Receive, limit: int, patience: float) -> None:
        self._receive, self._left, self._patience = receive, limit, patience
        self._end = time.monotonic() + patience  # of waiting for a body that brings no more than it has
        self.too_large = self.too_slow = self.answered = self._whole = False

    async def receive(self) -> Message:
        if self.refused:
            return {"type": "http.disconnect"}
        try:
            message = await asyncio.wait_for(self._receive(), self._seconds())
        except TimeoutError:
            self.too_slow = True
            return {"type": "http.disconnect"}
        self._whole = not message.get("more_body", False)
        length = len(message.get("body", b""))
        self._left -= length
        self._end += length / PACE
        self.too_large = self._left < 0
        return {"type": "http.disconnect"} if self.too_large else message

    def _seconds(self) -> float | None:
        """How long to wait for the next piece. Once all has come it is the client's going: a live listener stays for
        hours."""
        return None if self._whole else min(self._patience, max(0.0, self._end - time.monotonic()))

    @property
    def refused(self) -> bool:
        return self.too_large or self.too_slow

    def silenced(self, send: Send) -> Send:
        """What the app says once it was told that nobody listens is not sent after all."""

        async def pass_on(message: Message) -> None:
            if self.refused and not self.answered:
                return
            self.answered = True
            await send(message)

        return pass_on


def _declared(scope: Scope) -> int:
    """Content-Length; 0 where there is none that can be read, so that what comes is counted."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


async def _refuse(send: Send, status: int, words: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
