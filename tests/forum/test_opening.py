"""Threads of the editors' own: opened by right, behind the same door, and like any other for talk, moderation and notices."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.test import Client

from careo.forum import moderation, queue, telling
from careo.forum.actions import add_post, flag
from careo.forum.following import follow
from careo.forum.live import newest_of
from careo.forum.models import ModerationLog, Post, Thread
from careo.forum.opening import open_thread
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, story_called, working
from tests.forum.test_telling import as_

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def clara(db: None) -> Reader:
    return working("clara@example.org", "Clara", "open_threads")


@pytest.fixture
def subscribed(clara: Reader, request: pytest.FixtureRequest) -> Reader:
    from careo.readers.actions import grant

    grant(clara, request.getfixturevalue("plan"), by=None)
    return clara


@pytest.fixture
def own(subscribed: Reader) -> Thread:
    return open_thread("What do you miss in the paper?", f"Tell us of the {SECRET}.", by=subscribed)


def sent(**more: str) -> dict[str, str]:
    return {"title": " What  do you\nmiss? ", "text": "Tell us.", "form_token": str(uuid4())} | more


def test_who_has_the_right_opens_a_thread_with_its_first_post(client: Client, subscribed: Reader) -> None:
    assert "/forum/open/" in as_(client, subscribed, "/forum/")
    form = sent()
    answers = [client.post("/forum/open/", form) for _ in range(2)]
    thread = Thread.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/forum/t{thread.pk}/"] * 2
    assert (thread.title, thread.story) == ("What do you miss?", None)
    page = client.get(f"/forum/t{thread.pk}/").text
    assert "<h1>What do you miss?</h1>" in page
    assert "Tell us." in page
    assert "Cite a passage" not in page
    assert "To the story" not in page
    entry = ModerationLog.objects.get()
    assert (entry.act, entry.by_name, entry.path) == ("open", "Clara", f"/forum/t{thread.pk}/")


@pytest.mark.parametrize("who", ["bruno", "olga", "dario", "ana", "marta"])
def test_nobody_opens_one_without_the_right(
    client: Client, request: pytest.FixtureRequest, who: str, plan: object
) -> None:
    client.force_login(request.getfixturevalue(who))
    for answer in (client.get("/forum/open/"), client.post("/forum/open/", sent())):
        assert answer.status_code == 403
    assert not Thread.objects.exists()


def test_editors_and_moderators_have_the_right_from_the_start() -> None:
    right = Permission.objects.get(codename="open_threads")
    assert set(Group.objects.filter(permissions=right).values_list("name", flat=True)) == {
        "Editors", "Forum moderators",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": " \n "}, {"text": " "}, {"title": "x" * 201}])
def test_what_is_no_thread_is_refused_with_what_was_typed(
    client: Client, subscribed: Reader, wrong: dict[str, str]
) -> None:
    client.force_login(subscribed)
    answer = client.post("/forum/open/", sent(**wrong))
    assert answer.status_code == 422
    assert "Tell us." in answer.text or "What" in answer.text
    assert not Thread.objects.exists()


def test_who_may_not_write_opens_none(client: Client, subscribed: Reader, marta: Reader) -> None:
    moderation.sanction(subscribed, "mute", by=marta, why="Too loud.", hours=3)
    client.force_login(subscribed)
    assert client.post("/forum/open/", sent()).status_code == 403
    assert not Thread.objects.exists()


def test_it_is_listed_read_answered_and_told_of_like_any_other(
    client: Client, own: Thread, subscribed: Reader, bruno: Reader, carla: Reader, eva: Reader
) -> None:
    assert f'<a href="/forum/t{own.pk}/">What do you miss' in as_(client, bruno, "/forum/")
    follow(own, by=carla)
    first = own.posts.get()
    client.post(
        f"/forum/t{own.pk}/reply/",
        {"text": "The [[1]] weather.", "to": str(first.pk), "form_token": str(uuid4())},
    )
    written = Post.objects.get(author=bruno)
    assert written.get_absolute_url() == f"/forum/t{own.pk}/#post-{written.pk}"
    assert telling.unseen(subscribed).count == telling.unseen(carla).count == 1
    assert "What do you miss" in as_(client, carla, "/forum/notices/")
    assert client.get(f"/forum/t{own.pk}/unread/").status_code == 302
    assert "The [[1]] weather." in client.get(f"/forum/t{own.pk}/new/?after=1").text
    for path in ("participants/", "citations/", "live/"):
        assert client.get(f"/forum/t{own.pk}/{path}").status_code == 200
    client.force_login(eva)
    answer = client.get(f"/forum/t{own.pk}/")
    assert answer.status_code == 403
    assert SECRET not in answer.text


def test_it_is_heard_under_a_name_of_its_own(client: Client, own: Thread, post: Post, bruno: Reader) -> None:
    client.force_login(bruno)
    answer = client.get(f"/forum/t{own.pk}/live/")
    assert answer["X-Careo-Hold"] == f"thread-{own.pk} 1"
    topics = [f"thread-{own.pk}", f"story-{post.thread.story_id}", f"thread-{post.thread.pk}"]
    assert newest_of(topics) == dict.fromkeys(topics[:2], 1), "a story's thread is heard by its story alone"


def test_it_is_moderated_like_any_other(client: Client, own: Thread, bruno: Reader, marta: Reader) -> None:
    flag(own.posts.get(), by=bruno)
    assert [one.thread for one in (item.post for item in queue.items("age", marta))] == [own]
    page = as_(client, marta, "/forum/moderation/")
    assert "What do you miss in the paper?" in page
    client.post(f"/forum/t{own.pk}/close/", {"why": "It is told."})
    own.refresh_from_db()
    assert own.closed_at is not None
    client.post(f"/forum/t{own.pk}/slow/", {"seconds": "60", "why": "Slowly."})
    assert ModerationLog.objects.filter(about__contains="What do you miss").count() == 3


def test_a_story_s_thread_and_one_of_ours_never_share_an_address(
    client: Client, own: Thread, bruno: Reader
) -> None:
    story = story_called("Budget passed", "budget")
    Thread.objects.create(id=story.pk, title="Our own of the same number")
    client.force_login(bruno)
    assert "Our own of the same number" in client.get(f"/forum/t{story.pk}/").text
    assert "Budget passed" in client.get(f"/forum/{story.pk}/").text
    theirs = Thread.objects.get(story=story)
    assert client.get(f"/forum/t{theirs.pk}/").status_code == 404, "a story's is asked for by its story alone"


def test_a_thread_has_a_story_or_a_title(post: Post) -> None:
    for wrong in ({"title": ""}, {"title": "Both", "story": story_called("Budget passed", "budget")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.create(**wrong)
    assert (
        add_post(post.thread, "As before.", author=post.author).thread.name == "Ferry to Norland sails again"
    )
