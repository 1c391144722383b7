"""Refuses requests whose body is larger than anything an editor or a reader sends, before Django keeps it on the disk."""

from __future__ import annotations

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 32 * 1024 * 1024  # a photograph is 10 MB at most by Wagtail's own limit, a document some more

_TOO_LARGE = (413, b"This is larger than the paper takes in one request; send less at once.\n")
_BROKEN = (400, b"The request broke off, or was not what it said it would be.\n")


async def within_limit(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, limit: int) -> None:
    """Let the app answer, unless more than `limit` bytes come in: then the answer is 413, and the app sees the client gone."""
    if _declared(scope) > limit:
        await _refuse(send, *_TOO_LARGE)
        return
    body = _Body(receive, limit)
    await app(scope, body.receive, body.silenced(send))
    if not body.answered:
        # Django says nothing to a client that has gone; of one whose chunks make no sense the server says the same.
        await _refuse(send, *(_TOO_LARGE if body.too_large else _BROKEN))


class _Body:
    """Counts what comes in; past the limit it says that the client has gone."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left = receive, limit
        self.too_large = self.answered = False

    async def receive(self) -> Message:
        if self.too_large:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.too_large = self._left < 0
        return {"type": "http.disconnect"} if self.too_large else message

    def silenced(self, send: Send) -> Send:
        """What the app says once it was told that nobody listens is not sent after all."""

        async def pass_on(message: Message) -> None:
            if self.too_large and not self.answered:
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
