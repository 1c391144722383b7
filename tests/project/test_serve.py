"""`careo serve`, end to end: real processes, real signals, real connections."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project.hostile import hostile
from tests.project.newspaper import PATIENCE, Newspaper, until

pytestmark = pytest.mark.slow

Start = Callable[..., Newspaper]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts newspapers over tmp_path/data and leaves none behind."""
    started: list[Newspaper] = []

    def begin(*, answering: bool = True, deaf: bool = False, bind: str = "", port: int = 0) -> Newspaper:
        newspaper = Newspaper(tmp_path / "data", deaf=deaf, bind=bind, port=port)
        started.append(newspaper)
        if answering:
            newspaper.wait_until_it_answers()
        return newspaper

    yield begin
    for newspaper in started:
        newspaper.end()


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    """One that runs for all the tests that only ask it something."""
    running = Newspaper(tmp_path_factory.mktemp("newspaper") / "data")
    try:
        running.wait_until_it_answers()
        yield running
    finally:
        running.end()


def test_a_fresh_folder_becomes_a_newspaper_that_sigterm_stops_with_all_it_started(start: Start) -> None:
    newspaper = start()
    assert f"Careo answers at http://{newspaper.host} " in newspaper.said()
    status, headers, body = newspaper.get("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<html" in body
    until(lambda: len(newspaper.processes("careo.project.worker")) == 1, "the worker")
    until(lambda: all(map(_minds_sigterm, newspaper.processes("careo.project.worker"))), "it to mind signals")
    code, seconds = newspaper.stop(signal.SIGTERM)
    assert code == 0, newspaper.said()
    assert seconds < 10
    assert not (newspaper.data / "serving").exists()


def _minds_sigterm(process: int) -> bool:
    """Whether it catches the signal already; one killed while it starts is rightly taken for a crash."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = int(re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[1], 16)  # type: ignore[index]
    return bool(caught & (1 << (signal.SIGTERM - 1)))


def test_sigint_stops_it_also_where_it_was_ignored_at_the_start(start: Start) -> None:
    newspaper = start(deaf=True)
    code, seconds = newspaper.stop(signal.SIGINT)
    assert code == 0, newspaper.said()
    assert seconds < 10


def test_it_stops_while_it_is_still_starting(start: Start) -> None:
    newspaper = start(answering=False)
    until(lambda: (newspaper.data / "serving").exists(), "it to begin")
    code, seconds = newspaper.stop(signal.SIGTERM)
    assert code == 0, newspaper.said()
    assert seconds < 10


def test_clients_that_ask_half_a_question_do_not_hold_it_up(start: Start) -> None:
    newspaper = start()
    idle = [socket.create_connection(("127.0.0.1", newspaper.port)) for _ in range(5)]
    idle[0].sendall(b"GET / HTTP/1.1\r\nHost: ")
    idle[1].sendall(b"POST /account/login/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    idle[2].sendall(f"GET / HTTP/1.1\r\nHost: {newspaper.host}\r\n\r\n".encode())
    idle[2].recv(1)
    code, seconds = newspaper.stop()
    assert seconds < 10
    assert code == 0, newspaper.said()
    for connection in idle:
        connection.close()


def test_nothing_outlives_a_supervisor_that_is_killed_and_the_pages_are_not_trusted_after_it(
    start: Start,
) -> None:
    newspaper = start()
    newspaper.get("/")
    pages = (newspaper.data / "pages" / "journal").read_text()
    os.kill(newspaper.process.pid, signal.SIGKILL)
    newspaper.process.wait(PATIENCE)
    assert until(lambda: not newspaper.processes(), "its processes to go") < 10
    again = start()
    assert again.get("/")[0] == 200
    assert (again.data / "pages" / "journal").read_text() != pages


def test_a_paper_that_was_stopped_and_is_started_again_has_its_pages_without_making_them(
    start: Start,
) -> None:
    newspaper = start()
    newspaper.get("/about/")
    _, before, page = newspaper.get("/about/", accept_encoding="br")
    assert newspaper.stop()[0] == 0, newspaper.said()
    again = start(port=newspaper.port)
    database = again.data / "careo.sqlite3"
    database.rename(database.with_suffix(".away"))
    try:
        status, after, body = again.get("/about/", accept_encoding="br")
    finally:
        database.with_suffix(".away").rename(database)
    assert (status, body) == (200, page)
    assert (after["etag"], after["last-modified"]) == (before["etag"], before["last-modified"])


def test_a_worker_that_is_killed_is_started_again_and_the_paper_is_served_meanwhile(start: Start) -> None:
    newspaper = start()
    until(lambda: len(newspaper.processes("careo.project.worker")) == 1, "the worker")
    [first] = newspaper.processes("careo.project.worker")
    os.kill(first, signal.SIGKILL)
    assert newspaper.get("/")[0] == 200
    until(lambda: newspaper.processes("careo.project.worker") not in ([], [first]), "another worker")
    assert "The worker ended unexpectedly; it is started again." in newspaper.said()


def test_the_worker_does_what_is_put_on_the_queue(newspaper: Newspaper) -> None:
    number = newspaper.python("from careo.press.tasks import poll_feed; print(poll_feed.enqueue(0).id)")
    ask = f"from django_tasks_db.models import DBTaskResult; print(DBTaskResult.objects.get(pk='{number}').status)"
    until(lambda: newspaper.python(ask) == "SUCCESSFUL", "the task to be done")


def test_an_address_in_use_is_named_with_what_to_do(start: Start, newspaper: Newspaper) -> None:
    refused = start(answering=False, port=newspaper.port)
    assert refused.process.wait(PATIENCE) == 3
    assert refused.said() == (
        f"careo: {newspaper.host} is in use by another program; stop that one, or set CAREO_BIND to another port.\n"
    )
    assert newspaper.get("/")[0] == 200


def test_an_address_of_another_machine_is_refused(start: Start) -> None:
    refused = start(answering=False, bind="192.0.2.1:8000")
    assert refused.process.wait(PATIENCE) == 3
    assert "192.0.2.1:8000 is no address of this machine" in refused.said()
    assert "Traceback" not in refused.said()


def test_a_second_newspaper_over_the_same_folder_is_refused(start: Start) -> None:
    first, second = start(), start(answering=False)
    assert second.process.wait(PATIENCE) == 3
    assert f"Another `careo serve` runs on {first.data}" in second.said()
    assert first.get("/")[0] == 200


def test_beyond_loopback_is_refused_while_the_demonstration_passwords_work(start: Start) -> None:
    newspaper = start(answering=False, bind="192.0.2.1:8000")
    newspaper.process.wait(PATIENCE)
    newspaper.python(
        "from careo.project.database import ready; ready()\n"
        "from careo.readers.models import Reader\n"
        "Reader.objects.create_user('rosa@meridia.example', 'a password for all to see')"
    )
    logins = {"reader": ["rosa@meridia.example", "a password for all to see"]}
    (newspaper.data / "demo.json").write_text(json.dumps({"careo": 1, "logins": logins}))
    refused = start(answering=False, bind=f"0.0.0.0:{newspaper.port}")
    assert refused.process.wait(PATIENCE) == 3
    assert refused.said().startswith("careo: The demonstration's passwords still work (rosa@meridia.example)")
    assert "Traceback" not in refused.said()


def test_a_page_is_rendered_once_and_then_answered_by_the_edge_without_the_database(
    newspaper: Newspaper,
) -> None:
    newspaper.get("/")
    status, headers, body = newspaper.get("/", accept_encoding="br")
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "default-src 'self'" in headers["content-security-policy"]
    assert newspaper.get("/", accept_encoding="br", if_none_match=headers["etag"])[0] == 304
    database = newspaper.data / "careo.sqlite3"
    database.rename(database.with_suffix(".away"))
    try:
        assert newspaper.get("/", accept_encoding="br")[2] == body
    finally:
        database.with_suffix(".away").rename(database)


def test_static_files_are_served_without_being_collected(newspaper: Newspaper) -> None:
    status, headers, body = newspaper.get("/static/paper/paper.css", accept_encoding="identity")
    assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert body == (Path(__file__).parents[2] / "src/careo/paper/static/paper/paper.css").read_bytes()
    assert newspaper.get("/static/wagtailadmin/css/core.css")[0] == 200


def test_a_body_too_large_is_refused_and_the_paper_goes_on(newspaper: Newspaper) -> None:
    given = newspaper.send(
        f"POST /account/login/ HTTP/1.1\r\nHost: {newspaper.host}\r\nContent-Length: 99999999999\r\n\r\nx".encode()
    )
    assert given.startswith(b"HTTP/1.1 413 ")
    assert newspaper.get("/")[0] == 200


@pytest.mark.parametrize("name", list(hostile("")))
def test_no_hostile_request_is_an_error_of_ours(newspaper: Newspaper, name: str) -> None:
    given = newspaper.send(hostile(newspaper.host)[name], seconds=3.0)
    status = given.split(b" ", 2)[1] if given.startswith(b"HTTP/") else b"closed"
    assert status == b"closed" or status in {b"200", b"301", b"302", b"304"} or status.startswith(b"4"), (
        given[:500]
    )
    assert given.count(b"HTTP/1.1 ") <= 1 or name == "both lengths", given
    assert b"smuggled" not in given
    if "host" in name or "elsewhere" in name:
        assert status != b"200" or name == "absolute address elsewhere"
    assert newspaper.get("/")[0] == 200
