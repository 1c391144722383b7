"""Moderators hide and restore, close and reopen, suspend and lift; everything stands in the log."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client

from careo.forum import moderation
from careo.forum.actions import add_post, flag
from careo.forum.errors import CannotSuspend, PostHidden, ReaderSuspended
from careo.forum.models import ModerationLog, Post, Thread
from careo.readers.models import Reader
from careo.readers.rights import give_rights_once
from tests.forum.conftest import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(marta: Reader) -> Client:
    client = Client()
    client.force_login(marta)
    return client


def read(reader: Reader, path: str) -> str:
    client = Client()
    client.force_login(reader)
    return client.get(path).content.decode()


@pytest.mark.both_databases
def test_a_hidden_post_keeps_its_place_and_loses_its_words(
    desk: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    place = post.thread.get_absolute_url()
    assert "Reason" in desk.get(f"/forum/post/{post.pk}/hide/").content.decode()
    assert desk.post(f"/forum/post/{post.pk}/hide/", {"why": ""}).status_code == 422
    assert desk.post(f"/forum/post/{post.pk}/hide/", {"why": "Off the matter."}).status_code == 302
    for reader in (bruno, carla):
        page = read(reader, place)
        assert SECRET not in page
        assert "Hidden by a moderator." in page
        assert ("Off the matter." in page) == (reader == bruno)
        for act in ("flag/", "edit/", "history/"):
            assert SECRET not in read(reader, f"/forum/post/{post.pk}/{act}")
        assert SECRET not in read(reader, f"/forum/{post.thread.story_id}/reply/?to={post.pk}&quote=1")
    assert SECRET in read(marta, place)
    desk.post(f"/forum/post/{post.pk}/restore/", {"why": "It was on the matter."})
    assert SECRET in read(carla, place)
    acts = [(entry.act, entry.why, entry.moderator) for entry in ModerationLog.objects.all()]
    assert acts == [("restore", "It was on the matter.", marta), ("hide", "Off the matter.", marta)]
    assert SECRET not in desk.get("/forum/moderation/log/").content.decode()


def test_what_is_hidden_cannot_be_answered_or_flagged(post: Post, carla: Reader, marta: Reader) -> None:
    moderation.hide(post, by=marta, why="Off the matter.")
    post.refresh_from_db()
    with pytest.raises(PostHidden):
        add_post(post.thread, "Why?", author=carla, in_reply_to=post)
    with pytest.raises(PostHidden):
        flag(post, by=carla)


def test_an_answer_that_was_hidden_is_no_news(
    post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    answer = add_post(post.thread, "Nonsense.", author=carla, in_reply_to=post)
    moderation.hide(answer, by=marta, why="Rude.")
    assert "Carla" not in read(bruno, "/forum/notices/")
    assert "new)" not in read(bruno, "/forum/")


@pytest.mark.both_databases
def test_flags_wait_in_the_queue_until_a_moderator_settles_them(
    desk: Client, post: Post, carla: Reader, marta: Reader
) -> None:
    flag(post, by=carla, why="There are no such <birds>.")
    page = desk.get("/forum/moderation/").content.decode()
    assert "There are no such &lt;birds&gt;." in page
    assert SECRET in page
    answer = desk.post(f"/forum/post/{post.pk}/keep/?queue=1", {"why": "There are."})
    assert answer["Location"] == "/forum/moderation/"
    assert "No post waits." in desk.get("/forum/moderation/").content.decode()
    assert ModerationLog.objects.get().act == "keep"
    assert SECRET in read(carla, post.thread.get_absolute_url())


def test_hiding_settles_the_flags(desk: Client, post: Post, carla: Reader) -> None:
    flag(post, by=carla)
    desk.post(f"/forum/post/{post.pk}/hide/", {"why": "Off the matter."})
    assert "No post waits." in desk.get("/forum/moderation/").content.decode()


def test_an_act_done_already_is_not_done_again(post: Post, marta: Reader) -> None:
    for _ in range(2):
        moderation.hide(post, by=marta, why="Off the matter.")
        moderation.close(post.thread, by=marta)
        moderation.lift(post.author, by=marta)
    assert sorted(entry.act for entry in ModerationLog.objects.all()) == ["close", "hide"]


@pytest.mark.both_databases
def test_a_thread_is_closed_and_reopened(desk: Client, thread: Thread, carla: Reader) -> None:
    desk.post(f"/forum/{thread.story_id}/close/", {"why": "All is said."})
    assert "This thread is closed" in read(carla, thread.get_absolute_url())
    desk.post(f"/forum/{thread.story_id}/reopen/", {"why": "There is news."})
    assert "This thread is closed" not in read(carla, thread.get_absolute_url())
    log = desk.get("/forum/moderation/log/").content.decode()
    assert "Marta closed" in log
    assert "All is said." in log


@pytest.mark.both_databases
def test_a_suspended_reader_reads_and_writes_again_when_it_ends(
    desk: Client, thread: Thread, carla: Reader, marta: Reader
) -> None:
    answer = desk.post(
        f"/forum/reader/{carla.pk}/sanction/", {"kind": "suspend", "hours": "168", "why": "Shouting."}
    )
    assert answer["Location"] == "/forum/moderation/"
    assert "Carla" in desk.get("/forum/moderation/").content.decode()
    assert "You are suspended until" in read(carla, thread.get_absolute_url())
    with pytest.raises(
        ReaderSuspended, match=r"You are suspended until .+ \(Shouting\.\): you can read, but not write\."
    ):
        add_post(thread, "Hello!", author=carla)
    with time_machine.travel(time.time() + timedelta(days=7, seconds=1).total_seconds()):
        assert add_post(thread, "Hello.", author=carla)


def test_of_two_suspensions_the_longer_holds_and_both_are_lifted_at_once(
    desk: Client, thread: Thread, carla: Reader, marta: Reader
) -> None:
    moderation.suspend(carla, by=marta, why="For good.", days=None)
    moderation.suspend(carla, by=marta, why="For a day.", days=1)
    assert "until a moderator lifts it (For good.)" in read(carla, thread.get_absolute_url())
    desk.post(f"/forum/reader/{carla.pk}/lift/", {"why": "She apologised."})
    assert add_post(thread, "Sorry.", author=carla)
    assert ModerationLog.objects.filter(act="lift").count() == 1


@pytest.mark.parametrize("hours", ["x", "-1", "8", "99999999999"])
def test_a_length_that_is_not_offered_is_refused(desk: Client, carla: Reader, hours: str) -> None:
    told = {"kind": "suspend", "hours": hours, "why": "x"}
    assert desk.post(f"/forum/reader/{carla.pk}/sanction/", told).status_code == 422
    assert not carla.sanctions.exists()


def test_moderators_do_not_suspend_each_other(desk: Client, marta: Reader) -> None:
    with pytest.raises(CannotSuspend):
        moderation.suspend(marta, by=marta, why="x", days=1)
    told = {"kind": "suspend", "hours": "24", "why": "x"}
    assert desk.post(f"/forum/reader/{marta.pk}/sanction/", told).status_code == 403
    assert desk.get("/forum/reader/987654/sanction/").status_code == 404


def test_moderators_read_what_an_edited_post_said_before(desk: Client, post: Post, bruno: Reader) -> None:
    client = Client()
    client.force_login(bruno)
    client.post(f"/forum/post/{post.pk}/edit/", {"text": "It was a <b>heron</b>."})
    page = desk.get(f"/forum/post/{post.pk}/history/").content.decode()
    assert SECRET in page
    assert "It was a &lt;b&gt;heron&lt;/b&gt;." in page


def test_the_group_of_moderators_may_moderate_from_the_start() -> None:
    Permission.objects.filter(codename="moderate").delete()
    give_rights_once(apps.get_app_config("forum"), {"Forum moderators": ["moderate"]}, using="default")
    assert Group.objects.get(name="Forum moderators").permissions.filter(codename="moderate").exists()


def test_the_desk_leads_moderators_to_the_queue(desk: Client, marta: Reader, olga: Reader) -> None:
    marta.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert "/forum/moderation/" in desk.get("/desk/").content.decode()
    assert "/forum/moderation/" not in read(olga, "/desk/")
