"""Refuses requests whose body is larger than anything an editor or a reader sends, before Django keeps it on the disk."""

from __future__ import annotations

import asyncio

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 32 * 1024 * 1024  # a photograph is 10 MB at most by Wagtail's own limit, a document some more

PIECE_SECONDS = (
    20.0  # for each piece of a body; a telephone in a tunnel takes some, a slow attack takes for ever
)

_TOO_LARGE = (413, b"This is larger than the paper takes in one request; send less at once.\n")
_TOO_SLOW = (408, b"The request came too slowly; send it again.\n")
_BROKEN = (400, b"The request broke off, or was not what it said it would be.\n")


async def within_limit(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, limit: int, patience: float = PIECE_SECONDS
) -> None:
    """Let the app answer, unless more than `limit` bytes come in, or nothing for `patience` seconds: then the answer is
    413 or 408, and the app sees the client gone."""
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
        self.too_large = self.too_slow = self.answered = self._whole = False

    async def receive(self) -> Message:
        if self.refused:
            return {"type": "http.disconnect"}
        try:
            # Once all has come, waiting is waiting for the client to go: a live listener does it for hours.
            message = await asyncio.wait_for(self._receive(), None if self._whole else self._patience)
        except TimeoutError:
            self.too_slow = True
            return {"type": "http.disconnect"}
        self._whole = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        self.too_large = self._left < 0
        return {"type": "http.disconnect"} if self.too_large else message

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
