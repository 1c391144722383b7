"""The second factor by an app's codes and by recovery codes: set up, asked for, counted, taken off."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import transaction
from django.test import Client

from careo.readers.models import Reader
from tests.readers.second_factors import PAGES, code, confirm_password, log_in, recovery_codes, set_up_app
from tests.readers.test_log_in_by_mail import ask, is_logged_in, link
from tests.readers.test_log_in_by_mail import code as code_in_mail
from tests.tools.valkey import running_valkey

pytestmark = pytest.mark.django_db
STEP = f"{PAGES}authenticate/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stands in the middle of a code's half minute, until a test moves it."""
    with time_machine.travel(time.time() // 30 * 30 + 15, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def secret(client: Client, ana: Reader, clock: time_machine.Traveller) -> str:
    """Ana's app, set up on this client; the next code is another."""
    log_in(client, ana)
    made = set_up_app(client)
    clock.shift(30)
    return made


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done on commit is done within the request, as it is where a test's transaction is not around it."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())


def test_an_app_is_set_up_after_the_password_was_given_once_more(
    client: Client, ana: Reader, commits_at_once: None
) -> None:
    log_in(client, ana)
    answer = client.get(f"{PAGES}totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    set_up_app(client)
    assert "An app for codes was set up for your account at Careo" in [m.subject for m in mail.outbox]
    assert len(recovery_codes(client)) == 10
    page = client.get(PAGES).content.decode()
    assert "10 are left; each works once." in page


def test_a_wrong_code_sets_up_nothing(client: Client, ana: Reader) -> None:
    log_in(client, ana)
    confirm_password(client)
    client.get(f"{PAGES}totp/activate/")
    answer = client.post(f"{PAGES}totp/activate/", {"code": "000000"})
    assert "This was not right, or is too old; try again." in answer.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.both_databases
def test_a_log_in_by_password_asks_for_the_code_as_well_and_goes_on(ana: Reader, secret: str) -> None:
    client = Client()
    assert log_in(client, ana, next="/politics/ferry/") == STEP
    assert not is_logged_in(client)
    assert client.get("/account/")["Location"].startswith("/account/login/")
    assert "One more step" in client.get(STEP).content.decode()
    answer = client.post(STEP, {"code": code(secret)})
    assert answer["Location"] == "/politics/ferry/"
    assert is_logged_in(client)


@pytest.mark.parametrize("by", ["code", "link"])
def test_a_log_in_by_mail_asks_for_the_code_as_well(ana: Reader, secret: str, by: str) -> None:
    client = Client()
    ask(client, ana.email)
    path, form = ("/account/login/code/confirm/", {"code": code_in_mail()}) if by == "code" else (link(), {})
    answer = client.post(path, form)
    assert answer["Location"] == STEP
    assert not is_logged_in(client)
    client.post(STEP, {"code": code(secret)})
    assert is_logged_in(client)


def test_a_new_password_by_mail_is_no_way_round(ana: Reader, secret: str) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": ana.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    new = "a ferry over the Alba"
    client.post(client.get(found[1])["Location"], {"password1": new, "password2": new})
    assert not is_logged_in(client)
    assert client.post("/account/login/", {"login": ana.email, "password": new})["Location"] == STEP


def test_a_code_that_was_used_is_used_up(ana: Reader, secret: str) -> None:
    shown = code(secret)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, ana)
        client.post(STEP, {"code": shown})
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_an_old_code_is_none(ana: Reader, secret: str, clock: time_machine.Traveller) -> None:
    shown = code(secret)
    clock.shift(30)
    client = Client()
    log_in(client, ana)
    assert "This was not right, or is too old" in client.post(STEP, {"code": shown}).content.decode()


@pytest.mark.both_databases
def test_a_recovery_code_lets_in_once(client: Client, ana: Reader, secret: str) -> None:
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    first, second = Client(), Client()
    for other in (first, second):
        log_in(other, ana)
        other.post(STEP, {"code": codes[0]})
    assert is_logged_in(first)
    assert not is_logged_in(second)
    assert recovery_codes(client) == codes[1:]


def test_recovery_codes_are_downloaded_as_text_and_kept_by_nobody_else(client: Client, secret: str) -> None:
    answer = client.get(f"{PAGES}recovery-codes/download/")
    assert answer["Content-Type"].startswith("text/plain")
    assert "attachment" in answer["Content-Disposition"]
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer.content.decode().split() == recovery_codes(client)


def test_new_recovery_codes_make_the_old_ones_void_and_are_told(
    client: Client, ana: Reader, secret: str, commits_at_once: None
) -> None:
    old = recovery_codes(client)
    client.post(f"{PAGES}recovery-codes/generate/")
    assert not set(old) & set(recovery_codes(client))
    assert mail.outbox[-1].subject == "New recovery codes for your account at Careo"
    other = Client()
    log_in(other, ana)
    other.post(STEP, {"code": old[0]})
    assert not is_logged_in(other)


def test_they_are_shown_only_to_who_showed_who_they_are(
    client: Client, ana: Reader, secret: str, clock: time_machine.Traveller
) -> None:
    clock.shift(301)
    for page in (
        "recovery-codes/",
        "recovery-codes/download/",
        "recovery-codes/generate/",
        "totp/deactivate/",
    ):
        assert client.get(PAGES + page)["Location"].startswith("/account/reauthenticate/")
    client.post("/account/second-factor/reauthenticate/", {"code": code(secret)})  # instead of the password
    assert client.get(f"{PAGES}recovery-codes/").status_code == 200


def test_the_app_is_taken_off_and_recovery_codes_go_with_it(client: Client, ana: Reader, secret: str) -> None:
    assert client.post(f"{PAGES}totp/deactivate/")["Location"] == PAGES
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "The app for codes was taken off your account at Careo"
    assert log_in(Client(), ana) == "/account/"
    assert client.get(f"{PAGES}recovery-codes/")["Location"] == PAGES  # no page of its own any more


def test_five_wrong_codes_shut_the_second_step_for_a_while_whoever_tries(ana: Reader, secret: str) -> None:
    for n in range(6):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        log_in(client, ana)
        page = client.post(STEP, {"code": "000000" if n < 5 else code(secret)}).content.decode()
        assert ("too many attempts" in page) == (n == 5)
        assert not is_logged_in(client)


def test_the_count_is_one_for_all_processes_that_share_a_cache(
    ana: Reader, secret: str, settings: Any, clock: time_machine.Traveller
) -> None:
    with running_valkey() as valkey:
        for n in range(6):
            # Another process has nothing in memory of what this one counted.
            settings.CACHES = {
                "default": {"BACKEND": "careo.project.cache.SturdyCache", "LOCATION": valkey.url}
            }
            client = Client(REMOTE_ADDR=f"198.51.100.{n}")
            log_in(client, ana)
            page = client.post(STEP, {"code": "000000" if n < 5 else code(secret)}).content.decode()
            assert ("too many attempts" in page) == (n == 5)
        assert valkey.client().keys("*allauth*")


def test_thirty_wrong_codes_shut_it_for_the_day(
    client: Client, ana: Reader, secret: str, clock: time_machine.Traveller
) -> None:
    other = Client()
    for n in range(30):
        if n % 5 == 0:
            clock.shift(301)
            log_in(other, ana)
        other.post(STEP, {"code": "000000"})
    clock.shift(301)
    log_in(other, ana)
    page = other.post(STEP, {"code": code(secret)}).content.decode()
    assert "too many wrong codes for this account today" in page
    clock.shift(86_400)
    log_in(other, ana)
    other.post(STEP, {"code": code(secret)})
    assert is_logged_in(other)


def test_right_codes_are_not_counted(
    ana: Reader, secret: str, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"second_factor": "2/d/key"}
    for _ in range(4):
        client = Client()
        log_in(client, ana)
        client.post(STEP, {"code": code(secret)})
        assert is_logged_in(client)
        clock.shift(60)


def test_showing_who_one_is_is_counted_too(client: Client, ana: Reader, secret: str) -> None:
    wrong = [
        client.post("/account/reauthenticate/", {"password": "wrong"}).content.decode() for _ in range(6)
    ]
    assert "This is not your password." in wrong[4]
    assert "too many attempts" in wrong[5]


def test_another_reader_s_passkey_is_not_to_be_touched(client: Client, ana: Reader, bruno: Reader) -> None:
    key = Authenticator.objects.create(
        user=bruno, type="webauthn", data={"name": "Bruno's", "credential": {}}
    )
    log_in(client, ana)
    confirm_password(client)
    for act in ("remove", "edit"):
        assert client.post(f"{PAGES}webauthn/keys/{key.pk}/{act}/", {"name": "mine"})["Location"] == PAGES
    key.refresh_from_db()
    assert key.data["name"] == "Bruno's"


FORGED = ["", "x", "{}", '{"id": 7}', "[]", "null", '"x"', "[" * 2_000, "7" * 5_000, "7" * 30_000,
          '{"response": {"userHandle": "MQ"}}',
          '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "eA",'
          ' "signature": "eA", "userHandle": "MQ"}}']  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_passkey_opens_nothing_and_breaks_nothing(client: Client, ana: Reader, forged: str) -> None:
    client.get(f"{PAGES}webauthn/login/", headers={"accept": "application/json"})
    answer = client.post(f"{PAGES}webauthn/login/", {"credential": forged})
    assert answer["Location"] == "/account/login/"
    assert not is_logged_in(client)
    log_in(client, ana)
    confirm_password(client)
    client.get(f"{PAGES}webauthn/add/")
    answer = client.post(f"{PAGES}webauthn/add/", {"name": "x", "credential": forged})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()
