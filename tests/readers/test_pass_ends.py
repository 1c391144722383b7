"""Whatever ends a reader's right to read ends it within CAREO_PASS_MINUTES: asked of the edge, with Django behind it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from careo.edge.app import Edge
from careo.edge.asgi import ASGIApp
from careo.edge.files import Files
from careo.paper.store import page_store
from careo.readers.actions import end
from careo.readers.models import Reader, ReaderSession, Subscription
from tests.paper.conftest import own_folders
from tests.paper.edition import Edition
from tests.readers.conftest import PASSWORD
from tests.readers.second_factors import log_in

pytestmark = pytest.mark.django_db
__all__ = ["own_folders"]  # the fixture: a page store of the test's own
OPEN, CLOSED = "The dam holds, the ministry says.", "Its engineer wrote otherwise."
PATH = "/news/the-dam/"


@dataclass(frozen=True)
class Shown:
    """A story as it came; `passed`: the pass that came with it, "" for one taken away, None for neither."""

    text: str
    by_edge: bool
    passed: str | None = None


@pytest.fixture
def edge(tmp_path: Path, own_folders: None) -> Edge:
    body = [("paragraph", f"<p>{OPEN}</p>"), ("paragraph", f"<p>{CLOSED}</p>")]
    assert Edition().story("The dam", access="subscribers", open_blocks=1, body=body).url == PATH
    return Edge(
        cast(
            "ASGIApp", None
        ),  # what the edge has not at hand is asked of Django in this thread, whose database it is
        store=page_store(),
        pass_key=settings.CAREO_PASS_KEY,
        pass_cookie=settings.CAREO_PASS_COOKIE,
        host="testserver",
        files=Files({}, media=tmp_path, media_url="/media/"),
    )


@pytest.fixture
def telephone(bruno: Reader) -> Client:
    """Where Bruno reads."""
    client = Client()
    log_in(client, bruno)
    return client


@pytest.fixture
def desk(bruno: Reader, telephone: Client) -> Client:
    """Where he looks after his account."""
    client = Client()
    log_in(client, bruno)
    return client


def read(edge: Edge, reader: Client) -> Shown:
    """As the server does it: the edge where it can answer at once, else Django."""
    line = "; ".join(f"{name}={cookie.value}" for name, cookie in reader.cookies.items())
    headers = [(b"host", b"testserver"), (b"cookie", line.encode())]
    if given := edge.at_once({"method": "GET", "path": PATH, "query_string": b"", "headers": headers}):
        return Shown(bytes(given.body).decode(), by_edge=True)
    answer = Client().get(PATH, headers={"cookie": line})
    brought = answer.cookies.get(settings.CAREO_PASS_COOKIE)
    return Shown(answer.content.decode(), by_edge=False, passed=brought.value if brought else None)


def ends_subscription(desk: Client, bruno: Reader) -> None:
    end(Subscription.objects.get(reader=bruno))


def is_suspended(desk: Client, bruno: Reader) -> None:
    Reader.objects.filter(pk=bruno.pk).update(is_active=False)


def changes_password(desk: Client, bruno: Reader) -> None:
    new = "a ferry over the Alba"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post("/account/password/change/", form)["Location"] == "/account/"


def logs_out_everywhere(desk: Client, bruno: Reader) -> None:
    assert desk.post("/account/sessions/end/").status_code == 302


def logs_the_telephone_out(desk: Client, bruno: Reader) -> None:
    number = ReaderSession.objects.exclude(key=desk.session.session_key).get().pk
    assert re.search(rf"/end/{number}/", desk.get("/account/sessions/").content.decode())
    assert desk.post(f"/account/sessions/end/{number}/").status_code == 302


@pytest.mark.parametrize(
    "happens",
    [ends_subscription, is_suspended, changes_password, logs_out_everywhere, logs_the_telephone_out],
)
def test_who_may_read_no_more_reads_until_the_pass_runs_out_and_no_longer(
    edge: Edge, telephone: Client, desk: Client, bruno: Reader, happens: Callable[[Client, Reader], None]
) -> None:
    assert CLOSED in read(edge, telephone).text
    again = read(edge, telephone)
    assert again.by_edge
    assert CLOSED in again.text
    happens(desk, bruno)
    with time_machine.travel(time.time() + settings.CAREO_PASS_SECONDS + 1):
        after = read(edge, telephone)
    assert OPEN in after.text
    assert CLOSED not in after.text
    assert after.passed == ""
    assert settings.CAREO_PASS_SECONDS <= 300


def test_who_goes_on_reading_is_given_a_new_pass_with_the_very_answer(edge: Edge, telephone: Client) -> None:
    """Else the test above would pass for everybody."""
    read(edge, telephone)
    with time_machine.travel(time.time() + settings.CAREO_PASS_SECONDS + 1):
        after = read(edge, telephone)
    assert CLOSED in after.text
    assert after.passed
