"""A small outlet on this machine: a real HTTP server whose answers a test writes down, to the byte where it matters."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = Callable[["Asked", Callable[[bytes], None]], None]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]


@dataclass
class LocalOutlet:
    """Answers by path; `asked` tells what was asked for."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        """HOST:PORT, as a setting names it."""
        return self.address.removeprefix("http://")

    def url(self, path: str) -> str:
        return self.address + path

    def says(self, path: str, body: bytes | str, status: str = "200 OK", **headers: str) -> str:
        """Answer a path with a body; gives its address."""
        data = body.encode() if isinstance(body, str) else body
        return self.sends(path, http(status, {"content_type": "text/html; charset=utf-8"} | headers, data))

    def sends(self, path: str, raw: bytes) -> str:
        """Answer a path with these very bytes."""
        return self.does(path, lambda asked, send: send(raw))

    def does(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.url(path)

    def redirects(self, path: str, to: str, status: str = "302 Found") -> str:
        return self.says(path, "", status, location=to)


def http(status: str, headers: dict[str, str], body: bytes, *, length: int | None = None) -> bytes:
    """An answer's bytes; header names are written with _ for -."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@contextmanager
def serving() -> Iterator[LocalOutlet]:
    outlet = LocalOutlet()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split(b" ")[1].decode()
            headers: dict[str, str] = {}
            while line := self.rfile.readline().strip():
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.casefold()] = value.strip()
            asked = Asked(path, headers)
            outlet.asked.append(asked)
            try:
                outlet.answers[path](asked, self._send)
            except (BrokenPipeError, ConnectionResetError, KeyError):
                return  # whoever asked has heard enough, or asked for what is not there

        def _send(self, data: bytes) -> None:
            self.wfile.write(data)
            self.wfile.flush()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        outlet.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield outlet
        server.shutdown()
        thread.join()
