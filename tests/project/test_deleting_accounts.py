"""Deleting an account: asked for, a week to think better of it, then gone from every table, with what the law keeps unnamed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from careo.forum.erasing import erase_deleted
from careo.forum.models import Appeal, Notice, Post
from careo.paper.models import ReadersNote
from careo.readers.actions import open_account
from careo.readers.errors import CannotLeave, StripeAway
from careo.readers.former import ADDRESS, former_reader
from careo.readers.leaving import ask_to_leave, delete_account, delete_due, stay
from careo.readers.models import Checkout, Leaving, Reader, Refund
from tests.paper.edition import Edition
from tests.project.lives import PASSWORD, House, lived, secured

pytestmark = pytest.mark.django_db
WORD = "anapest"  # in the address, the pen name and everything Ana typed
EIGHT_DAYS = timedelta(days=8)


@pytest.fixture
def house() -> House:
    return House.built(Edition())


@pytest.fixture
def ana(house: House) -> Reader:
    return lived(WORD, house)


def cells() -> Iterator[tuple[str, str]]:
    """Every cell of every table there is, those no model knows of included: search indices, sessions, queues."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of ours
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", str(value)) for name, value in zip(names, row, strict=True))


def where(word: str) -> set[str]:
    return {cell for cell, value in cells() if word.lower() in value.lower()}


LOG = "forum_moderationlog.about"  # final by the database's own triggers
BOOKS = {
    "readers_refund.payment_id",
    "readers_checkout.stripe_id",
    "readers_gift.code",
    "readers_paidsubscription.stripe_id",
}


@pytest.mark.both_databases
def test_after_it_no_table_holds_address_pen_name_or_words(house: House, ana: Reader) -> None:
    secured(ana, WORD)
    before = where(WORD)
    assert {"mfa_authenticator.data", "readers_readersession.key", "readers_reader.email"} <= before
    assert {"forum_post.text", "forum_appeal.text", LOG} <= before
    delete_account(ana, keeps_posts=False)
    # What Ana told the authorities' notice and the editors of the paper's mistakes stays, without whose words they are.
    kept = {"forum_notice.why", "paper_readersnote.what"}
    assert where(WORD) == {LOG} | BOOKS | kept
    assert where(f"{WORD}@") == set()
    assert where(f"{WORD} of Alba") == {LOG}
    assert not Reader.objects.filter(pk=ana.pk).exists()


@pytest.mark.both_databases
def test_posts_that_stay_stand_under_no_name(house: House, ana: Reader, client: Client) -> None:
    delete_account(ana, keeps_posts=True)
    assert where(f"{WORD}@") == set()
    assert where(f"{WORD} of Alba") == {LOG}
    post = Post.objects.get(text=f"The later words of {WORD}.")
    assert post.author == former_reader()
    assert not post.earlier_texts.exists()
    hidden = Post.objects.get(text=f"Hidden words of {WORD}.")
    assert (hidden.hidden_as, hidden.author) == (Post.HiddenAs.MODERATOR, former_reader())
    client.force_login(house.post.author)
    page = client.get(house.thread.get_absolute_url()).content.decode()
    assert "Former reader" in page
    assert f"The later words of {WORD}." in page
    assert ADDRESS not in page


def test_place_holders_stay_where_words_are_erased(house: House, ana: Reader, client: Client) -> None:
    made = house.thread.posts.count()
    delete_account(ana, keeps_posts=False)
    assert house.thread.posts.count() == made
    assert set(Post.objects.filter(author=former_reader()).values_list("text", "hidden_as")) == {
        ("", "author")
    }
    client.force_login(house.post.author)
    answer = client.get(house.thread.get_absolute_url())
    assert answer.status_code == 200
    assert "The host's answer." in answer.content.decode().replace("&#x27;", "'")


def test_what_ana_recommended_is_counted_without_her(house: House, ana: Reader) -> None:
    house.post.refresh_from_db()
    assert house.post.recommended == 1
    delete_account(ana, keeps_posts=True)
    house.post.refresh_from_db()
    assert (house.post.recommended, house.post.recommendations.count()) == (0, 0)


def test_words_under_an_open_notice_stay_until_it_is_settled(house: House, ana: Reader) -> None:
    post = Post.objects.get(text=f"The later words of {WORD}.")
    notice = Notice.objects.create(address=post.get_absolute_url(), post=post, kind="other", why="Unlawful.")
    delete_account(ana, keeps_posts=False)
    assert "forum_post.text" in where(WORD)
    Notice.objects.filter(pk=notice.pk).update(settled_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        erase_deleted()
    assert "forum_post.text" not in where(WORD)


def test_books_and_decisions_stay_without_a_name(house: House, ana: Reader) -> None:
    reasons = ana.reasons_given.exclude(post=None).get()
    delete_account(ana, keeps_posts=True)
    reasons.refresh_from_db()
    assert reasons.reader is None
    assert reasons.scope.startswith("post ")
    assert "by Former reader in" in reasons.scope
    assert Refund.objects.get().reader == former_reader()
    assert Checkout.objects.get().gift.code == f"gift-of-{WORD}"  # somebody may take it still
    assert ReadersNote.objects.get().email == ""
    assert (Notice.objects.get().email, Notice.objects.get().name) == ("", "")
    assert not Appeal.objects.exists()


def test_the_week_runs_and_then_the_account_is_deleted(
    ana: Reader, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()  # of what moderators decided before
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_leave(ana, keeps_posts=True)
    [letter] = mail.outbox
    assert letter.to == [ana.email]
    assert letter.subject == "Your account at Careo will be deleted"
    assert "http://testserver/account/stay/" in letter.body
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert delete_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert delete_due() == 1
    assert not Reader.objects.filter(email=ana.email).exists()
    assert not Leaving.objects.exists()


def test_who_stays_is_not_deleted(ana: Reader) -> None:
    ask_to_leave(ana, keeps_posts=True)
    stay(ana)
    with time_machine.travel(timezone.now() + EIGHT_DAYS):
        assert delete_due() == 0
    assert Reader.objects.filter(pk=ana.pk).exists()


@pytest.fixture
def anas(ana: Reader, client: Client) -> Client:
    log_in(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def log_in(client: Client, onward: str = "") -> str:
    answer = client.post(
        f"/account/login/?next={onward}",
        {"login": f"{WORD}@readers.example", "password": PASSWORD, "next": onward},
    )
    return answer["Location"]


def test_a_reader_asks_logs_in_again_and_is_offered_to_keep_it(ana: Reader, anas: Client) -> None:
    assert anas.post("/account/delete/", {}).status_code == 422
    assert not Leaving.objects.exists()
    assert anas.post("/account/delete/", {"posts": "erase"})["Location"] == "/account/stay/"
    assert not Leaving.objects.get().keeps_posts
    other = Client()
    location = log_in(other, "/news/")
    assert location == "/account/stay/?next=%2Fnews%2F"
    page = other.get(location).content.decode()
    assert "Keep my account" in page
    assert 'href="/news/"' in page
    assert other.post(location, {"next": "/news/"})["Location"] == "/news/"
    assert not Leaving.objects.exists()
    assert log_in(Client(), "/news/") == "/news/"


def test_staying_leads_to_no_other_house(ana: Reader, anas: Client) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        ask_to_leave(ana, keeps_posts=True)
        assert "elsewhere" not in anas.get("/account/stay/", {"next": elsewhere}).content.decode()
        assert anas.post("/account/stay/", {"next": elsewhere})["Location"] == "/account/"


def test_it_is_asked_for_after_the_password_alone(ana: Reader, client: Client) -> None:
    assert client.post("/account/delete/", {"posts": "keep"})["Location"].startswith("/account/login/")
    log_in(client)
    answer = client.post("/account/delete/", {"posts": "keep"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert not Leaving.objects.exists()


def test_who_works_here_is_not_deleted_before_the_rights_are_taken(house: House, client: Client) -> None:
    moderator = house.moderator
    with pytest.raises(CannotLeave, match="You work here"):
        ask_to_leave(moderator, keeps_posts=True)
    client.force_login(moderator)  # without a password there is none to be asked for again
    moderator.set_unusable_password()
    answer = client.post("/account/delete/", {"posts": "keep"})
    assert answer.status_code in (302, 403)
    assert not Leaving.objects.exists()
    Leaving.objects.create(reader=moderator, keeps_posts=True)  # asked before the rights were given
    with time_machine.travel(timezone.now() + EIGHT_DAYS):
        assert delete_due() == 0
    assert Reader.objects.filter(pk=moderator.pk).exists()


def test_an_editor_whose_rights_were_taken_goes_and_the_stories_stay(house: House) -> None:
    olga = open_account("olga@meridiapost.example", pen_name="Olga")
    Reader.objects.filter(pk=olga.pk).update(is_superuser=True)
    olga = Reader.objects.get(pk=olga.pk)
    house.story.owner = olga
    house.story.save_revision(user=olga).publish(user=olga)
    with pytest.raises(CannotLeave):
        delete_account(olga, keeps_posts=True)
    Reader.objects.filter(pk=olga.pk).update(is_superuser=False)
    delete_account(Reader.objects.get(pk=olga.pk), keeps_posts=True)
    house.story.refresh_from_db()
    assert (house.story.owner, house.story.live) == (None, True)
    assert where("olga@") == set()


def test_an_account_waits_while_stripe_cannot_be_told(
    ana: Reader, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def away(_: Reader) -> None:
        raise StripeAway("nobody there")

    settings.CAREO_STRIPE_KEY = settings.CAREO_STRIPE_WEBHOOK_SECRET = "set"
    monkeypatch.setattr("careo.readers.leaving.stop_paying", away)
    ask_to_leave(ana, keeps_posts=False)
    with time_machine.travel(timezone.now() + EIGHT_DAYS):
        assert delete_due() == 0
    assert Reader.objects.filter(pk=ana.pk).exists()
    assert "forum_post.text" in where(WORD)


def test_nobody_gets_hold_of_the_former_readers_account(client: Client) -> None:
    client.post("/account/signup/", {"email": ADDRESS, "pen_name": "Former", "password1": PASSWORD})
    former = former_reader()
    assert not former.is_active
    client.post("/account/login/", {"login": ADDRESS, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
