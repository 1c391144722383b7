"""The quick way to a thread's page: the same page as the view's, for the same readers and no others, at any moment."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careo.edge.passes import issue
from careo.forum import quick
from careo.forum.actions import add_post, delete_post, edit_post, flag
from careo.forum.blocking import block
from careo.forum.models import Notification, Post, Recommendation, Sanction, Seen, Thread
from careo.forum.moderation import amend, close, hide, pick, restore, sanction
from careo.forum.recommending import recommend
from careo.forum.telling import unseen
from careo.paper.actions import found_paper
from careo.paper.models import StandingPage
from careo.readers.actions import end, grant, open_account
from careo.readers.models import Plan, Reader, Subscription
from careo.stories.models import Section, Story
from tests.forum.conftest import SECRET, working

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Answers = list[bool]


@pytest.fixture(autouse=True)
def pages(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.CAREO_PAGES = tmp_path_factory.mktemp("pages")


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Of each thread's page asked for since: whether the quick way answered."""
    found: Answers = []

    def noted(*arguments: Any) -> Any:
        answer = quick_answer(*arguments)
        found.append(answer is not None)
        return answer

    quick_answer = quick.answer
    monkeypatch.setattr(quick, "answer", noted)
    return found


def browser(reader: Reader) -> Client:
    """With the cookies that logging in brings."""
    client = Client()
    client.force_login(reader)
    give_pass(client, reader)
    return client


def give_pass(client: Client, reader: Reader) -> None:
    worth = issue(django_settings.CAREO_PASS_KEY, reader.pk, now=time.time(), seconds=300)
    client.cookies[django_settings.CAREO_PASS_COOKIE] = worth


def told(client: Client, address: str) -> tuple[int, str, dict[str, str]]:
    """Status, page and headers, without the two tokens that are drawn for each answer."""
    answer = client.get(address)
    page = re.sub(
        r'(name="(?:csrfmiddlewaretoken|form_token)") value="[\w-]+"', r"\1", answer.content.decode()
    )
    return (
        answer.status_code,
        page,
        {name: value for name, value in answer.headers.items() if name != "Content-Length"},
    )


def as_the_view(
    monkeypatch: pytest.MonkeyPatch, client: Client, address: str
) -> tuple[int, str, dict[str, str]]:
    with monkeypatch.context() as patch:
        patch.setattr(quick, "answer", lambda *_: None)
        return told(client, address)


def filled(thread: Thread, *authors: Reader, posts: int = 45) -> list[Post]:
    """Long ago, so that nobody is held back."""
    rows = [
        Post(thread=thread, number=n + 1, author=authors[n % len(authors)], text=f"Post *{n + 1}*, {SECRET}",
             form_token=uuid4())
        for n in range(posts)
    ]  # fmt: skip
    Post.objects.bulk_create(rows)
    Post.objects.update(posted_at=timezone.now() - timedelta(days=2))
    Thread.objects.filter(pk=thread.pk).update(posts_made=posts, last_post_at=timezone.now())
    thread.refresh_from_db()
    return list(thread.posts.order_by("number"))


@pytest.fixture
def dora(plan: Plan) -> Reader:
    """Subscribes, and has read the thread to its 25th post."""
    dora = open_account("dora@example.org", pen_name="Dora O'Neil")
    grant(dora, plan, by=None)
    return dora


@pytest.fixture
def posts(thread: Thread, bruno: Reader, carla: Reader, dora: Reader, marta: Reader) -> list[Post]:
    """Of every kind: hidden, held, deleted, edited, amended, picked, answered, recommended, flagged, own and new."""
    made = filled(thread, bruno, carla, dora)
    hide(made[3], by=marta, why="A quarrel.")
    delete_post(made[4], by=carla)
    amend(made[5], "Milder.", by=marta, why="It was too loud.")
    pick(made[6], by=marta)
    recommend(made[6], by=dora)
    recommend(made[7], by=carla) if made[7].author != carla else recommend(made[7], by=bruno)
    flag(made[9], by=dora, why="x") if made[9].author != dora else flag(made[9], by=carla)
    Post.objects.filter(pk=made[10].pk).update(hidden_as=Post.HiddenAs.HELD, hidden_at=timezone.now())
    Post.objects.filter(pk__in=[made[11].pk, made[14].pk]).update(posted_at=timezone.now())
    edit_post(made[14], f"Edited {SECRET}", by=dora) if made[14].author == dora else None
    add_post(thread, "An answer.", author=bruno, in_reply_to=made[6])
    add_post(thread, "Look, @[Carla] and @[Dora O'Neil].", author=bruno)
    Seen.objects.create(reader=dora, thread=thread, number=25, follows=True)
    block(bruno, by=dora)
    thread.refresh_from_db()
    return list(thread.posts.order_by("number"))


@pytest.mark.parametrize("who", ["bruno", "carla", "dora"])
@pytest.mark.parametrize("query", ["", "?page=2", "?page=3", "?page=99", "?page=x"])
def test_the_page_is_the_views_page_byte_for_byte(
    who: str, query: str, request: pytest.FixtureRequest, posts: list[Post], taken: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    reader, thread = request.getfixturevalue(who), posts[0].thread
    client, address = browser(reader), f"{thread.get_absolute_url()}{query}"
    client.get(f"{thread.get_absolute_url()}?sort=recommended")  # brings the cookie of the form's token
    seen, notices = list(Seen.objects.values()), list(Notification.objects.values())
    slow = as_the_view(monkeypatch, client, address)
    after_the_view = Seen.objects.number(reader, thread), unseen(reader)
    for again in range(2):  # drawn, then joined from what was drawn
        Seen.objects.all().delete()
        Seen.objects.bulk_create([Seen(**row) for row in seen])
        Notification.objects.all().delete()
        Notification.objects.bulk_create([Notification(**row) for row in notices])
        assert told(client, address) == slow, again
        assert (Seen.objects.number(reader, thread), unseen(reader)) == after_the_view
    assert taken[-2:] == [True, True]
    assert slow[0] == 200
    assert slow[2]["Cache-Control"] == "private, no-store"


def test_a_closed_and_a_slowed_thread_say_so(
    posts: list[Post], dora: Reader, marta: Reader, taken: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, thread = browser(dora), posts[0].thread
    address = thread.get_absolute_url()
    told(client, address)
    Thread.objects.update(slow_seconds=30)
    assert "one post of yours every 30 seconds" in told(client, address)[1]
    close(thread, by=marta)
    assert told(client, address) == as_the_view(monkeypatch, client, address)
    assert "This thread is closed" in told(client, address)[1]
    assert all(taken)


ACTS: dict[str, Callable[[Post, Reader, Reader], Any]] = {
    "hidden": lambda post, marta, dora: hide(post, by=marta, why="Enough."),
    "deleted": lambda post, marta, dora: delete_post(post, by=post.author),
    "amended": lambda post, marta, dora: amend(post, "Other words.", by=marta, why="So."),
    "picked": lambda post, marta, dora: pick(post, by=marta),
    "recommended by another": lambda post, marta, dora: recommend(post, by=marta),
    "recommended": lambda post, marta, dora: recommend(post, by=dora),
    "flagged": lambda post, marta, dora: flag(post, by=dora),
    "its author renamed": lambda post, marta, dora: Reader.objects.filter(pk=post.author_id).update(
        pen_name="Renamed"
    ),
    "held": lambda post, marta, dora: Post.objects.filter(pk=post.pk).update(
        hidden_at=timezone.now(), hidden_as=Post.HiddenAs.HELD
    ),
    "answered": lambda post, marta, dora: add_post(post.thread, "No.", author=dora, in_reply_to=post),
    "folded": lambda post, marta, dora: block(post.author, by=dora),
    "rewritten behind everybody's back": lambda post, marta, dora: Post.objects.filter(pk=post.pk).update(
        text="New."
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_to_a_post_is_on_the_very_next_page(
    act: str,
    thread: Thread,
    bruno: Reader,
    dora: Reader,
    marta: Reader,
    taken: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = filled(thread, bruno, posts=3)[1]
    client, address = browser(dora), thread.get_absolute_url()
    told(client, address)
    before = told(client, address)
    assert f"Post <em>2</em>, {SECRET}" in before[1]
    ACTS[act](post, marta, dora)
    after = told(client, address)
    assert after != before
    assert after == as_the_view(monkeypatch, client, address)
    assert all(taken)
    if act in ("hidden", "deleted", "held", "amended"):
        assert f"Post <em>2</em>, {SECRET}" not in after[1]


def test_what_is_hidden_and_restored_comes_back(
    thread: Thread, bruno: Reader, dora: Reader, marta: Reader
) -> None:
    post = filled(thread, bruno, posts=3)[1]
    client, address = browser(dora), thread.get_absolute_url()
    for _ in range(2):
        assert f"Post <em>2</em>, {SECRET}" in told(client, address)[1]
        hide(post, by=marta, why="Enough.")
        assert f"Post <em>2</em>, {SECRET}" not in told(client, address)[1]
        restore(post, by=marta)
    assert f"Post <em>2</em>, {SECRET}" in told(client, address)[1]


def test_no_reader_is_shown_anothers_marks_number_or_tokens(
    thread: Thread, bruno: Reader, carla: Reader, dora: Reader, taken: Answers
) -> None:
    posts = filled(thread, bruno, carla, posts=4)
    Post.objects.update(posted_at=timezone.now())
    recommend(posts[0], by=carla)
    flag(posts[0], by=carla)
    pages: dict[str, str] = {}
    for reader in (bruno, carla, dora, bruno, carla, dora):
        answer = browser(reader).get(thread.get_absolute_url())
        page = answer.content.decode()
        assert page.count("data-own=") == page.count(">Edit<") == {bruno: 2, carla: 2, dora: 0}[reader]
        assert (
            page.count("Recommended by you") == page.count("You flagged it") == (1 if reader == carla else 0)
        )
        assert f"careo-draft {reader.pk} " in page
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        forms = re.findall(r'name="form_token" value="([\w-]+)"', page)
        assert len(set(tokens)) == len(forms) == 1
        for other, seen in pages.items():
            assert not {tokens[0], forms[0]} & set(re.findall(r"[\w-]+", seen)), other
        assert "hole-" not in page
        pages[f"{reader} {len(pages)}"] = page
    assert all(taken)


def test_the_token_on_the_page_is_good_for_its_forms(
    thread: Thread, bruno: Reader, dora: Reader, taken: Answers
) -> None:
    post = filled(thread, bruno, posts=1)[0]
    client = Client(enforce_csrf_checks=True)
    client.force_login(dora)
    give_pass(client, dora)
    page = client.get(thread.get_absolute_url()).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert taken == [True]
    assert token is not None
    assert (
        client.post(f"/forum/post/{post.pk}/recommend/", {"csrfmiddlewaretoken": token[1]}).status_code == 302
    )
    assert Recommendation.objects.filter(reader=dora).exists()


def test_nobody_writes_a_hole_into_a_post(thread: Thread, bruno: Reader, dora: Reader) -> None:
    from careo.forum.drawing import hole

    add_post(thread, f"hole-csrf; {hole('other')[:12]} {{{{ csrf_token }}}} {{% csrf_token %}}", author=bruno)
    page = told(browser(dora), thread.get_absolute_url())[1]
    assert "{{ csrf_token }} {% csrf_token %}" in page


SHUT: dict[str, Callable[[Reader, Client, Reader], Any]] = {
    "the subscription ended": lambda reader, client, marta: end(reader.subscriptions.get()),
    "the subscription begins tomorrow": lambda reader, client, marta: Subscription.objects.update(
        starts_at=timezone.now() + timedelta(days=1)
    ),
    "the account is blocked": lambda reader, client, marta: Reader.objects.filter(pk=reader.pk).update(
        is_active=False
    ),
    "the reader is banned": lambda reader, client, marta: sanction(
        reader, Sanction.Kind.BAN, by=marta, why="No."
    ),
    "the session was ended elsewhere": lambda reader, client, marta: _store()(
        client.session.session_key
    ).delete(),
    "the session is past its end": lambda reader, client, marta: (
        _store().get_model_class().objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    ),
    "the password was changed": lambda reader, client, marta: _change_password(reader),
    "the session was forged": lambda reader, client, marta: (
        _store().get_model_class().objects.update(session_data="eyJfYXV0aF91c2VyX2lkIjoiMSJ9:1abcde:forged")
    ),
}


def _store() -> Any:
    return import_module(django_settings.SESSION_ENGINE).SessionStore


def _change_password(reader: Reader) -> None:
    reader.set_password("quite another one")
    reader.save()


@pytest.mark.parametrize("how", SHUT)
def test_whoever_may_read_no_longer_is_shut_out_at_once_in_spite_of_a_genuine_pass(
    how: str, thread: Thread, bruno: Reader, dora: Reader, marta: Reader, taken: Answers
) -> None:
    filled(thread, bruno, posts=3)
    client, address = browser(dora), thread.get_absolute_url()
    for _ in range(2):
        assert SECRET in told(client, address)[1]
    assert taken == [True, True]
    SHUT[how](dora, client, marta)
    give_pass(client, dora)
    before = len(taken)
    status, page, _ = told(client, address)
    assert (status, SECRET in page, taken[before:]) == (403, False, [False])


def test_what_is_published_no_longer_has_no_page(
    thread: Thread, bruno: Reader, dora: Reader, taken: Answers
) -> None:
    filled(thread, bruno, posts=3)
    client, address = browser(dora), thread.get_absolute_url()
    assert told(client, address)[0] == 200
    story = Story.objects.get(pk=thread.story_id)
    for change in ({"live": False}, {"live": True, "expire_at": timezone.now() - timedelta(seconds=1)}):
        Story.objects.filter(pk=story.pk).update(**change)
        assert told(client, address)[0] == 404
    Story.objects.filter(pk=story.pk).update(expire_at=None)
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert told(client, address)[0] == 404
    assert taken == [True, False, False, False]


APART: dict[str, Callable[[Reader, Client, Reader, Thread], Any]] = {
    "a group": lambda reader, client, marta, thread: reader.groups.add(
        Group.objects.create(name="Proof-readers")
    ),
    "a mute elsewhere": lambda reader, client, marta, thread: sanction(
        reader, Sanction.Kind.MUTE, by=marta, why="No.", thread=thread
    ),
    "no pen name": lambda reader, client, marta, thread: Reader.objects.filter(pk=reader.pk).update(
        pen_name="", pen_key=None
    ),
    "no pass": lambda reader, client, marta, thread: client.cookies.pop(django_settings.CAREO_PASS_COOKIE),
    "a message": lambda reader, client, marta, thread: client.post(
        f"/forum/post/{thread.posts.get(number=1).pk}/flag/", {"why": "x"}
    ),
}


@pytest.mark.parametrize("how", APART)
def test_who_is_set_apart_from_other_readers_is_answered_by_the_view(
    how: str, thread: Thread, bruno: Reader, dora: Reader, marta: Reader, taken: Answers
) -> None:
    filled(thread, bruno, posts=3)
    client = browser(dora)
    APART[how](dora, client, marta, thread)
    assert told(client, thread.get_absolute_url())[0] == 200
    assert True not in taken


def test_whoever_works_here_is_answered_by_the_view(
    thread: Thread, bruno: Reader, plan: Plan, taken: Answers
) -> None:
    filled(thread, bruno, posts=3)
    pilar = working("pilar@example.org", "Pilar", "moderate")
    grant(pilar, plan, by=None)
    assert "Hide" in told(browser(pilar), thread.get_absolute_url())[1]
    assert taken == [False]


def test_the_frame_follows_the_story_and_the_paper(
    bruno: Reader, dora: Reader, taken: Answers, django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    home = found_paper()
    story = Section.objects.get().add_child(instance=Story(title="Ferry sails", slug="sails"))
    thread = Thread.objects.create(story=story)
    filled(thread, bruno, posts=3)
    client, address = browser(dora), thread.get_absolute_url()
    assert "Who we are" not in told(client, address)[1]
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=StandingPage(title="Who we are", slug="who-we-are", body="<p>We.</p>"))
    assert "Who we are" in told(client, address)[1]
    Story.objects.filter(pk=story.pk).update(title="Ferry stays in port")
    assert "Ferry stays in port" in told(client, address)[1]
    assert told(client, address) == as_the_view(monkeypatch, client, address)
    assert all(taken)


def test_it_costs_four_questions_however_many_posts(
    thread: Thread, bruno: Reader, dora: Reader, taken: Answers
) -> None:
    filled(thread, bruno, posts=45)
    client, address = browser(dora), thread.get_absolute_url()
    told(client, address)
    with CaptureQueriesContext(connection) as asked:
        told(client, address)
    assert len(asked) == 4, [query["sql"] for query in asked]
    assert all(taken)


def test_pieces_are_bounded_in_memory() -> None:
    from careo.forum.kept import ENTRY_BYTES, Kept

    kept: Kept[str] = Kept(10 * (ENTRY_BYTES + 400))
    for number in range(50):
        kept.keep(number, "x" * 100, 100)
        assert kept.get(0) is not None or number >= 10  # what is used stays
    assert len(kept) <= 10
    assert kept.get(49) == "x" * 100
    assert kept.get(30) is None
