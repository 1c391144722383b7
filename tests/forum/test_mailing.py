"""Notices by e-mail, over real SMTP: collected, each once, and never to somebody who may not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from careo.forum import mailing, moderation
from careo.forum.actions import add_post
from careo.forum.blocking import block
from careo.forum.choosing import KINDS, choose, leaving_address
from careo.forum.models import Notification, Post, Thread
from careo.forum.tasks import tell_due
from careo.project.worker import chores
from careo.readers.actions import end
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, story_called, story_of
from tests.project.postman import HANG_UP, Postman

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.CAREO_ADDRESS = "https://post.example"
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    server = Postman()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 10
    yield server
    server.stop()


def wants(reader: Reader, frequency: str = "once", *kinds: str) -> None:
    chosen = dict.fromkeys(KINDS, "") | dict.fromkeys(kinds or KINDS, frequency)
    choose(reader, chosen, follows_own=False)


def work() -> None:
    """What the worker does in a minute. The tests' queue does its tasks at once."""
    tell_due()


def answer(post: Post, author: Reader, words: str = "It was a heron.") -> Post:
    return add_post(post.thread, words, author=author, in_reply_to=post)


def parts(letter: EmailMessage) -> str:
    """Everything a mail says, subject and both parts."""
    found = [str(letter["Subject"])]
    found += [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join(found)


def test_the_worker_looks_every_minute() -> None:
    assert [chore.every for chore in chores() if chore.act is tell_due] == [60]


def test_what_comes_within_the_wait_comes_in_one_mail(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    for n in range(4):
        answer(post, carla, f"Heron {n}.")
        clock.shift(MINUTE)
    work()
    assert postman.to() == []
    clock.shift(MINUTE)
    work()
    [(to, letter)] = postman.letters
    assert to == "bruno@example.org"
    assert "4 new posts for you: Ferry to Norland sails again" in str(letter["Subject"])
    for n in range(4):
        assert parts(letter).count(f"Heron {n}.") == 2, "in the text and in the HTML"
    clock.shift(DAY)
    work()
    assert len(postman.letters) == 1


def test_a_mail_has_text_html_and_what_ends_it_at_a_click(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    written = answer(post, carla, "<b>It was</b> a heron & not\n\na crane.")
    clock.shift(mailing.WAIT)
    work()
    [(_, letter)] = postman.letters
    leave = leaving_address(bruno)
    assert letter["List-Unsubscribe"] == f"<{leave}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(letter["Subject"]).endswith("Carla answered you: Ferry to Norland sails again")
    text, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "<b>It was</b> a heron & not\n\na crane." in text.get_content().replace("\r\n", "\n")
    assert "&lt;b&gt;It was&lt;/b&gt; a heron &amp; not" in html.get_content()
    for part in (text, html):
        assert f"https://post.example/forum/post/{written.pk}/" in part.get_content()
        assert leave in part.get_content()
        assert "carla@example.org" not in part.get_content()
    Client().post(leave.removeprefix("https://post.example"), {"List-Unsubscribe": "One-Click"})
    answer(post, carla, "Another.")
    clock.shift(mailing.WAIT)
    work()
    assert len(postman.letters) == 1


def test_each_thread_has_a_mail_of_its_own_and_each_reader_too(
    post: Post, bruno: Reader, carla: Reader, marta: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    other = Thread.objects.create(story=story_called("Budget passed", "budget"))
    second = add_post(other, "It passed.", author=bruno)
    for reader in (bruno, carla):
        wants(reader)
    answer(post, marta, "A crane, @Carla.")
    answer(second, marta, "By one vote.")
    clock.shift(mailing.WAIT)
    work()
    assert sorted(postman.to()) == ["bruno@example.org", "bruno@example.org", "carla@example.org"]
    for to, letter in postman.letters:
        assert ("A crane" in parts(letter)) != ("By one vote" in parts(letter))
        assert letter["To"] == to
        assert letter["Cc"] is None


def test_of_a_followed_thread_no_second_mail_comes_before_the_reader_was_there(
    client: Client, post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    client.force_login(bruno)
    client.get(post.thread.get_absolute_url())
    for n in range(7):
        add_post(post.thread, f"Heron {n}.", author=carla)
    for _ in range(3):
        clock.shift(mailing.WAIT)
        work()
        add_post(post.thread, "Another one.", author=carla)
    [(_, letter)] = postman.letters
    assert "Heron 4." in parts(letter)
    assert "Heron 5." not in parts(letter)
    assert "And 2 more posts." in parts(letter)
    client.get(post.thread.get_absolute_url())
    add_post(post.thread, "And a gull.", author=carla)
    clock.shift(mailing.WAIT)
    work()
    assert len(postman.letters) == 2
    assert "And a gull." in parts(postman.letters[1][1])
    assert "Another one." not in parts(postman.letters[1][1])


def test_what_was_seen_on_the_site_is_not_mailed(
    client: Client, post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    answer(post, carla)
    client.force_login(bruno)
    client.get(post.thread.get_absolute_url())
    clock.shift(mailing.WAIT)
    work()
    assert postman.letters == []


def test_a_digest_comes_once_a_day_after_six_and_only_with_something_in_it(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno, "daily", "answers", "followed")
    answer(post, carla, "On Monday.")
    add_post(post.thread, "To all.", author=carla)
    for _ in range(17):  # to Tuesday, five o'clock
        work()
        clock.shift(60 * MINUTE)
    assert postman.letters == []
    clock.shift(60 * MINUTE)
    for _ in range(3):
        work()
        clock.shift(60 * MINUTE)
    [(_, letter)] = postman.letters
    assert "The forum today" in str(letter["Subject"])
    assert "On Monday." in parts(letter)
    assert "To all." in parts(letter)
    clock.shift(DAY)
    work()
    assert len(postman.letters) == 1, "nothing new, no mail"
    answer(post, carla, "On Wednesday.")
    clock.shift(DAY)
    work()
    assert "On Wednesday." in parts(postman.letters[1][1])
    assert "On Monday." not in parts(postman.letters[1][1])


def test_a_weekly_mail_comes_with_the_next_week(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno, "weekly")
    answer(post, carla)
    for _ in range(6):
        clock.shift(DAY)
        work()
    assert postman.letters == []
    for _ in range(3):
        clock.shift(DAY)
        work()
    assert len(postman.letters) == 1
    assert "The forum this week" in str(postman.letters[0][1]["Subject"])


def _hidden(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    moderation.hide(Post.objects.get(author=carla), by=marta, why="Off the matter.")


def _story_withdrawn(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    story_of(post.thread).unpublish()


def _unsubscribed(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    end(bruno.subscriptions.get())


def _banned(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    moderation.sanction(bruno, "ban", by=marta, why="He called names.", hours=720)


def _inactive(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    Reader.objects.filter(pk=bruno.pk).update(is_active=False)


def _unconfirmed(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    EmailAddress.objects.filter(user=bruno).update(verified=False)


def _address_changed(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    Reader.objects.filter(pk=bruno.pk).update(email="other@example.org")


def _blocked(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    block(carla, by=bruno)


@pytest.mark.parametrize("frequency", ["once", "daily"])
@pytest.mark.parametrize(
    "meanwhile",
    [_hidden, _story_withdrawn, _unsubscribed, _banned, _inactive, _unconfirmed, _address_changed, _blocked],
)
def test_whether_it_may_be_told_is_asked_at_sending(
    post: Post,
    bruno: Reader,
    carla: Reader,
    marta: Reader,
    postman: Postman,
    clock: time_machine.Traveller,
    settings: Any,
    meanwhile: Callable[[Post, Reader, Reader, Reader], None],
    frequency: str,
) -> None:
    wants(bruno, frequency)
    answer(post, carla, f"A {SECRET}, @Bruno.")
    meanwhile(post, bruno, carla, marta)
    for _ in range(2):
        clock.shift(DAY)
        work()
    assert [parts(letter) for _, letter in postman.letters if SECRET in parts(letter)] == []


def test_two_workers_at_once_send_one_mail(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    answer(post, carla)
    clock.shift(mailing.WAIT)

    def send(_: int) -> None:
        try:
            mailing.send_some()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert len(postman.letters) == 1


def test_a_worker_killed_while_it_hands_a_mail_over_sends_no_second_one(
    post: Post,
    bruno: Reader,
    carla: Reader,
    postman: Postman,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wants(bruno)
    answer(post, carla)
    clock.shift(mailing.WAIT)

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "_hand_over", die)
        with pytest.raises(SystemExit):
            mailing.send_some()
    assert Notification.objects.get().mailed_at is not None, "marked for good before the server is asked"
    clock.shift(DAY)
    work()
    assert postman.letters == []


def test_a_line_that_breaks_after_the_mail_was_taken_brings_no_second_one(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    answer(post, carla)
    clock.shift(mailing.WAIT)
    postman.says["DATA"] = [HANG_UP]
    work()
    clock.shift(DAY)
    work()
    assert len(postman.letters) == 1


@pytest.mark.parametrize("frequency", ["once", "daily"])
def test_what_the_server_puts_off_is_tried_again_later(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller, frequency: str
) -> None:
    wants(bruno, frequency)
    answer(post, carla)
    clock.shift(DAY)
    postman.says["bruno@example.org"] = ["451 later"]
    work()
    clock.shift(MINUTE)
    work()
    assert postman.letters == []
    clock.shift(mailing.LATER)
    work()
    assert len(postman.letters) == 1


def test_where_no_server_is_there_all_of_it_waits(
    post: Post, bruno: Reader, carla: Reader, postman: Postman, clock: time_machine.Traveller, settings: Any
) -> None:
    wants(bruno)
    answer(post, carla)
    clock.shift(mailing.WAIT)
    settings.EMAIL_PORT = 1
    work()
    assert Notification.objects.get().mailed_at is None
    settings.EMAIL_PORT = postman.port
    work()
    assert len(postman.letters) == 1


def test_a_held_post_is_mailed_once_it_is_shown(
    post: Post, bruno: Reader, carla: Reader, marta: Reader, postman: Postman, clock: time_machine.Traveller
) -> None:
    wants(bruno)
    written = answer(post, carla, f"A {SECRET}.")
    moderation.hold(written, is_first=True)
    clock.shift(mailing.WAIT)
    work()
    assert postman.letters == []
    moderation.keep(written, by=marta)
    work()
    assert SECRET in parts(postman.letters[0][1])
