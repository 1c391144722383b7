"""A newspaper that is watched, and whose parts fail: real processes, real connections."""

from __future__ import annotations

import json
import resource
import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from urllib.request import urlopen

import pytest

from careo.edge.behind import AT_ONCE
from careo.edge.store import PageStore
from careo.edge.variants import VARIANTS
from careo.project.web import HEADER_BYTES, HEADER_MILLISECONDS
from tests.project.newspaper import Newspaper, free_port, until

pytestmark = pytest.mark.slow

PUBLISH = """
from careo.stories.models import Section, Story
story = Story(title={title!r}, slug={slug!r}, live=False)
Section.objects.get(slug="news").add_child(instance=story)
story.save_revision().publish()
"""


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    running = Newspaper(
        tmp_path_factory.mktemp("newspaper") / "data",
        CAREO_METRICS_BIND=f"127.0.0.1:{free_port()}",
        CAREO_ACCESS_LOG="on",
        CAREO_LOG="json",
    )
    try:
        running.wait_until_it_answers()
        yield running
    finally:
        running.end()


@contextmanager
def without_database(newspaper: Newspaper) -> Iterator[None]:
    """Moved away with what belongs to it: a database without its journal is another one."""
    parts = [newspaper.data / f"careo.sqlite3{ending}" for ending in ("", "-wal", "-shm")]
    moved = [part for part in parts if part.exists()]
    for part in moved:
        part.rename(part.with_name(f"away-{part.name}"))
    try:
        yield
    finally:
        for part in parts:
            part.unlink(missing_ok=True)  # an empty one, if somebody opened it
        for part in moved:
            part.with_name(f"away-{part.name}").rename(part)


def figures(newspaper: Newspaper) -> dict[str, float]:
    with urlopen(f"http://{newspaper.environment['CAREO_METRICS_BIND']}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


def publish(newspaper: Newspaper, title: str, slug: str) -> str:
    newspaper.python(PUBLISH.format(title=title, slug=slug))
    return f"/news/{slug}/"


def test_it_says_that_it_lives_and_whether_it_can_serve_to_whoever_asks(newspaper: Newspaper) -> None:
    for host in (newspaper.host, "10.0.0.7", "balancer.internal"):
        assert newspaper.get("/healthz", host=host)[::2] == (200, b"ok\n")
        assert newspaper.get("/readyz", host=host)[::2] == (200, b"ready\n")
    with without_database(newspaper):
        until(lambda: newspaper.get("/readyz")[0] == 503, "it to notice")
        assert newspaper.get("/readyz")[2] == b"not ready: database\n"
        assert newspaper.get("/healthz")[0] == 200
    until(lambda: newspaper.get("/readyz")[0] == 200, "it to recover")


def test_figures_are_told_on_their_own_port_alone(newspaper: Newspaper) -> None:
    newspaper.get("/")
    before = figures(newspaper)
    for _ in range(3):
        newspaper.get("/")
    newspaper.get("/no/such/page/")
    kept, lost = (
        'careo_answers_total{by="public",status="200"}',
        'careo_answers_total{by="django",status="404"}',
    )
    # Counted once the answer is out; an earlier one of Django's may still be on its way, too.
    until(lambda: figures(newspaper).get(lost, 0) > before.get(lost, 0), "Django's answer to be counted")
    after = figures(newspaper)
    assert after[kept] - before.get(kept, 0) == 3
    assert after[lost] - before.get(lost, 0) == 1
    assert after["careo_django_seconds_count"] > before["careo_django_seconds_count"]
    assert after["careo_pages_at_hand"] >= 1
    assert after["process_resident_memory_bytes"] > 0
    assert newspaper.get("/metrics/")[0] == 404
    assert newspaper.get("/metrics")[::2] == (301, b"")  # to the above, as any word is


def test_each_answer_is_a_line_that_names_nobody(newspaper: Newspaper) -> None:
    newspaper.get("/search/?q=a+secret+of+mine", cookie="careo_pass=a-cookie-of-mine")
    until(lambda: '"/search/"' in newspaper.said(), "the line")
    lines = [json.loads(line) for line in newspaper.said().splitlines() if line.startswith("{")]
    searched = [line for line in lines if line.get("path") == "/search/"]
    assert searched[-1]["status"] == 200
    assert searched[-1]["by"] == "django"
    assert set(searched[-1]) == {"at", "method", "path", "status", "by", "ms"}
    assert "of mine" not in newspaper.said()
    assert "of-mine" not in newspaper.said()


def test_log_lines_are_objects_too(newspaper: Newspaper) -> None:
    newspaper.get("/surely/missing/")
    until(lambda: "/surely/missing/" in newspaper.said(), "the log")
    told = [json.loads(line) for line in newspaper.said().splitlines() if '"logger"' in line]
    assert {"at", "level", "logger", "message"} <= set(told[-1])


@pytest.mark.parametrize("path", ["/", "/search/", "/account/login/", "/desk/login/", "/no/such/page/"])
def test_every_answer_asks_browsers_for_the_same_care(newspaper: Newspaper, path: str) -> None:
    for _ in range(2):  # made, then kept
        headers = newspaper.get(path)[1]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        if not path.startswith("/desk/"):
            assert "unsafe" not in headers["content-security-policy"]


def test_a_story_published_by_another_process_is_drawn_ahead_by_the_worker(newspaper: Newspaper) -> None:
    path = publish(newspaper, "The reservoirs fill", "reservoirs-fill")
    store = PageStore(newspaper.data / "pages")
    shown = [path, "/", "/news/", "/archive/", "/feeds/rss.xml"]
    until(lambda: all(store.get(p, v) for p in shown for v in VARIANTS), "the worker to draw")
    with without_database(newspaper):
        for each in shown:
            status, _, body = newspaper.get(each)
            assert status == 200
            assert b"The reservoirs fill" in body


def test_while_django_fails_visitors_see_the_front_page_as_it_was(newspaper: Newspaper) -> None:
    newspaper.get("/")
    store = PageStore(newspaper.data / "pages")
    store.drop((), merely_old={"latest"})
    with without_database(newspaper):
        status, headers, body = newspaper.get("/")
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert b"This page could not be brought up to date just now." in body
        assert newspaper.get("/never/seen/")[0] in (404, 503)
    assert b"could not be brought up to date" not in newspaper.get("/")[2]


def test_a_store_that_is_deleted_or_spoilt_under_the_running_server_costs_a_drawing_and_no_more(
    newspaper: Newspaper,
) -> None:
    whole = newspaper.get("/")[2]
    for file in (newspaper.data / "pages").rglob("*.page"):
        file.write_bytes(file.read_bytes()[:-40] + b"?" * 40)
    PageStore(newspaper.data / "pages").drop({"latest"})
    assert newspaper.get("/")[::2] == (200, whole)
    shutil.rmtree(newspaper.data / "pages")
    assert newspaper.get("/")[::2] == (200, whole)
    assert newspaper.get("/")[::2] == (200, whole)


@contextmanager
def not_a_byte_more(newspaper: Newspaper) -> Iterator[None]:
    """The server may read files, and make none longer. SQLite's own stand ready as long as somebody has it open."""
    (server,) = newspaper.processes("careo.project.web")
    limits = resource.prlimit(server, resource.RLIMIT_FSIZE)
    with closing(sqlite3.connect(newspaper.data / "careo.sqlite3")) as database:
        database.execute("SELECT count(*) FROM django_migrations").fetchone()
        resource.prlimit(server, resource.RLIMIT_FSIZE, (0, limits[1]))
        try:
            yield
        finally:
            resource.prlimit(server, resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_takes_no_page_costs_a_drawing_each_time_and_no_more(newspaper: Newspaper) -> None:
    store = PageStore(newspaper.data / "pages")
    whole = newspaper.get("/")[2]
    with not_a_byte_more(newspaper):
        store.drop({"latest"})
        for _ in range(3):
            assert newspaper.get("/")[::2] == (200, whole)
        assert newspaper.get("/readyz")[::2] == (200, b"ready\n")
        assert [store.get("/", variant) for variant in VARIANTS] == [None, None]

    def kept_again() -> bool:  # not at the first time where the worker drops something meanwhile
        assert newspaper.get("/")[::2] == (200, whole)
        return all(store.get("/", variant) for variant in VARIANTS)

    until(kept_again, "it to be kept")


def test_questions_do_not_fill_the_store(newspaper: Newspaper) -> None:
    for number in range(200):
        assert newspaper.get(f"/?utm_source={number}")[0] == 200
        assert newspaper.get(f"/search/?q={number}")[0] == 200
        assert newspaper.get(f"/no-such-page-{number}/")[0] == 404
    assert len(list((newspaper.data / "pages").rglob("*.page"))) <= len(VARIANTS), "the front page alone"


def test_headers_that_are_too_long_or_never_end_are_not_waited_for(newspaper: Newspaper) -> None:
    long = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * (2 * HEADER_BYTES) + b"\r\n\r\n"
    given = newspaper.send(long)
    assert given == b"" or given.startswith(b"HTTP/1.1 4")
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", newspaper.port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        while connection.recv(1024):
            pass
    assert time.monotonic() - begun < HEADER_MILLISECONDS / 1000 + 30
    assert newspaper.get("/")[0] == 200


def test_any_number_of_slow_senders_keeps_no_reader_waiting(newspaper: Newspaper) -> None:
    request = (
        f"POST /account/login/ HTTP/1.1\r\nHost: {newspaper.host}\r\nContent-Length: 9\r\n\r\nhalf".encode()
    )
    with ExitStack() as open_ones:
        for _ in range(2 * AT_ONCE):
            slow = socket.create_connection(("127.0.0.1", newspaper.port), timeout=60)
            open_ones.enter_context(slow)
            slow.sendall(request)
        for number in range(5):  # of Django's, and with the senders waiting all the while
            assert newspaper.get(f"/search/?q=slow{number}")[0] == 200
        slow.settimeout(0)
        with pytest.raises(BlockingIOError):
            slow.recv(1)
