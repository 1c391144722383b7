"""Holds a client to whom Django has given the beginning of a stream of events, and tells it what grows.

Django answers as ever, shortly, and says in a header that the client may be held:

    200, Content-Type: text/event-stream, X-Careo-Hold: story-12 41        the topic, and its number so far

The header is taken off; then the client hears `id: 42` and `data: {"newest": 42, "listeners": 7}` when the number has
grown, and a comment when nothing has for a while, so that proxies keep the line open. Django is asked the same
question again every minute, with the same cookies: as soon as it does not say to hold, the stream ends. What is told is a
number and never words; whoever wants those asks Django.

Not Django's own streaming: that keeps a thread and a database connection for each client as long as it listens.
Before a server that knows nothing of it the stream ends at once, and the browser asks again: it polls.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from careo.edge.asgi import ASGIApp, Message, Receive, Scope, Send
from careo.edge.hub import Hub, Listener

HOLD = b"x-careo-hold"
HEARTBEAT_SECONDS = 15.0  # proxies close a silent line after 30 or 60
ASK_SECONDS = 60.0  # how long whoever was shut out hears that something is new
MOST = 4_000  # listeners at once, some 20 kB each with their connection; others poll


class Holding:
    """An ASGI application around Django's."""

    def __init__(
        self,
        app: ASGIApp,
        hub: Hub,
        *,
        heartbeat: float = HEARTBEAT_SECONDS,
        ask_every: float = ASK_SECONDS,
        most: int = MOST,
    ) -> None:
        self._app, self._hub, self._most = app, hub, most
        self._heartbeat, self._ask_every = heartbeat, ask_every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET" or (b"accept", b"text/event-stream") not in scope["headers"]:
            await self._app(scope, receive, send)
            return
        await receive()  # a GET has no body; what comes next says that the client has gone
        answer = await self._ask(scope)
        held = answer.held if self._hub.listeners() < self._most else None
        await send(answer.start(lasting=held is not None))
        await send({"type": "http.response.body", "body": bytes(answer.body), "more_body": held is not None})
        if held is not None:
            await self._hold(*held, scope, receive, send)

    async def _hold(self, topic: str, number: int, scope: Scope, receive: Receive, send: Send) -> None:
        with self._hub.listening(topic, number) as listener:
            telling = asyncio.create_task(self._keep_telling(topic, listener, scope, send))
            gone = asyncio.create_task(_gone(receive))
            try:
                await asyncio.wait({telling, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                telling.cancel()
                gone.cancel()
        if telling.done() and not telling.cancelled():
            telling.result()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _keep_telling(self, topic: str, listener: Listener, scope: Scope, send: Send) -> None:
        """Until Django does not say to hold any more."""
        clock = asyncio.get_running_loop().time
        asked = clock()
        while True:
            wait = max(0.0, min(self._heartbeat, asked + self._ask_every - clock()))
            try:
                await asyncio.wait_for(listener.grown(), wait)
                words = _event(listener.number, self._hub.listeners(topic))
            except TimeoutError:
                words = b": here\n\n"
            if clock() - asked >= self._ask_every:
                if (await self._ask(scope)).held is None:
                    return
                asked = clock()
            await send({"type": "http.response.body", "body": words, "more_body": True})

    async def _ask(self, scope: Scope) -> _Answer:
        answer = _Answer()
        await self._app(dict(scope), _nothing_more(), answer.take)
        return answer


@dataclass
class _Answer:
    """What Django said, whole."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    @property
    def held(self) -> tuple[str, int] | None:
        """The topic and its number, where the client may be held."""
        said = [value for name, value in self.headers if name.lower() == HOLD]
        if self.status != 200 or not said:
            return None
        topic, _, number = said[0].decode("ascii").partition(" ")
        return topic, int(number)

    def start(self, *, lasting: bool) -> Message:
        dropped = {HOLD, b"content-length"} if lasting else {HOLD}
        headers = [(name, value) for name, value in self.headers if name.lower() not in dropped]
        return {"type": "http.response.start", "status": self.status, "headers": headers}


def _event(number: int, listeners: int) -> bytes:
    return b'id: %d\ndata: {"newest": %d, "listeners": %d}\n\n' % (number, number, listeners)


def _nothing_more() -> Receive:
    """A request without a body, from a client that stays."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            await asyncio.Event().wait()
        told = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
