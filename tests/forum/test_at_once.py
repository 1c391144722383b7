"""Many at once: no two posts take one place, and one form sent twice at once makes one post."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection

from careo.forum import appeals, moderation
from careo.forum.actions import add_post, flag
from careo.forum.errors import AlreadyAppealed
from careo.forum.models import Appeal, Flag, ModerationLog, Post, StatementOfReasons, Thread
from careo.readers.models import Reader

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> None:
    """Do all of them, each over a connection of its own."""

    def do(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(do, act) for act in acts]:
            done.result()


def test_posts_written_at_once_take_a_place_each(thread: Thread, bruno: Reader) -> None:
    at_once(*[lambda n=n: add_post(thread, f"Post {n}", author=bruno) for n in range(8)])
    assert sorted(thread.posts.values_list("number", flat=True)) == list(range(1, 9))
    thread.refresh_from_db()
    assert thread.posts_made == 8


def test_one_form_sent_eight_times_at_once_makes_one_post(thread: Thread, bruno: Reader) -> None:
    token = uuid4()
    at_once(*[lambda: add_post(thread, "The ferry is late.", author=bruno, form_token=token)] * 8)
    assert Post.objects.get().number == 1


def test_one_flag_raised_at_once_is_one(post: Post, carla: Reader) -> None:
    at_once(*[lambda: flag(post, by=carla)] * 6)
    assert Flag.objects.count() == 1


def test_two_moderators_hiding_at_once_leave_one_entry(post: Post, marta: Reader) -> None:
    at_once(*[lambda: moderation.hide(post, by=marta, why="Off the matter.")] * 4)
    assert ModerationLog.objects.count() == 1


def test_one_appeal_sent_at_once_is_one(carla: Reader, marta: Reader) -> None:
    moderation.sanction(carla, "suspend", by=marta, why="x", hours=3)
    reasons = StatementOfReasons.objects.get()

    def appeal() -> None:
        with suppress(AlreadyAppealed):
            appeals.appeal(reasons, "Why?")

    at_once(*[appeal] * 4)
    assert Appeal.objects.count() == 1
