"""Which answers may be kept, told to the edge, and what the edge then answers by itself."""

from __future__ import annotations

import time

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client

from careo.edge.answers import Asked
from careo.edge.app import Edge
from careo.edge.files import Files
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper.keeping import drawn_up
from careo.paper.nobody import NobodysRequest
from tests.paper.edition import MARKER, Edition

KEY = b"a key of thirty-two bytes or more"


def nobodys() -> NobodysRequest:
    return NobodysRequest("/news/", "", PUBLIC)


def test_a_page_is_made_for_nobody() -> None:
    request = nobodys()
    assert request.COOKIES == {}
    assert not hasattr(request, "session")
    assert request.user.is_anonymous
    assert request.get_host() == "testserver"


def test_a_plain_page_may_be_kept() -> None:
    assert drawn_up(HttpResponse("News"), nobodys()) is not None


@pytest.mark.parametrize("status", [201, 204, 301, 302, 403, 404, 410, 500])
def test_only_an_answer_of_200_is_kept(status: int) -> None:
    assert drawn_up(HttpResponse("News", status=status), nobodys()) is None


def test_a_page_with_a_form_of_its_own_is_not_kept() -> None:
    request = nobodys()
    answer = HttpResponse(get_token(request))
    assert drawn_up(answer, request) is None


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    answer = HttpResponse("News")
    answer.set_cookie("seen", "yes")
    assert drawn_up(answer, nobodys()) is None


@pytest.mark.parametrize(("header", "value"), [("Vary", "Cookie"), ("Cache-Control", "no-store")])
def test_an_answer_that_says_it_differs_is_not_kept(header: str, value: str) -> None:
    assert drawn_up(HttpResponse("News", headers={header: value}), nobodys()) is None


def test_the_edge_answers_what_was_kept_and_gives_subscribers_theirs(
    edition: Edition, client: Client, store: PageStore
) -> None:
    async def nothing(*_: object) -> None: ...

    edge = Edge(
        nothing, store=store, pass_key=KEY, pass_cookie="careo_pass", host="testserver", files=Files({})
    )
    visitor = Asked([(b"host", b"testserver")])
    cookie = f"careo_pass={issue(KEY, 7, now=time.time(), seconds=300)}".encode()
    subscriber = Asked([(b"host", b"testserver"), (b"cookie", cookie)])
    opened, closed = edition.story(), edition.closed_story()
    for story in (opened, closed):
        client.get(story.url)
    for asked in (visitor, subscriber):
        answer = edge.respond("GET", opened.url, b"", asked)
        assert answer is not None
        assert b"The minister promised" in answer.body
    public = edge.respond("GET", closed.url, b"", visitor)
    assert public is not None
    assert MARKER.encode() not in public.body
    assert (
        edge.respond("GET", closed.url, b"", subscriber) is None
    )  # not kept for subscribers yet: Django's to give
