"""Readers block each other: what is folded, what is not told, and what the blocked one may never notice."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careo.forum import telling
from careo.forum.actions import add_post
from careo.forum.blocking import block
from careo.forum.errors import CannotBlock, CannotBlockOneself
from careo.forum.models import Block, Notification, Post
from careo.readers.models import Reader
from tests.forum.conftest import SECRET
from tests.forum.test_telling import NOTICES, as_

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FOLDED = "A post by somebody you blocked"


def test_a_blocked_reader_s_posts_are_folded_and_open_by_a_button(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    add_post(post.thread, "A crane.", author=carla)
    client.force_login(carla)
    asked = client.get(f"/forum/post/{post.pk}/block/").text
    assert "Block Bruno?" in asked
    assert not Block.objects.exists(), "a link blocks nobody"
    assert client.post(f"/forum/post/{post.pk}/block/").status_code == 302
    page = as_(client, carla, post.thread.get_absolute_url())
    article = page.partition(f'id="post-{post.pk}"')[2].partition("</article>")[0]
    assert article.count("<details") == article.count("</details>") == 1
    assert f"<summary>{FOLDED}</summary>" in article
    outside = re.sub(r"<details.*?</details>", "", article, flags=re.DOTALL)
    assert "Bruno" not in outside
    assert SECRET not in outside
    assert page.count(FOLDED) == 2, "said in its summary and in its name for who hears the page"


def test_live_answers_and_sorted_pages_fold_too(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    mine = add_post(post.thread, "A crane.", author=carla)
    add_post(post.thread, "No.", author=bruno, in_reply_to=mine)
    block(bruno, by=carla)
    client.force_login(marta)
    client.post(f"/forum/post/{post.pk}/recommend/")
    client.post(f"/forum/post/{post.pk}/pick/")
    address = post.thread.get_absolute_url()
    for path in (f"{address}new/?after=0", f"/forum/post/{mine.pk}/answers/", f"{address}?sort=recommended",
                 f"{address}?sort=picked"):  # fmt: skip
        assert FOLDED in as_(client, carla, path), path


def test_a_blocked_reader_s_answers_and_mentions_make_no_notice(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    before = add_post(post.thread, "Before, @Bruno.", author=carla, in_reply_to=post)
    add_post(post.thread, "To all.", author=carla)
    assert telling.unseen(bruno).count == 2
    block(carla, by=bruno)
    assert telling.unseen(bruno).count == 0, "nor what was told before"
    add_post(post.thread, "After, @Bruno.", author=carla, in_reply_to=post)
    assert telling.unseen(bruno).count == 0
    assert list(Notification.objects.values_list("post_id", flat=True)) == [before.pk]
    assert "Carla" not in as_(client, bruno, NOTICES)


def test_other_writers_are_told_of_as_before(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    block(carla, by=bruno)
    add_post(post.thread, "A crane, @Marta.", author=carla, in_reply_to=post)
    assert telling.unseen(marta).count == 1
    add_post(post.thread, "A heron.", author=marta, in_reply_to=post)
    add_post(post.thread, "To all.", author=marta)
    assert telling.unseen(bruno).count == 2


def test_the_blocked_one_sees_answers_and_pages_as_if_nothing_were(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    def seen() -> list[str]:
        paths = (post.thread.get_absolute_url(), "/forum/", NOTICES, "/forum/blocks/",
                 f"/forum/{post.thread.story_id}/participants/",
                 f"/forum/{post.thread.story_id}/reply/?to={post.pk}")  # fmt: skip
        pages = (as_(client, carla, path) for path in paths)
        return [re.sub(r'value="[\w-]{36,}"', "", page) for page in pages]

    add_post(post.thread, "A crane.", author=bruno)
    seen()
    before = seen()
    block(carla, by=bruno)
    assert seen() == before
    client.force_login(carla)
    answer = client.post(
        f"/forum/{post.thread.story_id}/reply/",
        {"text": "A heron.", "to": post.pk, "form_token": "0" * 32},
    )
    assert answer.status_code == 302


def test_blocks_are_listed_and_removed_by_their_reader_alone(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    block(bruno, by=carla)
    key = Block.objects.get().pk
    client.force_login(marta)
    client.post("/forum/blocks/", {"block": key})
    assert "You have blocked nobody." in client.get("/forum/blocks/").text
    page = as_(client, carla, "/forum/blocks/")
    assert "Bruno" in page
    assert "bruno@example.org" not in page
    for typed in ("", "x", "9" * 30, "-1"):
        client.post("/forum/blocks/", {"block": typed})
    assert Block.objects.exists()
    client.post("/forum/blocks/", {"block": key})
    assert not Block.objects.exists()
    assert FOLDED not in as_(client, carla, post.thread.get_absolute_url())


def test_nobody_blocks_a_moderator_or_oneself(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    spoken = add_post(post.thread, "Keep to the matter.", author=marta)
    with pytest.raises(CannotBlock, match="what the house says reaches everybody"):
        block(marta, by=carla)
    with pytest.raises(CannotBlockOneself):
        block(carla, by=carla)
    client.force_login(carla)
    assert client.post(f"/forum/post/{spoken.pk}/block/").status_code == 403


def test_a_reader_who_comes_to_moderate_is_blocked_no_more(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    mine = add_post(post.thread, "A crane.", author=carla)
    block(bruno, by=carla)
    bruno.user_permissions.add(Permission.objects.get(codename="moderate"))
    add_post(post.thread, "Keep to the matter.", author=Reader.objects.get(pk=bruno.pk), in_reply_to=mine)
    page = as_(client, carla, post.thread.get_absolute_url())
    assert FOLDED not in page
    assert "Bruno answered you" in as_(client, carla, NOTICES)


def test_a_moderator_s_own_pages_fold_nothing(
    client: Client, post: Post, bruno: Reader, marta: Reader
) -> None:
    block(bruno, by=marta)
    page = as_(client, marta, post.thread.get_absolute_url())
    assert SECRET in page
    assert FOLDED not in page


def test_a_thread_s_page_asks_for_blocks_once(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    def asked() -> tuple[int, int]:
        client.cookies.pop(settings.CAREO_PASS_COOKIE, None)  # so that the view answers, not `quick`
        with CaptureQueriesContext(connection) as queries:
            as_(client, carla, post.thread.get_absolute_url())
        blocks = [one for one in queries if one["sql"].startswith('SELECT "forum_block"')]
        return len(blocks), len(queries)

    as_(client, carla, post.thread.get_absolute_url())
    first = asked()
    for author in (bruno, marta, bruno, marta):
        add_post(post.thread, "A heron.", author=author)
    block(bruno, by=carla)
    as_(client, carla, post.thread.get_absolute_url())
    assert asked() == first == (1, first[1])
