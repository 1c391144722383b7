"""Writing, answering, quoting, editing, flagging: by the forms that a browser without JavaScript sends."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careo.forum.actions import add_post, edit_post
from careo.forum.errors import EmptyPost, NoSuchPost, PostTooLong, ThreadClosed
from careo.forum.models import PAGE, Flag, Post, Thread
from careo.readers.models import Reader
from tests.forum.conftest import story_called

pytestmark = pytest.mark.django_db


def send(client: Client, thread: Thread, text: str, **more: object) -> HttpResponse:
    data = {"text": text, "form_token": str(uuid4())} | {name: str(value) for name, value in more.items()}
    return client.post(f"/forum/{thread.story_id}/reply/", data)  # type: ignore[return-value]


@pytest.mark.both_databases
def test_a_subscriber_writes_and_is_led_to_the_new_post(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    client.force_login(bruno)
    page = client.get(thread.get_absolute_url()).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    answer = send(client, thread, "The *ferry* is late.\r\n\r\nAgain.", form_token=token[1])
    post = Post.objects.get()
    assert answer["Location"] == f"/forum/{thread.story_id}/#post-{post.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert "<p>The <em>ferry</em> is late.</p>\n<p>Again.</p>" in page
    assert f'id="post-{post.pk}" tabindex="-1"' in page
    assert "bruno@example.org" not in page


@pytest.mark.both_databases
def test_a_form_sent_twice_makes_one_post(client: Client, thread: Thread, bruno: Reader) -> None:
    client.force_login(bruno)
    token = uuid4()
    answers = [send(client, thread, "The ferry is late.", form_token=token) for _ in range(3)]
    assert Post.objects.count() == 1
    assert len({answer["Location"] for answer in answers}) == 1


def test_a_form_gone_back_to_and_written_anew_loses_nothing(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    client.force_login(bruno)
    token = uuid4()
    send(client, thread, "The ferry is late.", form_token=token)
    send(client, thread, "And the bus, too.", form_token=token)
    assert [post.text for post in Post.objects.all()] == ["The ferry is late.", "And the bus, too."]


@pytest.mark.parametrize("typed", ["", "   \r\n ", "\u200b", "x" * (settings.CAREO_POST_LIMIT + 1)])
def test_an_empty_or_overlong_post_is_refused_with_its_text_still_there(
    client: Client, thread: Thread, bruno: Reader, typed: str
) -> None:
    client.force_login(bruno)
    answer = send(client, thread, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("There is nothing in it; write something" in page) != (
        f"{len(typed):,} characters; at most" in page
    )
    kept = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page, re.DOTALL)
    assert kept
    assert unescape(kept[1]).strip() == typed.strip()
    assert not Post.objects.exists()


def test_a_form_without_its_token_is_refused_and_keeps_the_text(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    client.force_login(bruno)
    answer = client.post(f"/forum/{thread.story_id}/reply/", {"text": "The ferry is late."})
    assert answer.status_code == 422
    assert "The ferry is late." in answer.content.decode()


def test_a_text_may_be_as_long_as_the_limit_however_lines_end(thread: Thread, bruno: Reader) -> None:
    limit = settings.CAREO_POST_LIMIT
    assert add_post(thread, "a\r\n" * (limit // 2), author=bruno)
    with pytest.raises(PostTooLong, match=rf"It has {limit + 1:,} characters; at most {limit:,} are taken"):
        add_post(thread, "é" * (limit + 1), author=bruno)
    with pytest.raises(EmptyPost):
        add_post(thread, "\n", author=bruno)


def test_a_preview_makes_no_post(client: Client, thread: Thread, bruno: Reader) -> None:
    client.force_login(bruno)
    page = send(client, thread, "The *ferry* <b>", preview=1).content.decode()
    assert "<p>The <em>ferry</em> &lt;b&gt;</p>" in page
    assert "The *ferry* &lt;b&gt;</textarea>" in page
    assert not Post.objects.exists()


@pytest.mark.both_databases
def test_who_is_answered_is_told_and_nobody_else(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    client.force_login(carla)
    send(client, post.thread, "It was a heron.", to=post.pk)
    answer = Post.objects.get(author=carla)
    assert answer.in_reply_to == post
    assert "in answer to" in client.get(post.thread.get_absolute_url()).content.decode()
    assert "There is nothing to tell you yet" in client.get("/forum/notices/").content.decode()
    client.force_login(bruno)
    assert "(1 new)" in client.get("/forum/").content.decode()
    page = client.get("/forum/notices/").content.decode()
    assert "Carla answered you" in page
    assert "<strong>New:</strong>" in page
    client.post("/forum/notices/")
    assert "<strong>New:</strong>" not in client.get("/forum/notices/").content.decode()


def test_nobody_is_told_of_their_own_answer(post: Post, bruno: Reader) -> None:
    add_post(post.thread, "I mean it.", author=bruno, in_reply_to=post)
    assert not bruno.notifications.exists()


def test_a_post_is_quoted_with_its_authors_name(client: Client, post: Post, carla: Reader) -> None:
    client.force_login(carla)
    page = client.get(f"/forum/{post.thread.story_id}/reply/?to={post.pk}&quote=1").content.decode()
    typed = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])  # type: ignore[index]
    assert typed.strip().startswith("> Bruno:\n>\n> A quetzalcoatlus flew over the *ferry*.")
    assert f'name="to" value="{post.pk}"' in page


def test_a_post_of_another_thread_cannot_be_answered_here(client: Client, post: Post, carla: Reader) -> None:
    other = Thread.objects.create(story=story_called("Budget passed", "budget"))
    client.force_login(carla)
    assert send(client, other, "Here!", to=post.pk).status_code == 404
    assert send(client, other, "Here!", to="x").status_code == 404
    with pytest.raises(NoSuchPost):
        add_post(other, "Here!", author=carla, in_reply_to=post)


@pytest.mark.both_databases
def test_a_post_is_edited_for_a_while_and_its_earlier_text_is_kept(
    client: Client, post: Post, bruno: Reader
) -> None:
    client.force_login(bruno)
    assert "A quetzalcoatlus" in client.get(f"/forum/post/{post.pk}/edit/").content.decode()
    answer = client.post(f"/forum/post/{post.pk}/edit/", {"text": "It was a heron."})
    assert answer["Location"].endswith(f"#post-{post.pk}")
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert "It was a heron." in page
    assert ", edited " in page
    assert "quetzalcoatlus" not in page
    assert [kept.text for kept in post.earlier_texts.all()] == ["A quetzalcoatlus flew over the *ferry*."]
    with time_machine.travel(
        time.time() + timedelta(minutes=settings.CAREO_EDIT_MINUTES).total_seconds() + 1
    ):
        late = client.post(f"/forum/post/{post.pk}/edit/", {"text": "It was an <i>eagle</i>."})
    assert late.status_code == 403
    assert f"may be edited for {settings.CAREO_EDIT_MINUTES} minutes, which are over" in late.content.decode()
    assert "It was an &lt;i&gt;eagle&lt;/i&gt;." in late.content.decode()  # to copy and keep


def test_an_edit_that_changes_nothing_leaves_no_trace(post: Post, bruno: Reader) -> None:
    assert edit_post(post, post.text, by=bruno).edited_at is None
    assert not post.earlier_texts.exists()


def test_an_edit_is_refused_like_a_post(client: Client, post: Post, bruno: Reader) -> None:
    client.force_login(bruno)
    assert client.post(f"/forum/post/{post.pk}/edit/", {"text": " "}).status_code == 422


def test_nobody_edits_anothers_post(client: Client, post: Post, carla: Reader, marta: Reader) -> None:
    for reader in (carla, marta):
        client.force_login(reader)
        assert client.post(f"/forum/post/{post.pk}/edit/", {"text": "I was wrong."}).status_code == 403
    post.refresh_from_db()
    assert "quetzalcoatlus" in post.text


def test_a_reader_without_a_pen_name_reads_and_is_told_to_choose_one(
    client: Client, thread: Thread, carla: Reader
) -> None:
    Reader.objects.filter(pk=carla.pk).update(pen_name="")
    client.force_login(carla)
    assert "Choose a pen name" in client.get(thread.get_absolute_url()).content.decode()
    assert send(client, thread, "Hello.").status_code == 403


def test_a_flood_is_held_back_and_what_was_written_stays_at_hand(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    client.force_login(bruno)
    answers = [send(client, thread, f"Buy pill {n}!") for n in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert "Buy pill 6!" in answers[6].content.decode()


@pytest.mark.both_databases
def test_a_flag_is_raised_once(client: Client, post: Post, carla: Reader) -> None:
    client.force_login(carla)
    for why in ("Birds again.", "Still birds."):
        client.post(f"/forum/post/{post.pk}/flag/", {"why": why})
    assert Flag.objects.get().why == "Birds again."
    assert "You flagged it" in client.get(post.thread.get_absolute_url()).content.decode()


def test_an_own_post_cannot_be_flagged(client: Client, post: Post, bruno: Reader) -> None:
    client.force_login(bruno)
    assert client.post(f"/forum/post/{post.pk}/flag/").status_code == 403


def test_a_closed_thread_takes_no_post_and_no_edit(client: Client, post: Post, bruno: Reader) -> None:
    Thread.objects.update(closed_at=post.posted_at)
    client.force_login(bruno)
    assert send(client, post.thread, "One more.").status_code == 403
    assert client.post(f"/forum/post/{post.pk}/edit/", {"text": "Other."}).status_code == 403
    assert "This thread is closed" in client.get(post.thread.get_absolute_url()).content.decode()
    with pytest.raises(ThreadClosed):
        add_post(post.thread, "One more.", author=bruno)


def fill(thread: Thread, author: Reader, posts: int) -> list[Post]:
    return [add_post(thread, f"Post number {n}.", author=author) for n in range(1, posts + 1)]


@pytest.mark.both_databases
def test_a_permanent_address_leads_to_the_page_on_which_the_post_stands(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    posts = fill(thread, bruno, 2 * PAGE + 1)
    client.force_login(bruno)
    for post, page in (
        (posts[0], ""),
        (posts[PAGE - 1], ""),
        (posts[PAGE], "?page=2"),
        (posts[-1], "?page=3"),
    ):
        answer = client.get(f"/forum/post/{post.pk}/")
        assert answer["Location"] == f"/forum/{thread.story_id}/{page}#post-{post.pk}"
        shown = client.get(answer["Location"]).content.decode()
        assert f'id="post-{post.pk}"' in shown
        assert shown.count("<article") <= PAGE


@pytest.mark.parametrize(
    ("asked", "first"),
    [("", 1), ("0", 1), ("-1", 1), ("x", 1), ("99", 21), ("٢", 1), ("9" * 30, 1), ("2", 21)],
)
def test_a_page_that_is_not_there_is_answered_with_one_that_is(
    client: Client, thread: Thread, bruno: Reader, asked: str, first: int
) -> None:
    fill(thread, bruno, PAGE + 5)
    client.force_login(bruno)
    answer = client.get(f"{thread.get_absolute_url()}?page={asked}")
    assert answer.status_code == 200
    assert f"Post number {first}." in answer.content.decode()


def test_a_full_page_costs_as_many_queries_as_one_post(
    client: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    client.force_login(carla)

    def cost() -> int:
        client.get(thread.get_absolute_url())  # notes what the reader has seen, once
        del client.cookies[settings.CAREO_PASS_COOKIE]  # so that the view answers, not `quick`
        with CaptureQueriesContext(connection) as queries:
            client.get(thread.get_absolute_url())
        return len(queries)

    first = add_post(thread, "One.", author=bruno)
    one = cost()
    for n in range(PAGE - 1):
        add_post(thread, f"Post {n}", author=(bruno, carla)[n % 2], in_reply_to=first)
    assert cost() == one


def test_a_thread_is_made_when_first_asked_for_and_only_once(client: Client, bruno: Reader) -> None:
    story = story_called("Budget passed", "budget")
    client.force_login(bruno)
    assert "Budget passed" in client.get("/forum/").content.decode()
    for _ in range(2):
        assert (
            "Nobody has written about this story yet." in client.get(f"/forum/{story.pk}/").content.decode()
        )
    assert Thread.objects.filter(story=story).count() == 1


def test_a_form_from_another_site_writes_nothing(thread: Thread, bruno: Reader) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bruno)
    assert send(client, thread, "Buy pills.").status_code == 403
    assert not Post.objects.exists()
