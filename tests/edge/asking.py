"""Asks an ASGI application in this process, as a server would."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import unquote

from careo.edge.asgi import ASGIApp, Message, Scope

HOST = "post.example"


@dataclass
class Given:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    app: ASGIApp,
    target: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    lines: list[tuple[str, str]] | None = None,
    host: str | None = HOST,
    body: list[bytes] | None = None,
) -> Given:
    """One request. `lines` are headers that may repeat; `body` comes in these pieces."""
    scope = scope_of(target, method=method, headers=headers, lines=lines, host=host)
    return asyncio.run(_ask(app, scope, list(body or [])))


def scope_of(
    target: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    lines: list[tuple[str, str]] | None = None,
    host: str | None = HOST,
) -> Scope:
    """The request as a server hands it on."""
    path, _, query = target.partition("?")
    sent = [("host", host)] if host is not None else []
    sent += [*(headers or {}).items(), *(lines or [])]
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": unquote(path, errors="replace"),
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent],
        "client": ("203.0.113.9", 40_000),
    }


async def _ask(app: ASGIApp, scope: Scope, pieces: list[bytes]) -> Given:
    given = Given()

    async def receive() -> Message:
        piece = pieces.pop(0) if pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            assert given.status == 0, "answered twice"
            given.status = message["status"]
            given.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            assert len(given.headers) == len(message["headers"]), "a header was sent twice"
        else:
            given.body += message.get("body", b"")

    await app(scope, receive, send)
    return given
