"""Listeners: held while Django says so, told at once what grows, and let go when Django does not say so any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import given
from hypothesis.strategies import integers, lists

from careo.edge.asgi import Message, Receive, Scope, Send
from careo.edge.holding import Holding
from careo.edge.hub import Hub, Listener

SCOPE: Scope = {
    "type": "http",
    "method": "GET",
    "path": "/forum/7/live/",
    "query_string": b"",
    "headers": [(b"accept", b"text/event-stream"), (b"cookie", b"session=nadia")],
}
TOPIC = "story-7"


class Gate:
    """Stands where Django stands: says to hold at number 41 as long as it is open, and counts who asks."""

    def __init__(self) -> None:
        self.open, self.asked = True, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        assert (await receive())["type"] == "http.request"
        hold = [(b"x-careo-hold", b"story-7 41"), (b"content-length", b"13")] if self.open else []
        await send({"type": "http.response.start", "status": 200 if self.open else 403, "headers": hold})
        await send({"type": "http.response.body", "body": b"retry: 2000\n\n" if self.open else b"Subscribe."})


class Client:
    """What a listener hears; `leave` closes the connection."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self._news, self._left, self._asked = asyncio.Event(), asyncio.Event(), False

    async def receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.heard.append(message)
        self._news.set()

    def leave(self) -> None:
        self._left.set()

    @property
    def words(self) -> str:
        return b"".join(message.get("body", b"") for message in self.heard).decode()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():
                self._news.clear()
                await self._news.wait()


def alone(act: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(act())


def test_a_listener_is_told_from_another_thread_what_grew_and_only_once() -> None:
    async def act() -> None:
        hub, client = Hub(), Client()
        listening = asyncio.create_task(Holding(Gate(), hub)(SCOPE, client.receive, client.send))
        await client.until(lambda: "retry" in client.words)
        await asyncio.sleep(0)
        for number in (42, 42, 41, 43):
            teller = threading.Thread(target=hub.tell, args=(TOPIC, number))
            teller.start()
            teller.join()
            await client.until(lambda number=number: f"id: {max(42, number)}" in client.words)  # type: ignore[misc]
        assert client.words.count("id: 42\n") == 1
        assert 'data: {"newest": 43, "listeners": 1}' in client.words
        assert client.heard[0]["headers"] == []  # neither the header for the edge nor a length
        client.leave()
        await listening
        assert hub.listeners() == 0

    alone(act)


def test_a_listener_whose_gate_was_shut_is_let_go_and_told_nothing_more() -> None:
    async def act() -> None:
        hub, client, gate = Hub(), Client(), Gate()
        holding = Holding(gate, hub, ask_every=0.01, heartbeat=0.01)
        listening = asyncio.create_task(holding(SCOPE, client.receive, client.send))
        await client.until(lambda: ": here" in client.words)  # asked again, and still let in
        assert gate.asked > 1
        gate.open = False
        await listening
        assert client.heard[-1]["more_body"] is False
        assert "Subscribe" not in client.words
        assert hub.listeners() == 0

    alone(act)


def test_what_django_does_not_want_held_goes_out_as_it_is() -> None:
    async def act() -> None:
        client, gate = Client(), Gate()
        gate.open = False
        await Holding(gate, Hub())(SCOPE, client.receive, client.send)
        assert client.heard[0]["status"] == 403
        assert client.words == "Subscribe."

    alone(act)


def test_who_comes_when_there_are_too_many_listeners_is_answered_and_polls() -> None:
    async def act() -> None:
        client = Client()
        await Holding(Gate(), Hub(), most=0)(SCOPE, client.receive, client.send)
        assert client.words == "retry: 2000\n\n"
        assert client.heard[-1]["more_body"] is False

    alone(act)


def test_what_another_process_did_is_learnt_by_looking_also_after_trouble() -> None:
    async def act() -> None:
        answers: list[int] = [41, -1, 44]

        def look(topics: Any) -> dict[str, int]:
            number = answers.pop(0) if len(answers) > 1 else answers[0]
            if number < 0:
                raise OSError("the database has gone")
            return dict.fromkeys(topics, number)

        hub, client = Hub(look, every=0.01), Client()
        listening = asyncio.create_task(Holding(Gate(), hub)(SCOPE, client.receive, client.send))
        await client.until(lambda: "id: 44" in client.words)
        client.leave()
        await listening

    alone(act)


@given(lists(integers(0, 50)))
def test_a_listeners_number_never_falls(numbers: list[int]) -> None:
    listener, highest = Listener(7), 7
    for number in numbers:
        listener.tell(number)
        highest = max(highest, number)
        assert listener.number == highest
