"""Where a reader is logged in: listed, ended one by one, and all others at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from careo.readers import sessions
from careo.readers.models import Reader, ReaderSession
from tests.readers.second_factors import log_in
from tests.readers.test_log_in_by_mail import is_logged_in

pytestmark = pytest.mark.django_db
LIST = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1"


@pytest.fixture
def here(ana: Reader) -> Client:
    """Ana at her desk."""
    client = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.77")
    log_in(client, ana)
    return client


@pytest.fixture
def telephone(ana: Reader, here: Client) -> Client:
    client = Client(headers={"user-agent": IPHONE}, REMOTE_ADDR="2001:db8:85a3::8a2e:370:7334")
    log_in(client, ana)
    return client


def listed(client: Client) -> list[str]:
    """A line for each, without the markup."""
    page = client.get(LIST).content.decode().split("<main")[1].split("</main>")[0]
    items = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", item).split()) for item in items]


@pytest.mark.both_databases
def test_each_device_is_told_in_words_with_when_it_was_seen_and_a_coarse_address(
    here: Client, telephone: Client
) -> None:
    other, this = listed(here)
    assert other.startswith("Safari on iPhone last used now, from 2001:db8:85a3:x, since ")
    assert other.endswith("Log it out")
    assert this.startswith("Firefox on Linux , this one last used now, from 203.0.113.x, since ")
    assert "Log it out" not in this
    assert "/account/sessions/" in here.get("/account/").content.decode()


def test_nothing_more_of_a_device_is_kept(here: Client, telephone: Client) -> None:
    kept = str(list(ReaderSession.objects.values_list("browser", "system", "network")))
    assert "77" not in kept
    assert "7334" not in kept
    assert "Mozilla" not in kept


@pytest.mark.both_databases
def test_one_device_is_logged_out_and_the_others_stay(here: Client, telephone: Client) -> None:
    [number] = re.findall(r"/account/sessions/end/(\d+)/", here.get(LIST).content.decode())
    here.get(f"{LIST}end/{number}/")
    assert is_logged_in(telephone)  # a link followed by somebody's scanner ends nothing
    here.post(f"{LIST}end/{number}/")
    assert not is_logged_in(telephone)
    assert is_logged_in(here)
    assert len(listed(here)) == 1


@pytest.mark.both_databases
def test_all_others_are_logged_out_at_once_those_never_noted_too(
    ana: Reader, here: Client, telephone: Client
) -> None:
    ReaderSession.objects.filter(browser="Safari").delete()
    here.get(f"{LIST}end/")
    assert is_logged_in(telephone)
    assert here.post(f"{LIST}end/")["Location"] == LIST
    assert not is_logged_in(telephone)
    assert is_logged_in(here)
    [line] = listed(here)
    assert line.startswith("Firefox on Linux , this one")
    assert log_in(telephone, ana) == "/account/"
    assert is_logged_in(here), "who logs in again ends nothing"


def test_another_reader_s_device_is_not_to_be_logged_out(here: Client, bruno: Reader) -> None:
    other = Client()
    log_in(other, bruno)
    number = ReaderSession.objects.get(reader=bruno).pk
    here.post(f"{LIST}end/{number}/")
    assert is_logged_in(other)


def test_a_new_password_logs_out_everywhere_else_and_the_list_knows(
    ana: Reader, here: Client, telephone: Client
) -> None:
    ana.set_password("a ferry over the Alba")
    ana.save()
    assert not is_logged_in(telephone)
    here.post("/account/login/", {"login": ana.email, "password": "a ferry over the Alba"})
    assert len(listed(here)) == 1


def test_who_logs_out_is_on_the_list_no_more(here: Client, telephone: Client) -> None:
    telephone.post("/account/logout/")
    assert len(listed(here)) == 1
    assert ReaderSession.objects.count() == 1


def test_reading_writes_a_quarter_of_an_hour_apart(
    here: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seen = ReaderSession.objects.get().seen_at
    with django_assert_num_queries(3):  # the session, the reader, the subscription
        here.get("/account/corner/")
    later = timezone.now() + timedelta(seconds=sessions.SEEN + 1)
    with time_machine.travel(later):
        here.get("/account/corner/")
        assert ReaderSession.objects.get().seen_at > seen + timedelta(seconds=sessions.SEEN)


def test_a_session_from_before_there_was_a_list_is_noted_when_it_is_used(here: Client) -> None:
    key = ReaderSession.objects.get().key
    ReaderSession.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(seconds=sessions.SEEN + 1)):
        here.get("/account/corner/")
    assert ReaderSession.objects.get().key == key


def test_what_was_not_used_for_longer_than_a_session_holds_is_forgotten(
    ana: Reader, here: Client, settings: Any
) -> None:
    old = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    ReaderSession.objects.create(reader=ana, key="k" * 32, seen_at=old)
    sessions.forget_old()
    assert ReaderSession.objects.get().browser == "Firefox"
