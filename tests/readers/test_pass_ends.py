"""Whatever ends a reader's right to read ends it within CAREO_PASS_MINUTES: asked of the edge, with Django behind it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from careo.edge.app import Edge
from careo.edge.asgi import Receive, Scope, Send
from careo.edge.files import Files
from careo.paper.models import Home
from careo.paper.store import page_store
from careo.readers.actions import end
from careo.readers.models import Reader, ReaderSession, Subscription
from careo.stories.models import Section, Story
from tests.edge.asking import Given, ask
from tests.readers.conftest import PASSWORD
from tests.readers.second_factors import log_in

pytestmark = pytest.mark.django_db
OPEN, CLOSED = "The dam holds, the ministry says.", "Its engineer wrote otherwise."
PATH = "/politics/the-dam/"


class Django:
    """All of Django, in this thread and over this test's database; counts what it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        sent = {name.decode(): value.decode() for name, value in scope["headers"]}
        answer = Client().get(scope["path"], headers={"cookie": sent.get("cookie", "")})
        headers = dict(answer.items()) | {
            "set-cookie": " | ".join(c.OutputString() for c in answer.cookies.values())
        }
        lines = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": lines})
        await send({"type": "http.response.body", "body": answer.content})


@pytest.fixture
def django(monkeypatch: pytest.MonkeyPatch) -> Django:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # nobody else is in the loop
    return Django()


@pytest.fixture
def edge(django: Django, tmp_path: Path) -> Edge:
    section = Section(title="Politics", slug="politics")
    Home.objects.get().add_child(instance=section)
    body = [("paragraph", f"<p>{OPEN}</p>"), ("paragraph", f"<p>{CLOSED}</p>")]
    story = Story(title="The dam", slug="the-dam", access="subscribers", open_blocks=1, body=body)
    section.add_child(instance=story)
    story.save_revision().publish()
    return Edge(
        django,
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


def read(edge: Edge, reader: Client) -> Given:
    line = "; ".join(f"{name}={cookie.value}" for name, cookie in reader.cookies.items())
    return ask(edge, PATH, headers={"cookie": line}, host="testserver")


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
    edge: Edge,
    django: Django,
    telephone: Client,
    desk: Client,
    bruno: Reader,
    happens: Callable[[Client, Reader], None],
) -> None:
    assert CLOSED in read(edge, telephone).text
    asked = django.asked
    assert CLOSED in read(edge, telephone).text
    assert django.asked == asked, "the edge alone answered"
    happens(desk, bruno)
    with time_machine.travel(time.time() + settings.CAREO_PASS_SECONDS + 1):
        answer = read(edge, telephone)
    assert OPEN in answer.text
    assert CLOSED not in answer.text
    assert f'{settings.CAREO_PASS_COOKIE}=""' in answer.headers["set-cookie"]
    assert settings.CAREO_PASS_SECONDS == 300


def test_who_goes_on_reading_is_given_a_new_pass_with_the_very_answer(
    edge: Edge, telephone: Client, desk: Client
) -> None:
    """Else the test above would pass for everybody."""
    read(edge, telephone)
    with time_machine.travel(time.time() + settings.CAREO_PASS_SECONDS + 1):
        answer = read(edge, telephone)
    assert CLOSED in answer.text
    assert re.search(rf"{settings.CAREO_PASS_COOKIE}=[\w-]{{20,}}", answer.headers["set-cookie"])
