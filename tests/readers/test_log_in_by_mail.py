"""Logging in by a code in a mail or by the link beside it, as a browser without JavaScript does it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careo.readers.models import LogInLink, Reader
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ASK, TYPE = "/account/login/code/", "/account/login/code/confirm/"
TEN_MINUTES = 601  # seconds, and one


def ask(client: Client, email: str, onward: str = "") -> HttpResponse:
    return client.post(ASK, {"email": email} | ({"next": onward} if onward else {}))  # type: ignore[return-value]


def code() -> str:
    found = re.search(r"^([A-Z]{4}-[A-Z]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def link() -> str:
    found = re.search(r"http://testserver(/account/login/link/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def is_logged_in(client: Client) -> bool:
    return b"Log out" in client.get("/account/corner/").content


@pytest.mark.both_databases
def test_a_reader_logs_in_by_the_code(client: Client, ana: Reader) -> None:
    assert ASK in client.get("/account/login/").content.decode()
    answer = ask(client, "ANA@example.org")
    assert answer["Location"] == TYPE
    assert "ana@example.org" in client.get(TYPE).content.decode()
    assert mail.outbox[0].subject == "Log in to Careo"
    assert mail.outbox[0].to == ["ana@example.org"]
    assert client.post(TYPE, {"code": code().lower().replace("-", " ")})["Location"] == "/account/"
    assert is_logged_in(client)


@pytest.mark.both_databases
def test_the_link_logs_in_on_another_device_and_only_by_its_button(client: Client, ana: Reader) -> None:
    ask(client, ana.email, "/politics/ferry/")
    path, other = link(), Client()
    for _ in range(3):  # as scanners of mail do
        page = other.get(path).content.decode()
        assert "log in as <strong>ana@example.org</strong>" in page
        assert other.head(path).status_code == 200
    assert not is_logged_in(other)
    assert other.post(path)["Location"] == "/politics/ferry/"
    assert is_logged_in(other)
    assert not is_logged_in(client)


def test_a_link_is_used_once_and_its_code_with_it(client: Client, ana: Reader) -> None:
    ask(client, ana.email)
    path, typed = link(), code()
    Client().post(path)
    late = Client()
    for answer in (late.get(path), late.post(path)):
        assert answer.status_code == 410
        assert "This link was used already, or is too old." in answer.content.decode()
    assert not is_logged_in(late)
    answer = client.post(TYPE, {"code": typed}, follow=True)
    assert "This mail was used already, or is too old" in answer.content.decode()
    assert not is_logged_in(client)


def test_a_code_is_used_once_and_its_link_with_it(client: Client, ana: Reader) -> None:
    ask(client, ana.email)
    path, typed = link(), code()
    client.post(TYPE, {"code": typed})
    assert is_logged_in(client)
    assert Client().post(path).status_code == 410


def test_neither_is_good_for_more_than_ten_minutes(client: Client, ana: Reader) -> None:
    ask(client, ana.email)
    path, typed = link(), code()
    with time_machine.travel(timezone.now() + timedelta(seconds=TEN_MINUTES)):
        assert Client().post(path).status_code == 410
        assert client.post(TYPE, {"code": typed})["Location"] == ASK
        assert not is_logged_in(client)
        ask(Client(), ana.email)
    assert LogInLink.objects.count() == 1, "old ones are forgotten when the next is made"


def test_the_database_alone_logs_nobody_in(client: Client, ana: Reader) -> None:
    ask(client, ana.email)
    [kept] = LogInLink.objects.all()
    assert kept.digest not in link()
    assert Client().post(f"/account/login/link/{kept.digest}/").status_code == 410


@pytest.mark.parametrize("change", ["password", "blocked", "address", "everywhere"])
def test_a_link_from_before_a_change_of_the_account_is_void(client: Client, ana: Reader, change: str) -> None:
    ask(client, ana.email)
    match change:
        case "password":
            ana.set_password("a ferry over the Alba")
            ana.save()
        case "blocked":
            Reader.objects.filter(pk=ana.pk).update(is_active=False)
        case "address":
            EmailAddress.objects.filter(user=ana).update(email="ana@new.example")
        case "everywhere":
            Reader.objects.filter(pk=ana.pk).update(log_outs=1)
    other = Client()
    other.post(link())
    assert not is_logged_in(other)


@pytest.mark.both_databases
def test_an_unknown_address_is_answered_alike_by_as_much_work_and_mailed(ana: Reader) -> None:
    answers = []
    for email in ("nobody@example.org", ana.email):
        client = Client()
        client.get(ASK)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = ask(client, email)
        page = client.get(answer["Location"]).content.decode().replace(email, "E-MAIL")
        wrong = client.post(TYPE, {"code": "XXXX-XXXX"}).content.decode().replace(email, "E-MAIL")
        done = [re.sub(r"[0-9a-z']{20,}|'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries]
        verbs = [" ".join(re.findall(r"^\w+|(?:FROM|INTO|UPDATE) \S+", sql)) for sql in done]
        cleaned = [re.sub(r'value="\w+"', "", text) for text in (page, wrong)]
        answers.append((answer.status_code, answer["Location"], sorted(answer.cookies), cleaned, verbs))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [["nobody@example.org"], [ana.email]]
    assert "There is no account with it" in str(mail.outbox[0].body)


def test_an_address_that_was_never_confirmed_opens_no_account(client: Client) -> None:
    """Else a stranger's password would open what the mailbox's owner then uses."""
    client.post("/account/signup/", {"email": "eva@example.org", "pen_name": "Eva", "password1": PASSWORD})
    ask(Client(), "eva@example.org")
    assert "the address was never confirmed" in str(mail.outbox[-1].body)


def test_an_address_that_another_account_only_claims_leads_into_none(client: Client, ana: Reader) -> None:
    EmailAddress.objects.create(user=ana, email="eva@example.org", verified=False)
    ask(client, "eva@example.org")
    assert "There is no account with it" in str(mail.outbox[-1].body)


def test_three_wrong_codes_end_a_mail(client: Client, ana: Reader) -> None:
    ask(client, ana.email)
    typed = code()
    for _ in range(2):
        assert "not the code that we sent" in client.post(TYPE, {"code": "XXXX-XXXX"}).content.decode()
    assert client.post(TYPE, {"code": "XXXX-XXXX"})["Location"] == ASK
    client.post(TYPE, {"code": typed})
    assert not is_logged_in(client)


def test_codes_are_counted_by_address_whoever_tries_them(
    ana: Reader, settings: pytest.FixtureRequest
) -> None:
    settings.CAREO_TRUSTED_PROXIES = ("127.0.0.1",)  # type: ignore[attr-defined]
    answers = []
    for n in range(6):
        client = Client(headers={"x-forwarded-for": f"198.51.100.{n}"})
        with time_machine.travel(
            timezone.now() + timedelta(seconds=30 * n)
        ):  # so that mails may be asked for
            ask(client, ana.email)
            answers += [client.post(TYPE, {"code": "XXXX-XXXX"}).status_code for _ in range(2)]
    assert answers == [200] * 10 + [429] * 2


def test_nobody_s_mailbox_is_filled_through_us(ana: Reader) -> None:
    for email in (ana.email, "nobody@example.org"):
        mail.outbox.clear()
        pages = [ask(Client(), email) for _ in range(4)]
        assert [page.status_code for page in pages] == [302, 302, 302, 200]
        assert "That was too often in a short time" in pages[3].content.decode()
        assert len(mail.outbox) == 3


def test_the_mail_holds_nothing_that_a_stranger_wrote(client: Client, ana: Reader) -> None:
    ask(client, ana.email, "/search/?q=Buy+cheap+pills")
    assert "pills" not in str(mail.outbox[0].body)


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_either_way_leads_on_to_a_page_of_ours_alone(client: Client, ana: Reader, onward: str) -> None:
    ask(client, ana.email, onward)
    assert Client().post(link())["Location"] == "/account/"
    ask(client, ana.email)
    assert client.post(TYPE, {"code": code(), "next": onward})["Location"] == "/account/"


def test_a_blocked_account_is_let_in_by_neither(client: Client, ana: Reader) -> None:
    Reader.objects.filter(pk=ana.pk).update(is_active=False)
    ask(client, ana.email)
    assert "/account/login/link/" not in str(mail.outbox[0].body)
