"""Refuses requests whose body is larger than anything an editor or a reader sends, before Django keeps it on the disk."""

from __future__ import annotations

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 32 * 1024 * 1024  # a photograph is 10 MB at most by Wagtail's own limit, a document some more

_TOO_LARGE = b"This is larger than the paper takes in one request; send less at once.\n"


async def within_limit(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, limit: int) -> None:
    """Let the app answer, unless more than `limit` bytes come in: then the answer is 413, and the app sees the client gone."""
    if _declared(scope) > limit:
        await _refuse(send)
        return
    body = _Body(receive, limit)
    await app(scope, body.receive, body.silenced(send))
    if body.too_large and not body.answered:
        await _refuse(send)


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


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(_TOO_LARGE)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _TOO_LARGE})
