"""The quick way to a post: the same act as the view's, for ordinary readers; whatever is refused is refused by the view."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careo.forum import limits, quick_posting
from careo.forum.actions import add_post
from careo.forum.blocking import block
from careo.forum.following import unfollow
from careo.forum.models import (
    ForumSettings,
    ListedWord,
    ModerationLog,
    Notification,
    Post,
    Sanction,
    Seen,
    Thread,
    Waiting,
)
from careo.forum.moderation import close, hide, sanction, slow
from careo.forum.signals import post_made
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.models import Story
from tests.forum.conftest import SECRET
from tests.forum.test_quick import APART, SHUT, Answers, browser, filled, give_pass

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def pages(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.CAREO_PAGES = tmp_path_factory.mktemp("pages")


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Of each post sent since: whether the quick way answered."""
    found: Answers = []

    def noted(*arguments: Any) -> Any:
        answer = quick_answer(*arguments)
        found.append(answer is not None)
        return answer

    quick_answer = quick_posting.answer
    monkeypatch.setattr(quick_posting, "answer", noted)
    return found


@pytest.fixture
def dora(plan: Plan, thread: Thread, bruno: Reader) -> Reader:
    """A settled account that has written before."""
    dora = open_account("dora@example.org", pen_name="Dora O'Neil")
    grant(dora, plan, by=None)
    filled(thread, bruno, dora, posts=6)
    Reader.objects.update(date_joined=timezone.now() - timedelta(days=400))
    return Reader.objects.get(pk=dora.pk)


def send(client: Client, thread: Thread, text: str = "The ferry is late.", **more: Any) -> Any:
    data = {"text": text, "form_token": str(uuid4())} | more
    return client.post(f"/forum/{thread.story_id}/reply/", data)


def by_the_view(monkeypatch: pytest.MonkeyPatch, client: Client, thread: Thread, **more: Any) -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(quick_posting, "answer", lambda *_: None)
        return send(client, thread, **more)


def kept(post: Post) -> dict[str, Any]:
    """All that the database has of a post, without what is its own alone."""
    own = {"id", "number", "form_token", "posted_at"}
    return {
        field.attname: getattr(post, field.attname)
        for field in Post._meta.concrete_fields
        if field.attname not in own
    }


def test_it_answers_and_keeps_what_the_view_does(
    thread: Thread, dora: Reader, taken: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(dora)
    client.get(thread.get_absolute_url())
    answers = [send(client, thread), by_the_view(monkeypatch, client, thread), send(client, thread)]
    assert taken == [True, True]
    posts = list(thread.posts.filter(number__gt=6).order_by("number"))
    assert [post.number for post in posts] == [7, 8, 9]
    assert kept(posts[0]) == kept(posts[1]) == kept(posts[2])
    assert [answer["Location"] for answer in answers] == [post.get_absolute_url() for post in posts]
    headers = [{name: value for name, value in one.items() if name != "Location"} for one in answers]
    assert headers[0] == headers[1] == headers[2]
    thread.refresh_from_db()
    assert (thread.posts_made, thread.last_post_at) == (9, posts[2].posted_at)
    row = Seen.objects.get(reader=dora)
    assert (row.number, row.follows, row.noticed) == (9, True, 7)


def test_it_asks_a_few_short_questions(thread: Thread, dora: Reader, taken: Answers) -> None:
    client = browser(dora)
    client.get(thread.get_absolute_url())
    send(client, thread)
    with CaptureQueriesContext(connection) as asked:
        send(client, thread)
    assert taken == [True, True]
    assert len(asked) <= 19, [query["sql"] for query in asked]


def test_one_form_sent_twice_makes_one_post(thread: Thread, dora: Reader, taken: Answers) -> None:
    client, token = browser(dora), str(uuid4())
    answers = [send(client, thread, form_token=token) for _ in range(3)]
    assert thread.posts.filter(number__gt=6).count() == 1
    assert len({answer["Location"] for answer in answers}) == 1
    send(client, thread, "Another text.", form_token=token)
    assert thread.posts.filter(number__gt=6).count() == 2
    assert taken == [True] * 4


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_once_makes_one_post_and_many_take_a_place_each(
    thread: Thread, dora: Reader, taken: Answers
) -> None:
    token = str(uuid4())
    clients = [browser(dora) for _ in range(6)]

    def at_once(act: Callable[[Client], Any]) -> None:
        def do(client: Client) -> None:
            try:
                assert act(client).status_code == 302
            finally:
                connection.close()

        with ThreadPoolExecutor(len(clients)) as pool:
            list(pool.map(do, clients))

    at_once(lambda client: send(client, thread, form_token=token))
    assert thread.posts.filter(number__gt=6).count() == 1
    Post.objects.update(posted_at=timezone.now() - timedelta(days=2))
    at_once(lambda client: send(client, thread))
    assert sorted(thread.posts.values_list("number", flat=True)) == list(range(1, 14))
    thread.refresh_from_db()
    assert thread.posts_made == 13
    assert all(taken)


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_many_sent_at_once(thread: Thread, dora: Reader, taken: Answers) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts what is committed; SQLite has one writer at a time.")
    clients = [browser(dora) for _ in range(limits.SETTLED.in_minutes + 3)]

    def do(client: Client) -> int:
        try:
            return int(send(client, thread).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(do, clients))
    assert sorted(answers) == [302] * limits.SETTLED.in_minutes + [429] * 3
    assert thread.posts.filter(number__gt=6).count() == limits.SETTLED.in_minutes


def test_listeners_are_told_of_it_once_and_when_it_is_committed(
    thread: Thread, dora: Reader, taken: Answers, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[tuple[str, int]] = []

    def listen(sender: Any, *, topic: str, number: int, **told: Any) -> None:
        heard.append((topic, number))

    post_made.connect(listen)
    try:
        client = browser(dora)
        with django_capture_on_commit_callbacks(execute=True):
            send(client, thread)
            assert heard == []
        assert heard == [(thread.topic, 7)]
        assert taken == [True]
    finally:
        post_made.disconnect(listen)


@pytest.mark.parametrize("sign", ["@", "&#64;"])
def test_whom_it_mentions_is_told_unless_blocked(
    sign: str, thread: Thread, dora: Reader, bruno: Reader, carla: Reader, taken: Answers
) -> None:
    block(dora, by=carla)
    send(browser(dora), thread, f"Ask {sign}Bruno or {sign}Carla.")
    assert [(one.reader, one.kind) for one in Notification.objects.all()] == [
        (bruno, Notification.Kind.MENTION)
    ]
    assert taken == [True]


def test_whoever_left_the_thread_does_not_follow_it_by_writing(
    thread: Thread, dora: Reader, taken: Answers
) -> None:
    unfollow(thread, by=dora)
    send(browser(dora), thread)
    assert Seen.objects.get(reader=dora).follows is False
    assert taken == [True]


@pytest.mark.parametrize("how", SHUT)
def test_whoever_may_read_no_longer_writes_nothing(
    how: str, thread: Thread, dora: Reader, marta: Reader, taken: Answers
) -> None:
    client = browser(dora)
    assert send(client, thread).status_code == 302
    SHUT[how](dora, client, marta)
    give_pass(client, dora)
    assert send(client, thread).status_code == 403
    assert taken == [True, False]
    assert thread.posts.count() == 7


@pytest.mark.parametrize("how", APART)
def test_who_is_set_apart_is_answered_by_the_view(
    how: str, thread: Thread, dora: Reader, marta: Reader, taken: Answers
) -> None:
    client = browser(dora)
    APART[how](dora, client, marta, thread)
    may_write = how not in {"a mute elsewhere", "no pen name"}  # a mute here, in this test
    assert (send(client, thread).status_code == 302) == may_write
    assert thread.posts.count() == (7 if may_write else 6)
    assert True not in taken


def _listed(effect: str) -> Any:
    return ListedWord.objects.create(words="ferry", effect=effect)


def _written(dora: Reader, many: int, ago: timedelta, thread: Thread) -> None:
    Post.objects.bulk_create(
        Post(thread=thread, number=100 + n, author=dora, text="x", form_token=uuid4()) for n in range(many)
    )
    Post.objects.filter(number__gte=100).update(posted_at=timezone.now() - ago)


REFUSED: dict[str, tuple[int, Callable[[Reader, Reader, Thread], Any]]] = {
    "closed": (403, lambda dora, marta, thread: close(thread, by=marta, why="Enough.")),
    "muted": (403, lambda dora, marta, thread: sanction(dora, Sanction.Kind.MUTE, by=marta, why="No.")),
    "suspended": (403, lambda dora, marta, thread: sanction(dora, "suspend", by=marta, why="No.")),
    "in slow mode": (429, lambda dora, marta, thread: _slow(dora, marta, thread)),
    "ten in five minutes": (429, lambda dora, marta, thread: _written(dora, 10, timedelta(0), thread)),
    "three hundred a day": (429, lambda dora, marta, thread: _written(dora, 300, timedelta(hours=1), thread)),
    "a listed word": (422, lambda dora, marta, thread: _listed(ListedWord.Effect.REFUSE)),
    "withdrawn": (
        404,
        lambda dora, marta, thread: Story.objects.filter(pk=thread.story_id).update(live=False),
    ),
    "for some alone": (
        404,
        lambda dora, marta, thread: PageViewRestriction.objects.create(
            page=thread.story, restriction_type="login"
        ),
    ),
}


def _slow(dora: Reader, marta: Reader, thread: Thread) -> None:
    slow(thread, seconds=300, by=marta, why="Calm.")
    thread.posts.filter(author=dora).update(posted_at=timezone.now())


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused_is_refused_by_the_view_and_leaves_nothing(
    why: str, thread: Thread, dora: Reader, marta: Reader, taken: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, do = REFUSED[why]
    do(dora, marta, thread)
    before, client = Post.objects.count(), browser(dora)
    answer = send(client, thread)
    assert (answer.status_code, taken) == (status, [False])
    assert answer.status_code == by_the_view(monkeypatch, client, thread).status_code
    thread.refresh_from_db()
    assert (Post.objects.count(), thread.posts_made) == (before, 6)


@pytest.mark.parametrize(
    "form",
    [
        {"text": " \u200b"},
        {"text": "x" * 100_000},
        {"text": "[a](https://a.example) " * 30},
        {"form_token": "no token"},
        {"preview": "1"},
        {"to": "0"},
    ],
    ids=str,
)
def test_a_form_with_more_or_less_in_it_is_the_views(
    form: dict[str, str], thread: Thread, dora: Reader, taken: Answers
) -> None:
    assert send(browser(dora), thread, **form).status_code in {200, 404, 422}
    assert taken == [False]
    assert thread.posts.count() == 6


def test_an_answer_tells_whom_it_answers(thread: Thread, dora: Reader, bruno: Reader, taken: Answers) -> None:
    answered = thread.posts.get(number=1)
    send(browser(dora), thread, to=str(answered.pk))
    assert thread.posts.get(number=7).in_reply_to == answered
    told = Notification.objects.get()
    assert (told.reader, told.kind) == (bruno, Notification.Kind.ANSWER)
    answered.refresh_from_db()
    assert (answered.answers_made, taken) == (1, [True])


def test_what_cannot_be_answered_is_refused_by_the_view(
    thread: Thread, dora: Reader, bruno: Reader, marta: Reader, taken: Answers
) -> None:
    hidden = thread.posts.get(number=1)
    hide(hidden, by=marta, why="No.")
    elsewhere = add_post(Thread.objects.create(title="Ours"), "Elsewhere.", author=bruno)
    client = browser(dora)
    answers = [send(client, thread, to=to).status_code for to in (hidden.pk, elsewhere.pk, "9" * 30, "x")]
    assert (answers, taken) == ([403, 404, 404, 404], [False] * 4)
    assert thread.posts.count() == 6


@pytest.mark.parametrize("rule", ["a listed word", "first posts"])
def test_a_held_post_is_kept_once_entered_once_and_its_author_told(
    rule: str, thread: Thread, dora: Reader, taken: Answers
) -> None:
    if rule == "first posts":
        ForumSettings.objects.create(first_posts_held=30)
    else:
        _listed(ListedWord.Effect.HOLD)
    answer = send(browser(dora), thread)
    post = thread.posts.get(number=7)
    assert (answer.status_code, post.is_held, taken) == (302, True, [False])
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "Your post is kept. It is shown when a moderator has looked at it."
    ]
    assert ModerationLog.objects.count() == Waiting.objects.count() == 1


def test_a_new_members_first_post_stands_in_the_queue(
    thread: Thread, dora: Reader, carla: Reader, taken: Answers
) -> None:
    client = browser(carla)
    for _ in range(2):
        send(client, thread)
    assert taken == [True, True]
    assert Waiting.objects.get().post == thread.posts.get(number=7)


def test_a_forged_form_writes_nothing(thread: Thread, dora: Reader, taken: Answers) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dora)
    give_pass(client, dora)
    page = client.get(thread.get_absolute_url()).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    for forged in ({}, {"csrfmiddlewaretoken": "x" * 64}):
        assert send(client, thread, **forged).status_code == 403
    elsewhere = client.post(
        f"/forum/{thread.story_id}/reply/",
        {"text": SECRET, "form_token": str(uuid4()), "csrfmiddlewaretoken": token[1]},
        headers={"origin": "https://elsewhere.example"},
    )
    assert (elsewhere.status_code, taken, thread.posts.count()) == (403, [False] * 3, 6)
    assert send(client, thread, csrfmiddlewaretoken=token[1]).status_code == 302
    assert taken[3:] == [True]
