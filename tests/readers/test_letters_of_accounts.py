"""Every letter of accounts has an HTML part that says what its text says, its links to be followed, all of it escaped."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django.core import mail
from django.test import Client, RequestFactory

from careo import readers
from careo.readers.letter_frame import framed
from careo.readers.models import Reader
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TEMPLATES = Path(readers.__file__).parent / "templates"
LETTERS = sorted(
    str(found.relative_to(TEMPLATES)).removesuffix("_message.txt")
    for found in TEMPLATES.glob("*/email/*_message.txt")
)
LINK = "http://testserver/account/x/?a=1&b=2"
HOSTILE = '<b>Post</b> & "Co"'


def words(text: str) -> list[str]:
    return text.replace("-- \n", "").split()


def html_of(letter: Any) -> str:
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return str(html)


def test_there_are_letters_of_all_kinds() -> None:
    assert len(LETTERS) >= 17
    assert {"account/email/login_code", "mfa/email/totp_activated"} <= set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_the_same_as_html(name: str, ana: Reader, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user, request.log_in_link = ana, LINK  # type: ignore[attr-defined]
    named = ("activate_url", "password_reset_url", "signup_url", "login_url", "url", "link")
    told = dict.fromkeys(named, LINK) | {
        "user": ana, "email": "ana@example.org", "code": "ABC-DEF", "key": "k", "from_email": "a@example.org",
        "to_email": "b@example.org", "deleted_email": "a@example.org", "request": request, "paper": HOSTILE,
        "current_site": {"name": HOSTILE, "domain": "testserver"}, "ip": "192.0.2.1", "user_agent": HOSTILE,
    }  # fmt: skip
    with allauth_context.request_context(request):
        letter = get_adapter().render_mail(name, "ana@example.org", told)
    html = html_of(letter)
    assert words(unescape(re.sub(r"<[^>]*>", " ", html.partition("<body>")[2]))) == words(letter.body)
    assert HOSTILE in letter.body
    assert "<b>" not in html
    links = [unescape(one) for one in re.findall(r'href="([^"]*)"', html)]
    assert links == re.findall(r"http://\S+", letter.body)


def test_a_letter_as_it_goes_out_can_be_followed_to_its_end(client: Client, ana: Reader) -> None:
    client.post("/account/password/reset/", {"email": ana.email})
    [letter] = mail.outbox
    [link] = re.findall(r'href="([^"]*)"', html_of(letter))
    page = client.get(unescape(link), follow=True)
    assert 'name="password1"' in page.content.decode()
    assert PASSWORD not in letter.body


def test_addresses_of_others_are_no_links() -> None:
    html = framed(
        "A letter", "http://evil.example/\n\nhttp://testserver.evil.example/\n\nhttp://testserver/account/ x"
    )
    assert "href" not in html
