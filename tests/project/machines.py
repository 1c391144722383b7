"""Two machines that serve one newspaper: one database, one Valkey, one store of files; and people who use it."""

from __future__ import annotations

import http.client
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests.project.newspaper import Newspaper, free_port
from tests.tools.seaweed import KEY, SECRET, Seaweed
from tests.tools.valkey import Valkey

ADDRESS = "post.example"


@contextmanager
def two_machines(
    folder: Path, database: str, valkey: Valkey, seaweed: Seaweed
) -> Iterator[tuple[Newspaper, Newspaper]]:
    begun: list[Newspaper] = []
    store = seaweed.url(uuid4().hex)
    try:
        for name in ("first", "second"):
            (folder / name).mkdir()
            one = Newspaper(
                folder / name / "data",
                port=free_port(),
                CAREO_ADDRESS=f"http://{ADDRESS}",
                CAREO_SECRET="the same on both machines, and long enough",
                CAREO_REDIS_URL=valkey.url,
                CAREO_STORAGE_URL=store,
                DATABASE_URL=database,
                AWS_ACCESS_KEY_ID=KEY,
                AWS_SECRET_ACCESS_KEY=SECRET,
            )
            begun.append(one)
            one.wait_until_it_answers()
        yield begun[0], begun[1]
    finally:
        for one in begun:
            one.end()


class Person:
    """Somebody with a browser, to whom both machines are one paper."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(
        self,
        machine: Newspaper,
        path: str,
        body: bytes | None = None,
        kind: str = "application/x-www-form-urlencoded",
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """GET, or POST where there is a body."""
        connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=60)
        headers = {
            "Host": ADDRESS,
            "Cookie": self.cookie,
            "Origin": f"http://{ADDRESS}",
            "Content-Type": kind,
        }
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, machine: Newspaper, path: str, **form: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        token = {"csrfmiddlewaretoken": self.cookies["careo_csrf"]}
        return self.ask(machine, path, urlencode(form | token).encode())

    def log_in(self, machine: Newspaper, email: str, password: str) -> None:
        self.ask(machine, "/account/login/")
        assert self.send(machine, "/account/login/", login=email, password=password)[0] == 302

    def upload(self, machine: Newspaper, path: str, file: bytes, **fields: str) -> tuple[int, bytes]:
        """A form with a picture, as a browser sends it."""
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrfmiddlewaretoken": self._token(machine, path)}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="the dam.png"\r\n'
        parts += [head.encode(), b"Content-Type: image/png\r\n\r\n", file, f"\r\n--{mark}--\r\n".encode()]
        status, _, page = self.ask(machine, path, b"".join(parts), f"multipart/form-data; boundary={mark}")
        return status, page

    def _token(self, machine: Newspaper, path: str) -> str:
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(machine, path)[2])
        assert found is not None
        return found[1].decode()


class Listener:
    """One who listens to a thread at one machine; `heard` is what came so far."""

    def __init__(self, machine: Newspaper, path: str, person: Person) -> None:
        self.heard = ""
        headers = {"Host": ADDRESS, "Accept": "text/event-stream", "Cookie": person.cookie}
        self._connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=120)
        self._connection.request("GET", path, headers=headers)
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while piece := self._answer.read1():
                self.heard += piece.decode()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            return


def name_of(machine: Newspaper) -> set[str]:
    """What the machine's workers call it in the lease."""
    found = set()
    for process in machine.processes("careo.project.worker"):
        environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        found |= {
            line.partition(b"=")[2].decode() for line in environment if line.startswith(b"CAREO_MACHINE=")
        }
    return found


def shared_database(folder: Path) -> str:
    """A SQLite file; where the tests run on PostgreSQL, a copy of their own database there."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return f"sqlite:///{folder / 'shared.sqlite3'}"
    import psycopg
    from django.db import connections

    connections.close_all()
    with psycopg.connect(url, autocommit=True) as server:
        template = connections["default"].settings_dict["NAME"]
        copy = f"{template}_on_two_machines"
        server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')  # of tests that were broken off
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    return f"{url.rpartition('/')[0]}/{copy}"
