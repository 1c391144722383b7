"""Words that were taken from sight, or sent out: who still sees them, and who gets them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from careo.forum import appeals, moderation
from careo.forum.actions import add_post, delete_post, edit_post
from careo.forum.models import Notice, Post, PostCitation, Seen, StatementOfReasons, Thread
from careo.forum.signals import post_made
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, story_of, working
from tests.forum.test_citing import DENIED, WARNED, page, talk, taps
from tests.forum.test_moderation import desk, read
from tests.forum.test_notices import FORM, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
__all__ = ["desk", "talk"]
Committing = Callable[..., AbstractContextManager[object]]


@pytest.mark.parametrize("gone", ["hidden", "deleted"])
def test_the_page_that_deletes_shows_no_words_that_are_out_of_sight(
    post: Post, bruno: Reader, marta: Reader, gone: str
) -> None:
    path = f"/forum/post/{post.pk}/delete/"
    assert SECRET in read(bruno, path)
    if gone == "hidden":
        moderation.hide(post, by=marta, why="Off the matter.")
    else:
        delete_post(post, by=bruno)
    assert SECRET not in read(bruno, path)


def test_a_citation_that_a_moderator_took_out_of_a_post_is_shown_no_more(
    client: Client, talk: Thread, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    post = add_post(talk, "He said so [[1]].", author=bruno)
    moderation.amend(post, "He said so, and [[2]].", by=marta, why="Not this one.")
    shown = page(client, talk, carla)
    assert DENIED not in shown
    assert WARNED in shown
    nora = working("nora@example.org", "Nora", "moderate")
    appeal = appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    appeals.settle(appeal, granted=True, by=nora, why="Right.")
    shown = page(client, talk, carla)
    assert DENIED in shown
    assert WARNED not in shown


def test_an_edit_leaves_a_sign_its_meaning_though_the_story_counts_anew(talk: Thread, bruno: Reader) -> None:
    post = add_post(talk, "He said so [[1]].", author=bruno)
    meant = PostCitation.objects.get().passages
    story_of(talk).body = taps("courier", "faro")
    story_of(talk).save()
    edit_post(Post.objects.get(pk=post.pk), "He said so [[1]], I think.", by=bruno)
    assert PostCitation.objects.get().passages == meant


@pytest.mark.parametrize(
    "words", [" Dear Ines, buy at http://evil.example", "\n\nDear Ines", "\tx", "¡Hola!", "<b>"]
)
def test_no_letter_is_written_to_others_through_the_address_of_a_notice(
    client: Client, post: Post, words: str, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(FORM, told(post, address=f"http://testserver/{words}"))
    assert answer.status_code == 422
    assert not mail.outbox


def test_one_address_gets_five_receipts_an_hour_from_however_many_clients(client: Client, post: Post) -> None:
    answers = [
        client.post(FORM, told(post, email=email), REMOTE_ADDR=f"198.51.100.{n}").status_code
        for n, email in enumerate(["ines@example.net", "Ines@Example.net"] * 3)
    ]
    assert answers == [200] * 5 + [429]
    assert client.post(FORM, told(post, email="other@example.net")).status_code == 200
    assert Notice.objects.count() == 6


def test_who_holds_a_network_is_one_client(client: Client, post: Post) -> None:
    answers = [
        client.post(FORM, told(post, email=f"a{n}@example.net"), REMOTE_ADDR=f"2001:db8::{n}").status_code
        for n in range(1, 7)
    ]
    assert answers == [200] * 5 + [429]


def test_a_letter_about_a_decision_is_in_the_queue_as_soon_as_the_decision_stands(
    settings: Any, post: Post, carla: Reader, marta: Reader
) -> None:
    """Both are written at once: between them nothing can break that loses the letter."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    moderation.hide(post, by=marta, why="Off the matter.")
    moderation.sanction(carla, "mute", by=marta, why="x", hours=3)
    appeals.appeal(StatementOfReasons.objects.get(restriction="mute"), "Why?")
    waiting = DBTaskResult.objects.values_list("task_path", flat=True)
    names = sorted(path.rpartition(".")[2] for path in waiting)
    assert names == ["send_appeal_waits", "send_reasons", "send_reasons"]


# A held post that is shown at last.


def test_a_held_post_that_is_shown_is_told_live_and_new_to_who_read_past_its_place(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader, django_capture_on_commit_callbacks: Committing
) -> None:
    held = add_post(thread, f"A {SECRET}.", author=bruno)
    moderation.hold(held, listed=["a word"])
    add_post(thread, "A heron.", author=bruno)
    assert "A heron." in read(carla, thread.get_absolute_url())
    heard: list[int] = []

    def hear(sender: Any, *, number: int, **what: Any) -> None:
        heard.append(number)

    post_made.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"/forum/post/{held.pk}/keep/", {"why": "Fine."})
    finally:
        post_made.disconnect(hear)
    held.refresh_from_db()
    assert heard == [held.number] == [3]
    piece = read(carla, f"/forum/{thread.story_id}/new/?after=2")
    assert SECRET in piece
    Seen.objects.filter(reader=carla).update(number=2)
    assert 'class="new"' in read(carla, thread.get_absolute_url())
    add_post(thread, "Another.", author=carla)  # numbers go on
    assert [one.number for one in thread.posts.all()] == [2, 3, 4]


def test_a_post_that_was_seen_before_it_was_held_keeps_its_place(
    post: Post, bruno: Reader, marta: Reader
) -> None:
    post = edit_post(post, "Another bird.", by=bruno)
    moderation.hold(post, listed=["bird"])
    moderation.keep(post, by=marta, why="Fine.")
    post.refresh_from_db()
    assert post.number == 1


def test_the_first_unread_post_is_found_over_an_empty_place(
    client: Client, thread: Thread, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    held = add_post(thread, "Held.", author=bruno)
    moderation.hold(held, listed=["held"])
    second = add_post(thread, "Second.", author=bruno)
    moderation.keep(held, by=marta, why="Fine.")
    client.force_login(carla)
    assert client.get(f"/forum/{thread.story_id}/unread/")["Location"].endswith(f"#post-{second.pk}")
