"""What waits for a moderator: flagged, held and first posts in one queue, with what one needs to judge them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careo.forum import moderation
from careo.forum.actions import add_post, flag
from careo.forum.models import (
    Flag,
    ForumSettings,
    ListedWord,
    ModerationLog,
    Post,
    StatementOfReasons,
    Thread,
    Waiting,
)
from careo.readers.models import Reader
from tests.forum.conftest import SECRET
from tests.forum.test_moderation import desk, read

pytestmark = pytest.mark.django_db
__all__ = ["desk"]
QUEUE = "/forum/moderation/"


def new_members_posts(*, held: int, shown: int) -> None:
    ForumSettings.objects.update_or_create(defaults={"first_posts_held": held, "first_posts_shown": shown})


def send(reader: Reader, thread: Thread, text: str) -> tuple[int, str]:
    client = Client()
    client.force_login(reader)
    answer = client.post(
        f"/forum/{thread.story_id}/reply/", {"text": text, "form_token": f"{Post.objects.count():032x}"}
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.both_databases
def test_a_new_members_first_post_is_shown_and_looked_at_afterwards(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    send(bruno, thread, "The ferry is late.")
    send(bruno, thread, "And late again.")
    assert "The ferry is late." in read(carla, thread.get_absolute_url())
    assert [row.post.number for row in Waiting.objects.all()] == [1]
    page = desk.get(QUEUE).content.decode()
    assert "A new member’s first posts" in page
    assert "And late again." in page, "what followed stands around it"
    desk.post(f"/forum/post/{thread.posts.get(number=1).pk}/keep/?queue=1", {"why": "Good."})
    assert "No post waits." in desk.get(QUEUE).content.decode()


@pytest.mark.both_databases
def test_where_the_desk_says_so_first_posts_are_held_until_a_moderator_looked(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    new_members_posts(held=1, shown=1)
    assert send(bruno, thread, f"A {SECRET}.")[0] == 302
    assert send(bruno, thread, "A heron.")[0] == 302
    place = thread.get_absolute_url()
    assert "Not shown yet: it waits for a moderator." in read(carla, place)
    assert SECRET not in read(carla, place)
    assert "A heron." in read(carla, place)
    assert SECRET in read(bruno, place), "its author reads it"
    assert not StatementOfReasons.objects.exists(), "that every new member waits is no decision about one"
    held = thread.posts.get(number=1)
    assert read(carla, f"/forum/{thread.story_id}/reply/?to={held.pk}&quote=1").count(SECRET) == 0
    desk.post(f"/forum/post/{held.pk}/keep/?queue=1", {"why": "Good."})
    assert SECRET in read(carla, place)
    assert [entry.act for entry in ModerationLog.objects.all()] == ["keep", "hold"]


def test_those_who_work_here_are_no_new_members(thread: Thread, marta: Reader) -> None:
    new_members_posts(held=3, shown=3)
    assert not add_post(thread, "Welcome.", author=marta).is_hidden
    assert not Waiting.objects.exists()


def test_the_queue_is_sorted_by_age_and_by_score(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    mild = add_post(thread, "The ferry is late.", author=bruno)
    bad = add_post(thread, "YOU ARE AN IDIOT, Marta! https://a.example https://b.example", author=bruno)
    Waiting.objects.all().delete()
    flag(mild, by=carla)
    flag(bad, by=carla)
    by_age, by_score = desk.get(QUEUE).content.decode(), desk.get(f"{QUEUE}?by=score").content.decode()
    assert by_age.index(f"waits-{mild.pk}") < by_age.index(f"waits-{bad.pk}")
    assert by_score.index(f"waits-{bad.pk}") < by_score.index(f"waits-{mild.pk}")
    assert "insult, aimed at somebody" in by_score


def test_the_queue_shows_the_authors_record(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    rude = add_post(thread, "Rude.", author=bruno)
    moderation.hide(rude, by=marta, why="Rude.")
    moderation.sanction(bruno, "warn", by=marta, why="Be kind.")
    flag(add_post(thread, "Ruder.", author=bruno), by=carla)
    for page in (desk.get(QUEUE), desk.get(f"/forum/reader/{bruno.pk}/record/")):
        told = " ".join(page.content.decode().split())
        assert "2 posts, 1 of them hidden." in told
        assert "Be kind." in told


def test_a_long_queue_costs_as_many_queries_as_a_short_one(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    flag(add_post(thread, "One.", author=bruno), by=carla)
    desk.get(QUEUE)
    with CaptureQueriesContext(connection) as short:
        desk.get(QUEUE)
    for n in range(8):
        flag(add_post(thread, f"Post {n}.", author=bruno), by=carla)
    with CaptureQueriesContext(connection) as long:
        desk.get(QUEUE)
    assert len(long) == len(short)


def test_a_posts_words_in_the_queue_are_text(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    add_post(thread, "<img src=x onerror=alert(1)>", author=bruno)
    flag(add_post(thread, "<script>alert(2)</script>", author=bruno), by=carla, why="<b>bold</b>")
    page = desk.get(QUEUE).content.decode()
    assert "<img" not in page
    assert "<script>" not in page
    assert "<b>bold" not in page


@pytest.mark.both_databases
def test_an_act_in_the_log_has_its_name_when_the_moderator_is_gone(
    desk: Client, post: Post, marta: Reader, bruno: Reader
) -> None:
    moderation.close(post.thread, by=marta, why="Over.")
    marta.delete()
    assert ModerationLog.objects.get().by_name == "Marta"


@pytest.mark.both_databases
def test_a_moderator_edits_with_a_note_and_the_earlier_text_is_kept(
    desk: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    told = {"text": "A bird flew over the ferry.", "why": "No names of birds."}
    assert desk.post(f"/forum/post/{post.pk}/amend/", {**told, "text": " "}).status_code == 422
    assert desk.post(f"/forum/post/{post.pk}/amend/", told).status_code == 302
    page = read(carla, post.thread.get_absolute_url())
    assert "A bird flew over the ferry." in page
    assert SECRET not in page
    assert "Edited by a moderator: No names of birds." in page
    assert SECRET in desk.get(f"/forum/post/{post.pk}/history/").content.decode()
    client = Client()
    client.force_login(bruno)
    answer = client.post(f"/forum/post/{post.pk}/edit/", {"text": f"A {SECRET} again."})
    assert answer.status_code == 403
    assert "A moderator edited this post" in answer.content.decode()


@pytest.mark.parametrize("who", ["marta", "olga"])
def test_those_who_work_here_pick_posts(
    who: str, request: pytest.FixtureRequest, post: Post, carla: Reader
) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who))
    place = post.thread.get_absolute_url()
    assert client.get(f"/forum/post/{post.pk}/pick/").status_code == 405
    client.post(f"/forum/post/{post.pk}/pick/")
    assert "Editors’ pick</p>" in read(carla, place)
    client.post(f"/forum/post/{post.pk}/unpick/")
    assert "Editors’ pick</p>" not in read(carla, place)
    assert [entry.act for entry in ModerationLog.objects.all()] == ["unpick", "pick"]


def test_a_hidden_post_is_no_pick(post: Post, marta: Reader) -> None:
    moderation.pick(post, by=marta)
    moderation.hide(post, by=marta, why="Off the matter.")
    moderation.restore(post, by=marta)
    post.refresh_from_db()
    assert post.picked_at is None


def test_flags_raised_before_there_was_a_queue_wait_in_it(post: Post, carla: Reader) -> None:
    from importlib import import_module

    from django.apps import apps

    before = timezone.now() - timedelta(days=2)
    Waiting.objects.all().delete()
    Flag.objects.create(post=post, reader=carla)
    Flag.objects.update(flagged_at=before)
    migration = import_module("careo.forum.migrations.0005_flagged_posts_wait")
    for _ in range(2):
        migration.let_flagged_posts_wait(apps, None)
    assert Waiting.objects.get().since == before


def test_words_listed_at_the_desk_are_listed_by_moderators_alone(
    marta: Reader, olga: Reader, bruno: Reader
) -> None:
    from django.contrib.auth.models import Group, Permission

    marta.groups.add(Group.objects.get(name="Forum moderators"))
    marta.user_permissions.add(Permission.objects.get(codename="access_admin"))
    told = {"words": "quetzal*", "kind": "words", "effect": "hold", "note": "Birds."}
    for reader, made in ((olga, 0), (marta, 1)):
        client = Client()
        client.force_login(reader)
        client.post("/desk/listed-words/new/", told)
        assert ListedWord.objects.count() == made
