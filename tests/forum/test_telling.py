"""What readers are told on the site: answers, mentions, picks and what followed threads hold; counted, listed, seen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careo.forum import moderation, telling
from careo.forum.actions import add_post
from careo.forum.choosing import KINDS, choose
from careo.forum.following import follow, followed
from careo.forum.models import ModerationLog, Notification, Post, Seen, Thread
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, story_called, story_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOTICES = "/forum/notices/"


def as_(client: Client, reader: Reader, path: str) -> str:
    client.force_login(reader)
    return client.get(path).text


def counted(page: str) -> int:
    """The count in the head of the forum's pages."""
    head = page.partition('aria-label="Your forum"')[2].partition("</nav>")[0]
    assert "/forum/notices/" in head
    found = re.search(r"\((\d+) new\)", head)
    return int(found[1]) if found else 0


def test_an_answer_is_counted_in_the_head_of_every_page_until_its_post_was_shown(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    as_(client, bruno, post.thread.get_absolute_url())
    answer = add_post(post.thread, "It was a heron.", author=carla, in_reply_to=post)
    for path in ("/forum/", NOTICES, "/forum/following/", f"/forum/{post.thread.story_id}/citations/"):
        assert counted(as_(client, bruno, path)) == 1, path
    assert "<strong>New:</strong>" in as_(client, bruno, NOTICES)
    assert counted(as_(client, bruno, answer.get_absolute_url())) == 0
    page = as_(client, bruno, NOTICES)
    assert "Carla answered you" in page
    assert "<strong>New:</strong>" not in page


def test_who_writes_follows_and_is_told_of_what_others_write(
    client: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    add_post(thread, "The ferry sails.", author=bruno)
    assert telling.unseen(bruno).count == 0
    for n in range(3):
        add_post(thread, f"Heron {n}.", author=carla)
    assert telling.unseen(bruno).count == 1, "a thread is told of once"
    page = as_(client, bruno, NOTICES)
    assert counted(page) == 1
    assert f'<a href="/forum/{thread.story_id}/unread/">Ferry to Norland' in page
    assert counted(as_(client, bruno, thread.get_absolute_url())) == 0
    assert "Ferry to Norland" not in as_(client, bruno, NOTICES)


def test_marking_all_as_seen_leaves_unread_posts_unread(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    as_(client, bruno, post.thread.get_absolute_url())
    add_post(post.thread, "It was a heron.", author=carla, in_reply_to=post)
    assert telling.unseen(bruno).count == 1, "a post that is told of is no news besides"
    add_post(post.thread, "A heron, I say.", author=carla)
    assert telling.unseen(bruno).count == 2
    client.post(NOTICES)
    assert telling.unseen(bruno).count == 0
    assert 'class="new"' in as_(client, bruno, post.thread.get_absolute_url())
    assert telling.unseen(bruno).count == 0


def test_a_thread_is_followed_and_left_by_its_button(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    address, button = post.thread.get_absolute_url(), f"/forum/{post.thread.story_id}/follow/"
    assert "Follow this thread" in as_(client, carla, address)
    client.post(button)
    assert "Unfollow this thread" in as_(client, carla, address)
    assert "Ferry to Norland" in as_(client, carla, "/forum/following/")
    assert telling.unseen(carla).count == 0, "what stood there is no news"
    add_post(post.thread, "A crane.", author=bruno)
    assert telling.unseen(carla).count == 1
    answer = client.post(button, {"off": "1", "from_list": "1"})
    assert answer["Location"] == "/forum/following/"
    assert telling.unseen(carla).count == 0
    add_post(post.thread, "I am in it all the same.", author=carla)
    assert not followed(carla).exists(), "who left it does not follow by writing"


def test_who_prefers_so_follows_nothing_by_writing(thread: Thread, bruno: Reader) -> None:
    choose(bruno, dict.fromkeys(KINDS, ""), follows_own=False)
    add_post(thread, "The ferry sails.", author=bruno)
    assert not followed(bruno).exists()


def test_following_before_there_is_a_post_tells_of_the_first(
    thread: Thread, bruno: Reader, carla: Reader
) -> None:
    follow(thread, by=carla)
    assert telling.unseen(carla).count == 0
    add_post(thread, "The ferry sails.", author=bruno)
    assert telling.unseen(carla).count == 1


def test_of_what_is_hidden_held_or_withdrawn_nothing_is_told(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    add_post(post.thread, f"@Bruno: the {SECRET}.", author=carla, in_reply_to=post)
    assert telling.unseen(bruno).count == 1
    written = Post.objects.get(author=carla)
    moderation.hide(written, by=marta, why="Off the matter.")
    assert telling.unseen(bruno).count == 0
    page = as_(client, bruno, NOTICES)
    assert counted(page) == 0
    assert "Carla" not in page
    moderation.restore(written, by=marta)
    assert telling.unseen(bruno).count == 1
    story_of(post.thread).unpublish()
    assert telling.unseen(bruno).count == 0
    for path in (NOTICES, "/forum/following/"):
        assert "Ferry to Norland" not in as_(client, bruno, path)


def test_a_pick_is_told_to_the_author_entered_in_the_log_and_filters_the_thread(
    client: Client, post: Post, bruno: Reader, carla: Reader, olga: Reader
) -> None:
    add_post(post.thread, "A crane.", author=carla)
    client.force_login(olga)
    for _ in range(2):
        client.post(f"/forum/post/{post.pk}/pick/")
    assert ModerationLog.objects.get().act == "pick"
    page = as_(client, bruno, NOTICES)
    assert "An editor picked your post" in page
    assert "Olga" not in page
    picked = as_(client, carla, f"{post.thread.get_absolute_url()}?sort=picked")
    assert SECRET in picked
    assert "A crane." not in picked
    moderation.unpick(post, by=olga)
    assert "An editor picked" not in as_(client, bruno, NOTICES)
    assert "Editors have picked no post" in as_(
        client, carla, f"{post.thread.get_absolute_url()}?sort=picked"
    )
    moderation.pick(post, by=olga)
    assert Notification.objects.filter(kind="pick").count() == 1


def test_an_editor_who_picks_an_own_post_is_not_told(thread: Thread, olga: Reader) -> None:
    moderation.pick(add_post(thread, "The ferry sails.", author=olga), by=olga)
    assert not Notification.objects.exists()


def test_a_locked_database_keeps_no_page_back(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    as_(client, bruno, post.thread.get_absolute_url())
    add_post(post.thread, "It was a heron.", author=carla, in_reply_to=post)

    def locked(run: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "forum_notification"'):
            raise OperationalError("database is locked")
        return run(sql, *more)

    with connection.execute_wrapper(locked):
        page = as_(client, bruno, post.thread.get_absolute_url())
    assert "It was a heron." in page
    assert counted(page) == 1, "what could not be noted is new still"


def test_what_waits_is_asked_for_once_a_page_and_costs_the_same_however_much_there_is(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    def cost() -> int:
        client.cookies.pop(settings.CAREO_PASS_COOKIE, None)  # so that the view answers, not `quick`
        with CaptureQueriesContext(connection) as queries:
            as_(client, bruno, post.thread.get_absolute_url())
        return len([query for query in queries if "forum_notification" in query["sql"]])

    as_(client, bruno, post.thread.get_absolute_url())
    assert cost() == 1
    for n in range(8):
        other = Thread.objects.create(story=story_called(f"Story {n}", f"story-{n}"))
        mine = add_post(other, "Mine.", author=bruno)
        add_post(other, "An answer.", author=carla, in_reply_to=mine)
        add_post(other, "To all.", author=carla)
    assert cost() == 1
    assert telling.unseen(bruno).count == 16


def test_a_post_costs_the_same_however_many_follow(thread: Thread, bruno: Reader, carla: Reader) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            add_post(thread, "The ferry sails.", author=bruno)
        return len(queries)

    add_post(thread, "The ferry sails.", author=bruno)
    before = cost()
    for n in range(5):
        Seen.objects.create(
            reader=Reader.objects.create_user(f"r{n}@example.org"), thread=thread, number=0, follows=True
        )
    assert cost() == before


def test_the_former_address_leads_to_the_list(client: Client, bruno: Reader) -> None:
    client.force_login(bruno)
    answer = client.get("/forum/notifications/")
    assert (answer.status_code, answer["Location"]) == (308, NOTICES)


def test_the_account_s_page_leads_those_to_their_choices_who_may_read(
    client: Client, bruno: Reader, ana: Reader
) -> None:
    assert "/forum/notices/choices/" in as_(client, bruno, "/account/")
    assert "/forum/notices/choices/" not in as_(client, ana, "/account/")
