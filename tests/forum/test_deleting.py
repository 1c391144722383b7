"""An author takes a post back: a place-holder stays, moderators read the words for a while, then they are erased."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from careo.forum import moderation, notices
from careo.forum.actions import edit_post, flag
from careo.forum.erasing import erase_deleted
from careo.forum.errors import AlreadyDeleted
from careo.forum.models import EarlierText, Notice, Post
from careo.readers.models import Reader
from tests.forum.conftest import SECRET
from tests.forum.test_moderation import read

pytestmark = pytest.mark.django_db
LATER = timedelta(days=31)


def delete(post: Post, reader: Reader) -> int:
    client = Client()
    client.force_login(reader)
    return client.post(f"/forum/post/{post.pk}/delete/").status_code


@pytest.mark.both_databases
def test_a_deleted_post_leaves_a_place_holder(
    post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    assert SECRET in read(bruno, f"/forum/post/{post.pk}/delete/")
    assert SECRET in read(carla, post.thread.get_absolute_url()), "asking is not doing"
    assert delete(post, bruno) == 302
    for reader in (bruno, carla):
        page = read(reader, post.thread.get_absolute_url())
        assert "Deleted by its author." in page
        assert SECRET not in page
    assert SECRET in read(marta, post.thread.get_absolute_url())


@pytest.mark.parametrize("who", ["carla", "marta"])
def test_nobody_deletes_anothers_post(who: str, request: pytest.FixtureRequest, post: Post) -> None:
    assert delete(post, request.getfixturevalue(who)) == 403
    post.refresh_from_db()
    assert not post.is_hidden


def test_what_a_moderator_hid_is_not_deleted_and_what_was_deleted_not_restored(
    post: Post, bruno: Reader, marta: Reader
) -> None:
    moderation.hide(post, by=marta, why="Off the matter.")
    assert delete(post, bruno) == 403
    moderation.restore(post, by=marta)
    delete(post, bruno)
    with pytest.raises(AlreadyDeleted):
        moderation.restore(post, by=marta)


def test_a_suspended_author_may_still_take_it_back(post: Post, bruno: Reader, marta: Reader) -> None:
    moderation.suspend(bruno, by=marta, why="x", days=1)
    assert delete(post, bruno) == 302


def test_deleting_escapes_no_flag(post: Post, bruno: Reader, carla: Reader, marta: Reader) -> None:
    flag(post, by=carla, why="Rude.")
    delete(post, bruno)
    assert SECRET in read(marta, "/forum/moderation/")
    with time_machine.travel(time.time() + LATER.total_seconds()):
        assert erase_deleted() == 0, "it still waits"
        moderation.keep(post, by=marta)
        assert erase_deleted() == 1


def test_after_thirty_days_the_words_are_erased_with_the_earlier_ones(
    post: Post, bruno: Reader, marta: Reader
) -> None:
    moderation.keep(post, by=marta)
    edit_post(post, "It was a heron.", by=bruno)
    delete(post, bruno)
    assert erase_deleted() == 0
    Post.objects.update(hidden_at=timezone.now() - LATER)
    assert erase_deleted() == 1
    assert Post.objects.get().text == ""
    assert not EarlierText.objects.exists()
    assert "Deleted by its author." in read(marta, post.thread.get_absolute_url())


def test_what_a_notice_is_about_is_kept_until_it_is_settled(post: Post, bruno: Reader, marta: Reader) -> None:
    moderation.keep(post, by=marta)
    notice = notices.notify(Notice(address=f"http://testserver/forum/post/{post.pk}/", kind="hate", why="x"))
    delete(post, bruno)
    Post.objects.update(hidden_at=timezone.now() - LATER)
    assert erase_deleted() == 0
    notices.settle(notice, act=False, by=marta, why="No.")
    assert erase_deleted() == 1
