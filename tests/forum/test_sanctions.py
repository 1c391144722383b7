"""Warned, muted, suspended, banned: what each may still do, the letter that says why, and the appeal against it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from careo.forum import appeals, moderation
from careo.forum.actions import add_post, flag
from careo.forum.errors import AlreadyAppealed, ForAnotherModerator, ReaderMuted
from careo.forum.models import Appeal, ModerationLog, Post, Sanction, StatementOfReasons, Thread
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, story_called, working
from tests.forum.test_moderation import desk, read
from tests.forum.test_queue import send

pytestmark = pytest.mark.django_db
__all__ = ["desk"]
Committing = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def letters(
    django_capture_on_commit_callbacks: Committing,
) -> Iterator[Callable[[Client, str, dict[str, str]], int]]:
    """Send a form and let what follows the commit happen."""

    def send_form(client: Client, path: str, told: dict[str, str]) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, told).status_code

    return send_form  # type: ignore[return-value]


@pytest.fixture
def nora(db: None) -> Reader:
    """Another moderator."""
    return working("nora@example.org", "Nora", "moderate")


def logged_in(reader: Reader) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def may(reader: Reader, thread: Thread, post: Post) -> dict[str, bool]:
    """What the reader can do now, asked over HTTP."""
    client = logged_in(reader)
    return {
        "read": client.get(thread.get_absolute_url()).status_code == 200,
        "write": send(reader, thread, f"At {time.time()}")[0] == 302,
        "flag": client.get(f"/forum/post/{post.pk}/flag/").status_code == 200,
    }


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("kind", "read_", "write", "flag_"),
    [
        ("warn", True, True, True),
        ("mute", True, False, True),
        ("suspend", True, False, False),
        ("ban", False, False, False),
    ],
)
def test_what_each_sanction_leaves_and_that_it_ends(
    desk: Client, post: Post, carla: Reader, kind: str, read_: bool, write: bool, flag_: bool
) -> None:
    told = {"kind": kind, "hours": "24", "why": "Shouting."}
    assert desk.post(f"/forum/reader/{carla.pk}/sanction/?post={post.pk}", told).status_code == 302
    assert may(carla, post.thread, post) == {"read": read_, "write": write, "flag": flag_}
    with time_machine.travel(time.time() + timedelta(days=1, seconds=1).total_seconds()):
        assert all(may(carla, post.thread, post).values())
    assert ModerationLog.objects.get().act == kind


def test_a_mute_in_one_thread_leaves_the_others(desk: Client, post: Post, carla: Reader) -> None:
    other = Thread.objects.create(story=story_called("Herons at the harbour", "herons"))
    told = {"kind": "mute-here", "hours": "24", "why": "Shouting."}
    desk.post(f"/forum/reader/{carla.pk}/sanction/?post={post.pk}", told)
    assert send(carla, post.thread, "I say!")[0] == 403
    assert send(carla, other, "I say.")[0] == 302
    with pytest.raises(
        ReaderMuted,
        match=r"You are muted in this thread until .+ \(Shouting\.\): you can read, but not write\.",
    ):
        add_post(post.thread, "I say!", author=carla)


def test_a_mute_here_is_offered_only_where_there_is_a_here(desk: Client, carla: Reader) -> None:
    told = {"kind": "mute-here", "hours": "24", "why": "Shouting."}
    assert desk.post(f"/forum/reader/{carla.pk}/sanction/", told).status_code == 422


def test_a_banned_reader_with_an_open_tab_keeps_the_text_and_learns_why(
    post: Post, carla: Reader, marta: Reader
) -> None:
    client = logged_in(carla)
    moderation.sanction(carla, "ban", by=marta, why="Threats.", hours=None)
    answer = client.post(
        f"/forum/{post.thread.story_id}/reply/", {"text": "My long text.", "form_token": "a" * 32}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are banned from the forum until a moderator lifts it (Threats.)." in page
    assert "My long text." in page
    assert "/forum/decisions/" in page
    assert SECRET not in page
    for path in ("/forum/", post.thread.get_absolute_url(), "/forum/notices/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert SECRET not in answer.content.decode()


@pytest.mark.both_databases
def test_the_letter_says_what_why_how_long_and_how_to_appeal(
    desk: Client, carla: Reader, letters: Callable[[Client, str, dict[str, str]], int]
) -> None:
    told = {
        "kind": "suspend",
        "hours": "168",
        "why": "You called <Bruno> a rat.",
        "ground": "rules",
        "rule": "Rule 2",
    }
    letters(desk, f"/forum/reader/{carla.pk}/sanction/", told)
    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    reasons = StatementOfReasons.objects.get()
    html = str(letter.alternatives[0][0])
    assert letter.to == ["carla@example.org"]
    for text in (letter.body, html):
        assert "You are suspended: you can read, but not write or flag" in text
        assert "Rule 2" in text
        assert "the whole forum" in text
        assert f"http://testserver/forum/decisions/{reasons.pk}/" in text
        assert "Article 21" in text
        assert "Marta" not in text
    assert "You called <Bruno> a rat." in letter.body
    assert "You called &lt;Bruno&gt; a rat." in html
    assert reasons.told_at is not None


def test_a_letter_is_sent_once_though_the_task_is_done_twice(carla: Reader, marta: Reader) -> None:
    from careo.forum.tasks import send_reasons

    moderation.sanction(carla, "warn", by=marta, why="Be kind.")
    for _ in range(2):
        send_reasons.call(StatementOfReasons.objects.get().pk)
    assert len(mail.outbox) == 1


def test_the_law_as_a_ground_must_be_named(desk: Client, post: Post) -> None:
    told = {"why": "It names a child.", "ground": "law", "rule": ""}
    assert desk.post(f"/forum/post/{post.pk}/hide/", told).status_code == 422
    assert (
        desk.post(
            f"/forum/post/{post.pk}/hide/", {**told, "rule": "Data Protection Act, section 4"}
        ).status_code
        == 302
    )
    reasons = StatementOfReasons.objects.get()
    assert (reasons.ground, reasons.rule) == ("law", "Data Protection Act, section 4")


def test_who_flagged_is_told_to_nobody(
    desk: Client, post: Post, bruno: Reader, carla: Reader, letters: Callable[..., int]
) -> None:
    flag(post, by=carla, why="No such bird.")
    letters(desk, f"/forum/post/{post.pk}/hide/", {"why": "Off the matter."})
    page = read(bruno, f"/forum/decisions/{StatementOfReasons.objects.get().pk}/")
    for text in (page, mail.outbox[-1].body):
        assert "reader flagged it" in text
        assert "Carla" not in text
        assert "No such bird." not in text


@pytest.mark.both_databases
def test_a_banned_reader_appeals_once_and_another_moderator_grants_it(
    desk: Client, post: Post, carla: Reader, marta: Reader, nora: Reader, letters: Callable[..., int]
) -> None:
    moderation.sanction(carla, "ban", by=marta, why="Threats.", hours=None)
    client, reasons = logged_in(carla), StatementOfReasons.objects.get()
    assert reasons.get_absolute_url() in client.get("/forum/decisions/").content.decode()
    assert letters(client, reasons.get_absolute_url(), {"text": "It was a song."}) == 302
    assert [letter.to for letter in mail.outbox] == [["carla@example.org"], ["nora@example.org"]]
    assert client.post(reasons.get_absolute_url(), {"text": "Again!"}).status_code == 409
    with pytest.raises(AlreadyAppealed):
        appeals.appeal(reasons, "And again.")
    appeal = Appeal.objects.get()
    assert appeal.get_absolute_url() not in desk.get("/forum/moderation/").content.decode()
    assert desk.get(appeal.get_absolute_url()).status_code == 403
    assert desk.post(appeal.get_absolute_url(), {"verdict": "refuse", "why": "x"}).status_code == 403
    other = logged_in(nora)
    assert appeal.get_absolute_url() in other.get("/forum/moderation/").content.decode()
    assert "It was a song." in other.get(appeal.get_absolute_url()).content.decode()
    assert (
        letters(other, appeal.get_absolute_url(), {"verdict": "grant", "why": "It was a song indeed."}) == 302
    )
    assert mail.outbox[-1].to == ["carla@example.org"]
    assert "It was a song indeed." in mail.outbox[-1].body
    assert all(may(carla, post.thread, post).values())
    assert [entry.act for entry in ModerationLog.objects.all()] == ["appeal_granted", "ban"]
    assert other.get(appeal.get_absolute_url()).status_code == 404


@pytest.mark.both_databases
def test_a_refused_appeal_leaves_the_decision(
    post: Post, bruno: Reader, carla: Reader, marta: Reader, nora: Reader
) -> None:
    moderation.hide(post, by=marta, why="Off the matter.")
    appeal = appeals.appeal(StatementOfReasons.objects.get(), "It flew.")
    logged_in(nora).post(appeal.get_absolute_url(), {"verdict": "refuse", "why": "It did not."})
    assert SECRET not in read(carla, post.thread.get_absolute_url())
    page = read(bruno, appeal.reasons.get_absolute_url())
    assert "It was not granted." in page
    assert "It did not." in page


def test_granting_shows_a_hidden_post_and_puts_an_edited_one_back(
    post: Post, carla: Reader, marta: Reader, nora: Reader
) -> None:
    moderation.amend(post, "A bird.", by=marta, why="No names.")
    appeals.settle(
        appeals.appeal(StatementOfReasons.objects.get(), "Why?"), granted=True, by=nora, why="Right."
    )
    assert SECRET in read(carla, post.thread.get_absolute_url())
    assert "Edited by a moderator" not in read(carla, post.thread.get_absolute_url())
    moderation.hide(post, by=marta, why="Off the matter.")
    hidden = StatementOfReasons.objects.get(restriction="hide")
    appeals.settle(appeals.appeal(hidden, "Why?"), granted=True, by=nora, why="Right.")
    assert SECRET in read(carla, post.thread.get_absolute_url())


def test_an_appeal_against_holding_shows_nothing_that_was_hidden_since(
    post: Post, carla: Reader, marta: Reader, nora: Reader
) -> None:
    moderation.hold(post, listed=["quetzal*"])
    appeal = appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    moderation.hide(post, by=marta, why="Off the matter.")
    appeals.settle(appeal, granted=True, by=nora, why="The list is too wide.")
    assert SECRET not in read(carla, post.thread.get_absolute_url())


def test_with_one_moderator_an_appeal_goes_to_the_administrators(carla: Reader, marta: Reader) -> None:
    chief = Reader.objects.create_superuser("chief@example.org", pen_name="Chief")
    moderation.sanction(carla, "suspend", by=marta, why="x", hours=3)
    appeal = appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    assert appeals.called_upon(appeal) == [chief]
    with pytest.raises(ForAnotherModerator):
        appeals.settle(appeal, granted=False, by=marta, why="Because.")
    appeals.settle(appeal, granted=True, by=chief, why="Too long.")
    assert not carla.sanctions.in_force().exists()


def test_nobody_settles_an_own_appeal(post: Post, marta: Reader, nora: Reader) -> None:
    own = add_post(post.thread, "Mine.", author=nora)
    moderation.hide(own, by=marta, why="x")
    appeal = appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    assert (
        logged_in(nora).post(appeal.get_absolute_url(), {"verdict": "grant", "why": "x"}).status_code == 403
    )
    assert appeal not in appeals.waiting_for(nora)


def test_a_decision_is_its_readers_alone(carla: Reader, bruno: Reader, ana: Reader, marta: Reader) -> None:
    moderation.sanction(carla, "warn", by=marta, why="Be kind.")
    path = StatementOfReasons.objects.get().get_absolute_url()
    assert logged_in(bruno).get(path).status_code == 404
    assert logged_in(marta).get(path).status_code == 404
    assert logged_in(ana).get(path).status_code == 403
    assert Client().get(path).status_code == 403
    assert "Be kind." in read(carla, path)


def test_an_appeal_has_six_months(carla: Reader, marta: Reader) -> None:
    moderation.sanction(carla, "warn", by=marta, why="Be kind.")
    StatementOfReasons.objects.update(begins_at=timezone.now() - timedelta(days=184))
    page = read(carla, StatementOfReasons.objects.get().get_absolute_url())
    assert "An appeal is possible for 183 days, which are over." in page


def test_a_lifted_sanction_needs_no_appeal(desk: Client, carla: Reader, marta: Reader) -> None:
    moderation.sanction(carla, "suspend", by=marta, why="x", hours=None)
    desk.post(f"/forum/reader/{carla.pk}/lift/", {"why": "She apologised."})
    path = StatementOfReasons.objects.get().get_absolute_url()
    assert logged_in(carla).post(path, {"text": "Why?"}).status_code == 409
    assert Sanction.objects.get().lifted_at is not None
