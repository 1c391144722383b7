"""What the edge has at hand is answered in Granian's own thread; all else by the application in the loop."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from granian.constants import HTTPModes, Interfaces
from granian.server import embed

from careo.edge.answers import Answer
from careo.edge.asgi import Receive, Scope, Send
from careo.project.direct import answer_in_the_servers_thread
from tests.project.newspaper import free_port, until

AT_HAND = b"A page at hand.\n"


class Paper:
    """An application whose page /page is at hand; /broken breaks at hand and in the loop; /live sends word by word."""

    def __init__(self) -> None:
        self.asked_in: set[int] = set()
        self.loop_runs_in = 0
        self.go_on = threading.Event()
        self.left: list[str] = []

    def at_once(self, scope: Scope) -> Answer | None:
        self.asked_in.add(threading.get_ident())
        if scope["path"] == "/broken":
            raise LookupError("as if the store could not be read")
        if scope["path"] != "/page":
            return None
        return Answer(200, [(b"content-length", b"16"), (b"x-by", b"edge")], AT_HAND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["path"] == "/live":
            await self._live(receive, send)
        elif scope["path"] == "/broken":
            raise LookupError("in the loop too")
        else:
            body = b""
            while (message := await receive())["type"] == "http.request":
                body += message["body"]
                if not message.get("more_body"):
                    break
            await send({"type": "http.response.start", "status": 203, "headers": [(b"x-by", b"loop")]})
            await send({"type": "http.response.body", "body": body})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        self.loop_runs_in = threading.get_ident()
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        gone = asyncio.ensure_future(receive())
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream")],
            }
        )
        await send({"type": "http.response.body", "body": b"data: first\n\n", "more_body": True})
        told = asyncio.create_task(asyncio.to_thread(self.go_on.wait))
        await asyncio.wait({gone, told}, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            self.left.append("a listener")
            return
        gone.cancel()
        await send({"type": "http.response.body", "body": b"data: second\n\n"})


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def port(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The paper behind a real server."""
    monkeypatch.setattr(embed, "_new_cbscheduler", vars(embed)["_new_cbscheduler"])  # put back after the test
    answer_in_the_servers_thread(paper.at_once)
    port, stop = free_port(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(paper, port, stop)))
    thread.start()
    until(lambda: _accepts(port), "the server to listen")
    yield port
    paper.go_on.set()
    stop.set()
    thread.join(20)


async def _serve(paper: Paper, port: int, stop: threading.Event) -> None:
    server = embed.Server(
        paper,
        "127.0.0.1",
        port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    await asyncio.to_thread(stop.wait)
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=10)


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(port: int, path: str, *, method: str = "GET", body: bytes | None = None) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body=body)
        answer = connection.getresponse()
        return answer.status, answer.getheader("x-by", ""), answer.read()
    finally:
        connection.close()


def test_a_page_at_hand_never_meets_the_loop(paper: Paper, port: int) -> None:
    assert ask(port, "/page") == (200, "edge", AT_HAND)
    assert ask(port, "/page", method="HEAD") == (200, "edge", b"")
    assert paper.loop_runs_in not in paper.asked_in


def test_all_else_goes_to_the_loop_with_its_body(port: int) -> None:
    assert ask(port, "/account/") == (203, "loop", b"")
    letter = b"a letter to the editor " * 50_000
    assert ask(port, "/account/", method="POST", body=letter) == (203, "loop", letter)


def test_what_breaks_at_hand_is_met_again_by_the_loop_and_the_server_goes_on(port: int) -> None:
    assert ask(port, "/broken")[0] == 500
    assert ask(port, "/page") == (200, "edge", AT_HAND)


def test_live_listeners_and_slow_senders_hold_up_nobody(paper: Paper, port: int) -> None:
    listeners = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(5)]
    for listener in listeners:
        listener.sendall(b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"data: first" in _read_until(listener, b"data: first\n\n")
    slow = socket.create_connection(("127.0.0.1", port), timeout=20)
    slow.sendall(b"POST /account/ HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf")
    with ThreadPoolExecutor(8) as readers:
        assert set(readers.map(lambda _: ask(port, "/page"), range(100))) == {(200, "edge", AT_HAND)}
    listeners.pop().close()
    until(lambda: paper.left == ["a listener"], "the application to learn that a listener has gone")
    paper.go_on.set()
    for listener in listeners:
        assert b"data: second" in _read_until(listener, b"data: second\n\n")
        listener.close()
    slow.sendall(b"more")
    assert b"halfmore" in _read_until(slow, b"halfmore")
    slow.close()


def _read_until(connection: socket.socket, words: bytes) -> bytes:
    read = b""
    while words not in read:
        piece = connection.recv(65_536)
        assert piece, read
        read += piece
    return read


def test_another_granian_is_refused_rather_than_served_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(embed, "_new_cbscheduler")
    with pytest.raises(ImportError, match="install the one that Careo names"):
        answer_in_the_servers_thread(Paper().at_once)
