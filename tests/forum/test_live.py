"""A thread as it grows: what a listener is told, what the script is given, and what is marked as new."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from careo.forum import moderation
from careo.forum.actions import add_post
from careo.forum.live import newest_of
from careo.forum.models import PAGE, Post, Seen, Thread
from careo.forum.signals import post_made
from careo.readers.models import Reader
from tests.forum.conftest import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def as_carla(client: Client, carla: Reader) -> Client:
    client.force_login(carla)
    return client


def test_a_listener_hears_a_number_and_no_word(as_carla: Client, post: Post) -> None:
    path = f"/forum/{post.thread.story_id}/live/"
    answer = as_carla.get(f"{path}?after=0")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["X-Careo-Hold"] == f"story-{post.thread.story_id} 1"
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Cache-Control"] == "private, no-store"
    assert 'id: 1\ndata: {"newest": 1' in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_who_comes_back_hears_what_was_missed_and_nothing_twice(as_carla: Client, post: Post) -> None:
    path = f"/forum/{post.thread.story_id}/live/?after=0"
    assert "data:" not in as_carla.get(path, headers={"Last-Event-ID": "1"}).content.decode()
    add_post(post.thread, "Another.", author=post.author)
    assert "id: 2\n" in as_carla.get(path, headers={"Last-Event-ID": "1"}).content.decode()


@pytest.mark.parametrize("after", ["", "-1", "x", "9" * 40, "٣"])
def test_no_number_breaks_the_stream_or_the_piece(as_carla: Client, post: Post, after: str) -> None:
    for name in ("live", "new"):
        assert as_carla.get(f"/forum/{post.thread.story_id}/{name}/", {"after": after}).status_code == 200


def test_the_piece_holds_what_came_after_a_page_of_it_and_withholds_what_is_hidden(
    as_carla: Client, post: Post, bruno: Reader, marta: Reader
) -> None:
    for n in range(PAGE + 1):
        add_post(post.thread, f"Post {n}.", author=bruno)
    moderation.hide(post.thread.posts.get(number=3), by=marta, why="Off the matter.")
    piece = as_carla.get(f"/forum/{post.thread.story_id}/new/?after=1").content.decode()
    assert piece.count("<article") == PAGE
    assert f'data-last="{PAGE + 1}" data-more="1"' in piece
    assert SECRET not in piece
    assert "Post 0." in piece
    assert "Post 1." not in piece
    assert "<html" not in piece


def test_a_post_is_told_when_it_is_committed_and_not_before(
    thread: Thread, bruno: Reader, django_capture_on_commit_callbacks: Any
) -> None:
    told = []

    def hear(sender: Any, **what: Any) -> None:
        told.append((what["topic"], what["number"]))

    post_made.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            add_post(thread, "The ferry is late.", author=bruno)
            assert told == []
    finally:
        post_made.disconnect(hear)
    assert told == [(f"story-{thread.story_id}", 1)]
    assert newest_of([f"story-{thread.story_id}"]) == {f"story-{thread.story_id}": 1}


def test_what_came_since_the_last_visit_is_marked_once_and_counted_in_the_list(
    as_carla: Client, post: Post, bruno: Reader
) -> None:
    path = post.thread.get_absolute_url()
    assert (
        'class="new"' not in as_carla.get(path).content.decode()
    )  # never there before: all of it would be new
    add_post(post.thread, "Another.", author=bruno)
    assert "1 new" in as_carla.get("/forum/").content.decode()
    page = as_carla.get(path).content.decode()
    assert page.count('class="new"') == 1
    assert 'href="#number-2"' in page
    assert 'id="number-2"' in page
    assert 'class="new"' not in as_carla.get(path).content.decode()
    assert "1 new" not in as_carla.get("/forum/").content.decode()


def test_what_one_wrote_oneself_is_not_new(as_carla: Client, post: Post, carla: Reader) -> None:
    as_carla.get(post.thread.get_absolute_url())
    add_post(post.thread, "Mine.", author=carla)
    assert "1 new" not in as_carla.get("/forum/").content.decode()
    assert 'class="new"' not in as_carla.get(post.thread.get_absolute_url()).content.decode()


def test_the_first_unread_post_is_found_pages_on_and_an_earlier_page_forgets_nothing(
    as_carla: Client, post: Post, carla: Reader, bruno: Reader
) -> None:
    for n in range(2 * PAGE):
        add_post(post.thread, f"Post {n}", author=bruno)
    Seen.objects.create(reader=carla, thread=post.thread, number=PAGE + 4)
    post.thread.refresh_from_db()
    path = post.thread.get_absolute_url()
    assert f'href="{path}?page=2#number-{PAGE + 5}"' in as_carla.get(path).content.decode()
    assert Seen.objects.number(carla, post.thread) == PAGE + 4
    fifth = post.thread.posts.get(number=PAGE + 5)
    answer = as_carla.get(f"{path}unread/")
    assert answer["Location"] == f"{path}?page=2#post-{fifth.pk}"
    as_carla.get(f"{path}?page=3")
    assert Seen.objects.number(carla, post.thread) == 2 * PAGE + 1
    assert as_carla.get(f"{path}unread/").status_code == 302


def test_a_page_seen_before_writes_nothing(as_carla: Client, post: Post) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    as_carla.get(post.thread.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        as_carla.get(post.thread.get_absolute_url())
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_post_sent_after_the_session_was_lost_is_shown_again_to_who_sent_it(
    client: Client, post: Post
) -> None:
    text = "It was a <heron>, I am sure."
    answer = client.post(f"/forum/{post.thread.story_id}/reply/?to={post.pk}", {"text": text})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "It was a &lt;heron&gt;, I am sure.</textarea>" in page
    assert f"next=/forum/{post.thread.story_id}/reply/%3Fto%3D{post.pk}" in page
