"""A real server: listeners are told at once what it and other processes keep; and what it answered outlives any kill."""

from __future__ import annotations

import http.client
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from tests.project.newspaper import Newspaper, until
from tests.project.test_serve_subscribers import FOUND, NADIA, logged_in

pytestmark = pytest.mark.slow

THREAD = """
from careo.forum.models import Thread
from careo.readers.models import Reader
from careo.stories.models import Story
thread, _ = Thread.objects.get_or_create(story=Story.objects.get(slug="the-dam"))
nadia = Reader.objects.get(email="nadia@readers.example")
"""
NAME = THREAD + 'nadia.pen_name = "Nadia"; nadia.save(); print(thread.story_id)'
WRITE = (
    THREAD + 'from careo.forum.actions import add_post; add_post(thread, "By another process.", author=nadia)'
)
TEXTS = THREAD + 'print("\\n".join(thread.posts.values_list("text", flat=True)))'
LEAVE = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


class Member:
    """Nadia's browser: her cookies, and the forms she sends."""

    def __init__(self, newspaper: Newspaper, story: int) -> None:
        self.newspaper, self.story = newspaper, story
        self.cookies = logged_in(newspaper, NADIA)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def write(self, text: str) -> bool:
        """Whether it was answered with success; False as well where the server had gone."""
        token = self.cookies["careo_csrf"]
        form = f"text={text.replace(' ', '+')}&form_token={uuid4()}&csrfmiddlewaretoken={token}"
        headers = {
            "Cookie": self.cookie,
            "Origin": f"http://{self.newspaper.host}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.newspaper.port, timeout=20)
        try:
            connection.request("POST", f"/forum/{self.story}/reply/", form, headers)
            answer = connection.getresponse()
            return answer.status == 302 and "#post-" in (answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class Ear:
    """A listener over HTTP; `heard` is what came so far."""

    def __init__(self, newspaper: Newspaper, path: str, cookie: str) -> None:
        self.heard, self.ended = "", False
        self._connection = http.client.HTTPConnection("127.0.0.1", newspaper.port, timeout=120)
        self._connection.request("GET", path, headers={"Accept": "text/event-stream", "Cookie": cookie})
        self.answer = self._connection.getresponse()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while piece := self.answer.read1():
                self.heard += piece.decode()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass
        self.ended = True


@contextmanager
def served(newspaper: Newspaper) -> Iterator[Member]:
    try:
        newspaper.wait_until_it_answers()
        newspaper.python(FOUND)
        yield Member(newspaper, int(newspaper.python(NAME)))
    finally:
        newspaper.end()


def test_a_listener_hears_of_posts_of_the_server_and_of_other_processes_until_the_reader_logs_out(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(Newspaper(tmp_path_factory.mktemp("live") / "data")) as nadia:
        ears = [
            Ear(nadia.newspaper, f"/forum/{nadia.story}/live/?after=0", nadia.cookie)
            for _ in range(100)  # more than Django answers at once
        ]
        assert {ear.answer.status for ear in ears} == {200}
        assert nadia.write("By the server.")
        until(lambda: all("id: 1\n" in ear.heard for ear in ears), "the first post")
        nadia.newspaper.python(WRITE)
        until(lambda: all("id: 2\n" in ear.heard for ear in ears), "the post of another process")
        assert "process" not in ears[0].heard
        nadia.newspaper.python(LEAVE)
        until(lambda: all(ear.ended for ear in ears), "the streams to end", seconds=120)
        code, seconds = nadia.newspaper.stop()
        assert (code, seconds < 10) == (0, True)


def test_a_kill_amid_a_stream_of_posts_loses_none_that_was_answered(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(Newspaper(tmp_path_factory.mktemp("killed") / "data")) as nadia:
        newspaper, kept = nadia.newspaper, []
        limit = re.compile(r"post\d+")
        for kill in range(3):
            (server,) = newspaper.processes("careo.project.web")
            killer = threading.Timer(0.3 + 0.2 * kill, os.kill, (server, signal.SIGKILL))
            killer.start()
            for n in range(2):  # no more than the limit on one writer allows in five minutes
                text = f"post{kill}{n} stands"
                if nadia.write(text):
                    kept.append(limit.findall(text)[0])
            killer.join()
            until(lambda: nadia.newspaper.processes("careo.project.web") != [], "another server")
            until(lambda: _answers(newspaper), "the newspaper to answer again")
        assert kept
        found = newspaper.python(TEXTS)
        assert [text for text in kept if text not in found] == []


def _answers(newspaper: Newspaper) -> bool:
    try:
        return newspaper.get("/")[0] == 200
    except (OSError, http.client.HTTPException):
        time.sleep(0.1)
        return False
