"""Signing up, logging in, a new password: by the forms that a browser without JavaScript sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from careo.readers.actions import add_editor, open_account
from careo.readers.errors import AddressTaken
from careo.readers.models import Reader
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.django_db
EVA = {"email": "eva@example.org", "pen_name": "Eva", "password1": "a boat on the Alba"}


def link_in(message: EmailMessage) -> str:
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found, message.body
    return found[1]


def sign_up(client: Client, **changed: str) -> HttpResponse:
    return client.post("/account/signup/", EVA | changed)  # type: ignore[return-value]


@pytest.mark.both_databases
def test_a_reader_signs_up_confirms_the_address_and_logs_in(client: Client) -> None:
    sent = sign_up(client)
    assert (sent.status_code, sent["Location"]) == (302, "/account/confirm-email/")
    assert "Follow the link in it" in client.get(sent["Location"]).content.decode()
    [message] = mail.outbox
    assert message.to == ["eva@example.org"]
    assert message.subject == "Confirm your address for Careo"
    link = link_in(message)
    assert "Does <strong>eva@example.org</strong> belong to you?" in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified  # following a link, as mail scanners do, confirms nothing
    client.post(link)
    answer = client.post("/account/login/", {"login": "Eva@Example.org", "password": EVA["password1"]})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    page = client.get("/account/").content.decode()
    assert "eva@example.org" in page
    assert "Eva <span" in page


def test_nobody_logs_in_before_the_address_is_confirmed(client: Client) -> None:
    sign_up(client)
    other = Client()
    answer = other.post("/account/login/", {"login": "eva@example.org", "password": EVA["password1"]})
    assert answer["Location"] == "/account/confirm-email/"
    assert b"Log in" in other.get("/account/corner/").content


@pytest.mark.both_databases
def test_signing_up_with_a_used_address_is_answered_alike_and_mailed(ana: Reader) -> None:
    answers = []
    for email in ("eva@example.org", "ANA@example.org"):
        client = Client()
        answer = sign_up(client, email=email)
        page = client.get(answer["Location"]).content.decode().replace(email.lower(), "E-MAIL")
        answers.append(
            (answer.status_code, answer["Location"], sorted(answer.cookies), re.sub(r'value="\w+"', "", page))
        )
    assert answers[0] == answers[1]
    assert mail.outbox[1].to == ["ana@example.org"]
    assert "It has an account already" in str(mail.outbox[1].body)
    assert Reader.objects.filter(email="ana@example.org").count() == 1


def test_a_wished_pen_name_does_not_tell_whether_the_address_was_new(ana: Reader) -> None:
    """A name that a mere sign-up held would be taken for the next one who asks, but only if the address was new."""
    second = []
    for email in ("new@example.org", "ana@example.org"):
        name = f"Name of {email[:3]}"
        sign_up(Client(), email=email, pen_name=name)
        second.append(sign_up(Client(), email=f"again-{email}", pen_name=name).status_code)
    assert second == [302, 302]


def test_of_two_who_wish_for_a_pen_name_the_first_to_confirm_has_it(client: Client) -> None:
    sign_up(Client())
    sign_up(Client(), email="eve@example.org", pen_name="EVA")
    first, second = (link_in(message) for message in mail.outbox)
    Client().post(second)
    Client().post(first)
    assert Reader.objects.get(email="eve@example.org").pen_name == "EVA"
    late = Reader.objects.get(email="eva@example.org")
    assert late.pen_name == ""
    client.force_login(late)
    assert "“Eva” was taken by somebody else in the meantime" in client.get("/account/").content.decode()
    assert client.post("/account/", {"pen_name": "eva"}).status_code == 422
    assert client.post("/account/", {"pen_name": "Eva of the harbour"}).status_code == 302
    late.refresh_from_db()
    assert late.pen_name == "Eva of the harbour"


def test_a_taken_pen_name_is_refused_with_a_sentence_and_what_was_typed(client: Client, ana: Reader) -> None:
    page = sign_up(client, pen_name="ANA DE ALBA").content.decode()
    assert "“ANA DE ALBA” is the pen name of somebody else; choose another." in page
    assert 'value="eva@example.org"' in page
    assert not mail.outbox


@pytest.mark.parametrize("password", ["short", "password1234", "eva@example.org"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    assert sign_up(client, password1=password).status_code == 200
    assert not Reader.objects.exists()


@pytest.mark.both_databases
def test_the_same_sign_up_sent_twice_makes_one_account(client: Client) -> None:
    sign_up(client)
    assert sign_up(Client())["Location"] == "/account/confirm-email/"
    assert Reader.objects.count() == 1


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, ana: Reader) -> None:
    pages = []
    for email in ("ana@example.org", "nobody@example.org"):
        page = client.post("/account/login/", {"login": email, "password": "wrong"}).content.decode()
        assert "This address and this password do not belong together." in page
        pages.append(re.sub(r'value="[\w.@]+"', "", page))
    assert pages[0] == pages[1]


def test_a_blocked_account_is_told_only_to_who_knows_its_password(client: Client, ana: Reader) -> None:
    Reader.objects.filter(pk=ana.pk).update(is_active=False)
    wrong = client.post("/account/login/", {"login": ana.email, "password": "wrong"})
    assert "do not belong together" in wrong.content.decode()
    right = client.post("/account/login/", {"login": ana.email, "password": PASSWORD}, follow=True)
    assert "This account is blocked" in right.content.decode()


@pytest.mark.parametrize(
    ("onward", "place"),
    [
        ("/politics/ferry/", "/politics/ferry/"),
        ("http://testserver/politics/", "http://testserver/politics/"),
        ("https://evil.example/", "/account/"),
        ("//evil.example/", "/account/"),
        ("/\\evil.example/", "/account/"),
        ("javascript:alert(1)", "/account/"),
        ("http:evil.example", "/account/"),
        ("\x00//evil.example", "/account/"),
        ("", "/account/"),
    ],
)
def test_log_in_goes_on_to_a_page_of_ours_alone(client: Client, ana: Reader, onward: str, place: str) -> None:
    answer = client.post("/account/login/", {"login": ana.email, "password": PASSWORD, "next": onward})
    assert answer["Location"] == place


def test_a_reader_whom_the_desk_refuses_is_not_sent_in_a_circle(client: Client, ana: Reader) -> None:
    client.force_login(ana)
    answer = client.get("/desk/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/account/"


@pytest.mark.parametrize(
    "path", ["/desk/login/", "/desk/password_reset/", "/desk/password_reset/confirm/MQ/x-y/"]
)
def test_the_desk_has_no_door_of_its_own(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    assert client.post(path, {"username": "x", "password": "y"}).status_code == 302


def test_an_account_is_set_a_new_password_by_mail(client: Client, ana: Reader) -> None:
    answer = client.post("/account/password/reset/", {"email": "ANA@example.org"})
    assert answer["Location"] == "/account/password/reset/done/"
    link = link_in(mail.outbox[0])
    form = client.get(link)["Location"]
    assert "set-password" in form  # the key has left the address
    new = "a ferry over the Alba"
    done = client.post(form, {"password1": new, "password2": new})
    assert done["Location"] == "/account/password/reset/key/done/"
    assert client.post("/account/login/", {"login": ana.email, "password": new})["Location"] == "/account/"
    assert "used already, or is too old" in Client().get(link).content.decode()


def test_asking_a_new_password_for_an_unknown_address_is_answered_alike_and_mailed(
    client: Client, ana: Reader
) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in (ana.email, "nobody@example.org")
    ]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert mail.outbox[1].to == ["nobody@example.org"]
    assert "There is no account with it, or the address was never confirmed." in str(mail.outbox[1].body)


def test_a_password_is_changed_by_who_knows_the_old_one(client: Client, ana: Reader) -> None:
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    new = {"password1": "a ferry over the Alba", "password2": "a ferry over the Alba"}
    wrong = client.post("/account/password/change/", {"oldpassword": "wrong"} | new)
    assert "This is not your current password." in wrong.content.decode()
    assert (
        client.post("/account/password/change/", {"oldpassword": PASSWORD} | new)["Location"] == "/account/"
    )
    assert client.get("/account/").status_code == 200  # still logged in here


def test_another_address_is_added_after_the_password_and_used_once_confirmed(
    client: Client, ana: Reader
) -> None:
    client.force_login(ana)
    asked = client.post("/account/email/", {"action_add": "", "email": "ana@new.example"})
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD})
    client.post(link_in(mail.outbox[-1]))
    assert "ana@new.example" in client.get("/account/email/").content.decode()
    client.post("/account/email/", {"action_primary": "", "email": "ana@new.example"})
    ana.refresh_from_db()
    assert ana.email == "ana@new.example"


def test_an_address_that_another_account_holds_cannot_be_confirmed_into_this_one(
    client: Client, ana: Reader
) -> None:
    sign_up(Client())
    client.force_login(ana)
    asked = client.post("/account/email/", {"action_add": "", "email": "eva@example.org"})
    client.post(asked["Location"], {"password": PASSWORD})
    address = EmailAddress.objects.get(user=ana, email="eva@example.org")
    from allauth.account.models import EmailConfirmationHMAC

    page = client.post(f"/account/confirm-email/{EmailConfirmationHMAC(address).key}/", follow=True)
    assert page.status_code == 200
    address.refresh_from_db()
    assert not address.verified


def test_attempts_are_counted_by_the_address_behind_a_trusted_proxy(
    ana: Reader, settings: pytest.FixtureRequest
) -> None:
    settings.CAREO_TRUSTED_PROXIES = ("127.0.0.1",)  # type: ignore[attr-defined]

    def attempt(n: int, came_from: str) -> str:
        form = {"login": f"nobody{n}@example.org", "password": "wrong"}
        return Client(headers={"x-forwarded-for": came_from}).post("/account/login/", form).content.decode()

    pages = [attempt(n, f"6.6.6.{n}, 198.51.100.1") for n in range(11)]
    assert "do not belong together" in pages[9]
    assert "too many attempts" in pages[10]
    assert "do not belong together" in attempt(11, "198.51.100.2")


def test_a_stranger_cannot_escape_the_count_by_a_header(ana: Reader) -> None:
    def attempt(n: int) -> str:
        form = {"login": f"nobody{n}@example.org", "password": "wrong"}
        return (
            Client(headers={"x-forwarded-for": f"6.6.6.{n}"}).post("/account/login/", form).content.decode()
        )

    assert "too many attempts" in [attempt(n) for n in range(11)][10]


def test_one_account_cannot_be_tried_more_than_five_times(ana: Reader) -> None:
    form = {"login": ana.email, "password": "wrong"}
    for _ in range(5):
        Client().post("/account/login/", form)
    answer = Client().post("/account/login/", form | {"password": PASSWORD})
    assert "wait five minutes and try again" in answer.content.decode()


def test_too_many_requests_are_answered_in_our_frame(client: Client) -> None:
    answers = [client.post("/account/signup/", {}) for _ in range(21)]
    assert answers[20].status_code == 429
    assert "Wait five minutes and try again." in answers[20].content.decode()
    assert 'class="masthead"' in answers[20].content.decode()


def account_pages() -> list[str]:
    """Every page under /account/ that takes no argument."""
    patterns = next(p for p in get_resolver().url_patterns if str(p.pattern) == "account/")
    found: list[str] = []

    def walk(patterns: Any, prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.append(prefix + str(pattern.pattern))
            else:
                walk(pattern.url_patterns, prefix + str(pattern.pattern))

    walk(patterns.url_patterns, "/account/")  # type: ignore[union-attr]
    return sorted({path for path in found if "<" not in path and not path.endswith(("corner/", "stripe/"))})


@pytest.mark.parametrize("path", account_pages())
def test_every_page_stands_in_our_frame_and_needs_no_script(
    path: str, client: Client, ana: Reader, get_page: Callable[[Client, str], str]
) -> None:
    for visitor in (Client(), client):
        if visitor is not client and path.endswith("/logout/"):
            continue  # who is not logged in is sent to the front page
        if visitor is client:
            client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
        page = get_page(visitor, path)
        assert 'class="masthead"' in page
        assert "<h1" in page
        assert not re.search(r"<script(?![^>]* src=)|<style| on\w+=| style=", page)
        assert "Menu:" not in page  # allauth's own frame has one


@pytest.fixture
def get_page() -> Callable[[Client, str], str]:
    return lambda client, path: client.get(path, follow=True).content.decode()


@pytest.mark.parametrize("path", account_pages())
def test_no_page_about_an_account_is_kept_by_any_cache(path: str, client: Client, ana: Reader) -> None:
    client.force_login(ana)
    for visitor in (Client(), client):
        assert {"private", "no-store"} <= set(visitor.get(path)["Cache-Control"].split(", "))


def test_an_editor_is_added_and_sets_the_password_by_the_link(client: Client) -> None:
    path = add_editor("Clara@example.org")
    form = client.get(path)["Location"]
    client.post(form, {"password1": "ink and a lead type", "password2": "ink and a lead type"})
    answer = client.post("/account/login/", {"login": "clara@example.org", "password": "ink and a lead type"})
    assert answer["Location"] == "/account/"  # the address needs no further confirmation


def test_adding_an_editor_who_has_an_account_keeps_it(ana: Reader) -> None:
    assert add_editor("ana@example.org", administrator=True)
    ana.refresh_from_db()
    assert ana.is_superuser
    assert ana.pen_name == "Ana de Alba"


def test_an_account_is_opened_once(ana: Reader) -> None:
    with pytest.raises(AddressTaken, match=r"ANA@example\.org belongs to an account already"):
        open_account("ANA@example.org")


def test_mail_holds_nothing_that_a_stranger_wrote(client: Client) -> None:
    """Else the paper could be made to send advertisements to anybody."""
    sign_up(client, pen_name="Buy cheap pills")
    assert "pills" not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"
