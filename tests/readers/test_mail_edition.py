"""A reader chooses the e-mail edition on the account's page, and ends it by the address from a mail, logged in or not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from wagtail import hooks

from careo.readers import mailing
from careo.readers.mailing import choose, leaving_address, recipients
from careo.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered() -> Iterator[list[str]]:
    """What editions are sent; a daily one at first."""
    periods = ["daily"]
    with hooks.register_temporarily(mailing.OFFERED_HOOK, lambda: periods):
        yield periods


def path_to_end(reader: Reader) -> str:
    return leaving_address(reader).removeprefix("http://testserver")


def test_nobody_is_sent_an_edition_who_did_not_ask_for_it(ana: Reader, offered: list[str]) -> None:
    assert not ana.mail_edition
    assert [*recipients("daily"), *recipients("weekly"), *recipients("")] == []


def test_a_reader_asks_for_it_and_ends_it_on_the_accounts_page(
    client: Client, ana: Reader, offered: list[str]
) -> None:
    client.force_login(ana)
    page = client.get("/account/").text
    assert '<option value="daily">' in page
    assert '<option value="weekly">' not in page
    answer = client.post("/account/edition/", {"mail_edition": "daily"}, follow=True)
    assert "The e-mail edition is sent to ana@example.org." in answer.text
    assert '<option value="daily" selected>' in answer.text
    assert list(recipients("daily")) == [ana]
    answer = client.post("/account/edition/", {"mail_edition": ""}, follow=True)
    assert "No e-mail edition is sent to you." in answer.text
    assert list(recipients("daily")) == []


def test_what_is_not_sent_cannot_be_asked_for(client: Client, ana: Reader, offered: list[str]) -> None:
    client.force_login(ana)
    for period in ("weekly", "hourly"):
        answer = client.post("/account/edition/", {"mail_edition": period}, follow=True)
        assert "There is no such edition" in answer.text
    offered.clear()
    assert "E-mail edition" not in client.get("/account/").text
    client.post("/account/edition/", {"mail_edition": "daily"})
    ana.refresh_from_db()
    assert ana.mail_edition == ""


def test_an_edition_that_is_no_longer_sent_can_still_be_ended(
    client: Client, ana: Reader, offered: list[str]
) -> None:
    choose(ana, "daily")
    offered.clear()
    client.force_login(ana)
    assert "E-mail edition" in client.get("/account/").text
    client.post("/account/edition/", {"mail_edition": ""})
    assert list(recipients("daily")) == []


def test_a_visitor_is_sent_to_log_in(client: Client) -> None:
    answer = client.post("/account/edition/", {"mail_edition": "daily"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/account/edition/")


def test_who_comes_back_from_logging_in_is_shown_the_form(
    client: Client, ana: Reader, offered: list[str]
) -> None:
    client.force_login(ana)
    assert '<option value="daily">' in client.get("/account/edition/", follow=True).text


def test_the_address_from_a_mail_asks_first_and_ends_it_by_its_button(ana: Reader, bruno: Reader) -> None:
    choose(ana, "daily")
    choose(bruno, "daily")
    visitor, path = Client(enforce_csrf_checks=True), path_to_end(ana)
    for ask in (visitor.get, visitor.head):
        assert ask(path).status_code == 200
    assert set(recipients("daily")) == {ana, bruno}
    page = visitor.get(path)
    assert '<form method="post">' in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert "has ended" in visitor.post(path).text
    assert list(recipients("daily")) == [bruno]


def test_it_says_the_same_whether_there_is_an_account_an_edition_or_neither(
    ana: Reader, bruno: Reader
) -> None:
    choose(ana, "daily")
    paths = [path_to_end(ana), path_to_end(bruno)]
    gone = Reader.objects.create_user("gone@example.org")
    paths.append(path_to_end(gone))
    gone.delete()
    pages = [(Client().get(path).text, Client().post(path).text) for path in paths]
    assert pages[0] == pages[1] == pages[2]
    assert "ana@example.org" not in "".join(pages[0])


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_not_ours_ends_nothing(ana: Reader, bruno: Reader, method: str) -> None:
    choose(ana, "daily")
    signature = mailing.SIGNER.sign(str(bruno.pk)).partition(":")[2]
    made_up = [
        str(ana.pk),
        f"{ana.pk}:",
        f"{ana.pk}:{signature}",
        signing.Signer().sign(str(ana.pk)),
        "é:ü",
        "\0",
    ]
    for token in made_up:
        answer = getattr(Client(), method)(f"/account/edition/end/{quote(token)}/")
        assert answer.status_code == 404, token
    assert list(recipients("daily")) == [ana]
