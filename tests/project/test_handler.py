"""Django's requests, each by one turn of a thread that is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from careo.project.handler import OneTurnHandler

Messages = list[dict[str, Any]]
threads: list[int] = []


def words(request: HttpRequest) -> HttpResponse:
    threads.append(threading.get_ident())
    return HttpResponse(f"{request.method} {request.GET.get('q', '')} {request.body.decode()}")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[str]:
        yield "one "
        yield "two"

    return StreamingHttpResponse(pieces())


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("Nobody is told this.")


urlpatterns = [path("words/", words), path("stream/", stream), path("broken/", broken)]


@pytest.fixture
def handler() -> Iterator[OneTurnHandler]:
    threads.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"]):
        yield OneTurnHandler(threads=1)


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What Django's own signals said, in order; its connections are opened and given back by them."""
    heard: list[str] = []

    def began(**_: Any) -> None:
        heard.append("began")

    def ended(**_: Any) -> None:
        heard.append("ended")

    request_started.connect(began)
    request_finished.connect(ended)
    yield heard
    request_started.disconnect(began)
    request_finished.disconnect(ended)


def ask(
    handler: OneTurnHandler, *paths: str, method: str = "GET", pieces: tuple[bytes, ...] = (b"",)
) -> list[Messages]:
    async def one(asked: str) -> Messages:
        where, _, query = asked.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": where,
            "query_string": query.encode(),
            "headers": [],
        }
        coming, sent = list(pieces), []

        async def receive() -> dict[str, Any]:
            if not coming:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": coming.pop(0), "more_body": bool(coming)}

        async def send(message: Any) -> None:
            sent.append(message)

        await handler(scope, receive, send)
        return sent

    async def everything() -> list[Messages]:
        return [await one(asked) for asked in paths]

    return asyncio.run(everything())


def body(messages: Messages) -> bytes:
    assert not messages[-1].get("more_body")
    return b"".join(message.get("body", b"") for message in messages[1:])


def test_each_request_is_answered_whole_in_the_one_thread_and_ended(
    handler: OneTurnHandler, told: list[str]
) -> None:
    answers = ask(handler, "/words/?q=ferry", "/words/?q=late", method="POST", pieces=(b"a ", b"form"))
    assert [body(answer) for answer in answers] == [b"POST ferry a form", b"POST late a form"]
    assert [answer[0]["status"] for answer in answers] == [200, 200]
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()
    assert told == ["began", "ended"] * 2


def test_a_stream_is_sent_piece_by_piece_and_ended_after_it(handler: OneTurnHandler, told: list[str]) -> None:
    (answer,) = ask(handler, "/stream/")
    assert body(answer) == b"one two"
    assert len(answer) == 4
    assert told == ["began", "ended"]


def test_an_error_is_an_answer_and_the_thread_goes_on(
    handler: OneTurnHandler, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    wrong, right = ask(handler, "/broken/", "/words/")
    assert (wrong[0]["status"], right[0]["status"]) == (500, 200)
    assert b"Nobody is told this" not in body(wrong)
    assert told == ["began", "ended"] * 2


def test_who_breaks_off_while_sending_is_answered_nothing(handler: OneTurnHandler, told: list[str]) -> None:
    assert ask(handler, "/words/", method="POST", pieces=()) == [[]]
    assert told == []
