"""Requests larger than the paper takes are refused before they are kept."""

from __future__ import annotations

import asyncio

import pytest

from careo.edge.asgi import Message, Receive, Scope, Send
from careo.edge.bodies import PACE, within_limit
from tests.edge.asking import Given, ask


async def post(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads everything, then answers how much it was; answers nothing to a client that has gone, as Django does."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


async def limited(scope: Scope, receive: Receive, send: Send) -> None:
    await within_limit(post, scope, receive, send, limit=100)


def told(pieces: list[int], declared: str | None = None) -> Given:
    headers = {"content-length": declared} if declared is not None else {}
    return ask(limited, "/desk/", method="POST", headers=headers, body=[b"x" * size for size in pieces])


def test_a_body_within_the_limit_arrives_whole() -> None:
    assert told([40, 60], "100").text == "100"
    assert told([40, 60]).text == "100"


def test_a_body_declared_too_large_is_refused_unread() -> None:
    for declared in ("101", "9" * 400):
        given = told([10], declared)
        assert given.status == 413
        assert "larger than the paper takes in one request" in given.text


def test_a_body_that_turns_out_too_large_is_refused_whatever_was_declared() -> None:
    for declared in (None, "5", "-5", "five", ""):
        assert told([60, 60, 60], declared).status == 413


def test_a_body_that_breaks_off_is_answered_though_django_says_nothing() -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        return

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        await within_limit(gone, scope, receive, send, limit=100)

    assert ask(broken, "/account/login/", method="POST").status == 400


def slow(after: int) -> Given:
    """A client that sends so many pieces of a longer body and then nothing more."""
    given, sent = Given(), [0]

    async def receive() -> Message:
        if sent[0] == after:
            await asyncio.Event().wait()
        sent[0] += 1
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Message) -> None:
        given.status = message.get("status", given.status)
        given.body += message.get("body", b"")

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(within_limit(post, scope, receive, send, limit=100, patience=0.01))
    return given


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    for pieces in (0, 1, 5):
        given = slow(pieces)
        assert given.status == 408
        assert "came too slowly" in given.text


def test_a_byte_now_and_then_is_not_waited_for_either(monkeypatch: pytest.MonkeyPatch) -> None:
    now, given = [0.0], Given()
    monkeypatch.setattr("careo.edge.bodies.time.monotonic", lambda: now[0])

    async def a_byte_every_ten_seconds() -> Message:
        if now[0] > 1_000:
            await asyncio.Event().wait()  # nobody has waited so long
        now[0] += 10
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Message) -> None:
        given.status = message.get("status", given.status)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(within_limit(post, scope, a_byte_every_ten_seconds, send, limit=10_000))
    assert (given.status, now[0]) == (408, 30.0)


def test_a_long_body_over_a_poor_line_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now, given, pieces = [0.0], Given(), [b"x" * 3 * PACE] * 1_000

    async def receive() -> Message:
        now[0] += 2
        return {"type": "http.request", "body": pieces.pop(), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        given.status = message.get("status", given.status)

    monkeypatch.setattr("careo.edge.bodies.time.monotonic", lambda: now[0])
    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(within_limit(post, scope, receive, send, limit=10_000_000))
    assert (given.status, now[0]) == (200, 2_000.0)


def test_a_listener_may_stay_for_as_long_as_it_likes() -> None:
    async def listen(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "http.request"
        waiting = asyncio.ensure_future(receive())  # as Django waits for the client to go
        await asyncio.sleep(0.05)
        assert not waiting.done()
        waiting.cancel()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"still here"})

    async def patient(scope: Scope, receive: Receive, send: Send) -> None:
        coming: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def once() -> Message:
            if not coming:
                await asyncio.Event().wait()
            return coming.pop()

        await within_limit(listen, scope, once, send, limit=100, patience=0.01)

    assert ask(patient, "/forum/live/").text == "still here"
