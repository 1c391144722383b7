"""An address from which mail comes back gets none; its reader is told at log-in, and has it sent again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from careo.readers.bouncing import SIGNER, confirm, is_bouncing, note, token_of
from careo.readers.delivery_reports import Failure
from careo.readers.mailing import choose, recipients
from careo.readers.models import Bounce, Reader
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(ana: Reader, bruno: Reader) -> tuple[Reader, Reader]:
    for reader in (ana, bruno):
        choose(reader, "daily")
    return ana, bruno


@pytest.fixture
def anas(ana: Reader, client: Client) -> Client:
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    return client


def bounce(reader: Reader, kind: str = "hard") -> bool:
    return note(Failure(reader.email.upper(), kind, "5.1.1"))  # type: ignore[arg-type]


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["hard", "complaint"])
def test_a_hard_bounce_and_a_complaint_stop_the_edition_at_once(
    readers: tuple[Reader, Reader], kind: str
) -> None:
    ana, bruno = readers
    assert bounce(ana, kind)
    assert is_bouncing(ana)
    assert list(recipients("daily")) == [bruno]


@pytest.mark.both_databases
def test_the_third_soft_bounce_in_fourteen_days_stops_it(readers: tuple[Reader, Reader]) -> None:
    ana, bruno = readers
    for days, stopped in ((0, False), (1, False), (20, False), (21, False), (30, True)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            bounce(ana, "soft")
            assert is_bouncing(ana) is stopped, days
    assert list(recipients("daily")) == [bruno]


def test_what_is_nobody_s_address_is_not_kept(readers: tuple[Reader, Reader]) -> None:
    assert not note(Failure("nobody@example.org", "hard"))
    assert not Bounce.objects.exists()


def test_a_new_address_is_written_to(readers: tuple[Reader, Reader]) -> None:
    ana, _ = readers
    bounce(ana)
    ana.email = "ana@new.example"
    ana.save()
    assert not is_bouncing(ana)


def test_a_reader_is_told_at_log_in_and_on_the_account_s_page(ana: Reader, client: Client) -> None:
    bounce(ana)
    answer = client.post("/account/login/", {"login": ana.email, "password": PASSWORD}, follow=True)
    page = answer.content.decode()
    assert "Mail to you comes back" in page
    assert "Mail to ana@example.org comes back, so none is sent there." in page
    assert "Mail to ana@example.org comes back" in client.get("/account/").content.decode()


def test_the_letter_s_link_asks_and_its_button_has_mail_sent_again(
    readers: tuple[Reader, Reader], anas: Client
) -> None:
    ana, _ = readers
    bounce(ana)
    page = anas.post("/account/mail/", follow=True).content.decode()
    assert "A letter is on its way to ana@example.org." in page
    assert "wait ten minutes" in anas.post("/account/mail/", follow=True).content.decode()
    [letter] = mail.outbox
    assert letter.to == ["ana@example.org"]
    link = re.search(r"http://testserver(/account/mail/\S+)", str(letter.body))
    assert link
    assert "Send it again" in Client().get(link[1]).content.decode()
    assert is_bouncing(ana)
    answer = Client().post(link[1])
    assert "Mail is sent to you again." in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert not is_bouncing(ana)
    assert ana in recipients("daily")


def test_who_gets_mail_is_sent_no_such_letter(anas: Client) -> None:
    anas.post("/account/mail/")
    assert not mail.outbox


def test_no_link_but_ours_of_today_and_to_this_address_confirms(ana: Reader, bruno: Reader) -> None:
    bounce(ana)
    own = token_of(ana)
    others = [token_of(bruno), f"{own}x", own[1:], SIGNER.sign(str(ana.pk)), SIGNER.sign_object("x"), "x"]
    for token in others:
        Client().post(f"/account/mail/{token}/")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert Client().post(f"/account/mail/{own}/").status_code == 404
    Reader.objects.filter(pk=ana.pk).update(email="ana@new.example")
    assert Client().post(f"/account/mail/{own}/").status_code == 404
    Reader.objects.filter(pk=ana.pk).update(email="ana@example.org")
    assert is_bouncing(ana)
    confirm(ana)
    assert not is_bouncing(ana)
