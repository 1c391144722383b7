"""A closed story over the wire: its words reach subscribers, quickly, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest

from tests.project.newspaper import Newspaper

pytestmark = pytest.mark.slow

NADIA, OLMEDO = "nadia@readers.example", "olmedo@readers.example"
PASSWORD = "a long and winding password"
OPEN, CLOSED, LATER = (
    "The dam holds, the ministry says.",
    "Its engineer wrote otherwise.",
    "She stands by her letter.",
)
STORY = "/politics/the-dam/"

FOUND = f"""
from careo.paper.models import Home
from careo.readers.actions import grant, open_account, vouch_for_address
from careo.readers.models import Plan
from careo.stories.models import Section, Story
section = Section(title="Politics", slug="politics")
Home.objects.get().add_child(instance=section)
story = Story(title="The dam", slug="the-dam", access="subscribers", open_blocks=1, body=[
    ("paragraph", "<p>{OPEN}</p>"), ("paragraph", "<p>{CLOSED}</p>")])
section.add_child(instance=story)
story.save_revision().publish()
for email in ({NADIA!r}, {OLMEDO!r}):
    reader = open_account(email, {PASSWORD!r})
    vouch_for_address(reader)
    if email == {NADIA!r}:
        plan, _ = Plan.objects.get_or_create(slug="post", defaults={{"name": "The Post"}})
        grant(reader, plan, by=None)
"""

REPUBLISH = f"""
from careo.stories.models import Story
story = Story.objects.get(slug="the-dam")
story.body = [("paragraph", "<p>{OPEN}</p>"), ("paragraph", "<p>{LATER}</p>")]
story.save_revision().publish()
"""


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    running = Newspaper(tmp_path_factory.mktemp("subscribers") / "data")
    try:
        running.wait_until_it_answers()
        running.python(FOUND)
        yield running
    finally:
        running.end()


def logged_in(newspaper: Newspaper, email: str) -> dict[str, str]:
    """The cookies that a browser has after the log-in's own answer, by name."""
    _, headers, page = newspaper.get("/account/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = f"login={email}&password={PASSWORD.replace(' ', '+')}&csrfmiddlewaretoken={token[1].decode()}"
    given = newspaper.send(
        (
            f"POST /account/login/ HTTP/1.1\r\nHost: {newspaper.host}\r\nConnection: close\r\n"
            f"Cookie: {headers['set-cookie'].partition(';')[0]}\r\nOrigin: http://{newspaper.host}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
        ).encode()
    ).decode()
    assert " 302 " in given.splitlines()[0], given
    jar = SimpleCookie()
    for line in re.findall(r"(?im)^set-cookie: (.*)$", given):
        jar.load(line)
    return {name: morsel.value for name, morsel in jar.items()}


def shown(newspaper: Newspaper, cookies: dict[str, str] | None = None) -> tuple[str, bool]:
    """The story as it is sent with these cookies, and whether the edge sent it: Django compresses nothing."""
    line = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    for encoding in ("gzip", "identity"):
        status, headers, body = newspaper.get(
            STORY, accept_encoding=encoding, **({"cookie": line} if line else {})
        )
        assert status == 200
        if encoding == "gzip":
            by_edge = "content-encoding" in headers
    return body.decode(), by_edge


def test_a_closed_story_is_whole_to_subscribers_alone_and_replaced_at_once(newspaper: Newspaper) -> None:
    subscriber, reader = logged_in(newspaper, NADIA), logged_in(newspaper, OLMEDO)
    assert "careo_pass" in subscriber
    assert "careo_pass" not in reader
    alone = {"careo_pass": subscriber["careo_pass"]}
    for _ in range(2):  # the first time Django makes the page, the second the edge has it
        assert CLOSED in shown(newspaper, subscriber)[0]
        for cookies in ({}, reader, {"careo_pass": "A" * 66}):
            page, _ = shown(newspaper, cookies)
            assert OPEN in page
            assert CLOSED not in page
    assert shown(newspaper, alone) == shown(newspaper, subscriber)
    assert shown(newspaper, subscriber)[1]
    assert shown(newspaper)[1]

    newspaper.python(REPUBLISH)  # by another process than the server's
    page, _ = shown(newspaper, subscriber)
    assert LATER in page
    assert CLOSED not in page
    assert LATER not in shown(newspaper)[0]
