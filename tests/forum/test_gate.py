"""The gate: without a subscription nobody learns a word, a count or the length of any post, by any path."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from careo.forum import urls
from careo.forum.actions import add_post, flag
from careo.forum.models import Post, Thread
from careo.readers.models import Reader
from careo.stories.models import Story
from tests.forum.conftest import SECRET, story_called, story_of

pytestmark = pytest.mark.django_db
ABSENT = 987_654
# That tell nothing of what there is: the law gives the one to everybody (test_notices.py), and whoever gets a mail ends
# it by the other, logged in or not (test_choosing.py).
FOR_ANYBODY = {"notice", "end_mail"}
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]


def addresses(story: int | str, post: int, reader: int) -> list[str]:
    """Every address of the forum, but for those that are open to anybody."""
    arguments = {"story_id": story, "post_id": post, "reader_id": reader}
    arguments |= {"appeal_id": reader, "notice_id": reader, "decision_id": reader}
    found = []
    for pattern in shut():
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        found.append(reverse(f"forum:{pattern.name}", kwargs={name: arguments[name] for name in names}))
    assert len(found) == len(urls.urlpatterns) - len(FOR_ANYBODY) >= 27
    return found


def shut() -> list[URLPattern]:
    return [pattern for pattern in urls.urlpatterns if pattern.name not in FOR_ANYBODY]


def told(answer: HttpResponseBase) -> tuple[int, int, str]:
    """What an answer tells: status, length and text, but for the address it was asked at and the form's own token."""
    assert isinstance(answer, HttpResponse)
    page = answer.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r"\?next=[^\"]*", "", page)
    return answer.status_code, len(page), page


@pytest.fixture(params=["a visitor", "ana without a subscription", "eva whose subscription ended"])
def outsider(request: pytest.FixtureRequest, client: Client) -> Client:
    who = str(request.param).split()[0]
    if who != "a":
        client.force_login(request.getfixturevalue(who))
    return client


@pytest.mark.both_databases
def test_every_address_is_shut_to_outsiders_and_says_how_to_come_in(
    outsider: Client, post: Post, carla: Reader, bruno: Reader
) -> None:
    add_post(post.thread, f"More of the {SECRET}.", author=carla, in_reply_to=post)
    flag(post, by=carla, why=SECRET)
    own = Thread.objects.create(title=f"The {SECRET} and we")
    keys = (post.thread.key, own.key)
    for path in dict.fromkeys(path for key in keys for path in addresses(key, post.pk, bruno.pk)):
        for method in METHODS:
            for asked in (path, f"{path}?page=1&to={post.pk}&quote=1&q={SECRET[:4]}"):
                answer = outsider.generic(method, asked)
                assert answer.status_code == 403, (method, asked)
                assert SECRET not in answer.content.decode()
                assert "Bruno" not in answer.content.decode()
                assert answer["Cache-Control"] == "private, no-store"
                assert method == "HEAD" or "How to become one" in answer.content.decode()
    assert Post.objects.count() == 2


def test_outsiders_are_answered_alike_whether_or_not_there_is_anything(
    outsider: Client, post: Post, bruno: Reader, story: Story
) -> None:
    empty = story_called("Nobody has written about this one", "silent")
    present = addresses(story.pk, post.pk, bruno.pk)
    absent = addresses(ABSENT, ABSENT, ABSENT)
    silent = addresses(empty.pk, ABSENT, ABSENT)
    own = addresses(Thread.objects.create(title="Ours").key, post.pk, bruno.pk)
    for paths in zip(present, absent, silent, own, strict=True):
        answers = {told(outsider.get(path)) for path in paths}
        assert len(answers) == 1, paths


def test_an_outsiders_question_looks_nothing_up_in_the_forum(
    outsider: Client, post: Post, django_capture_queries: Callable[[Callable[[], object]], list[str]]
) -> None:
    queries = django_capture_queries(lambda: outsider.get(post.thread.get_absolute_url()))
    assert not [query for query in queries if "forum_" in query]


@pytest.fixture
def django_capture_queries() -> Callable[[Callable[[], object]], list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def capture(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            act()
        return [query["sql"] for query in queries]

    return capture


def test_no_page_outside_the_forum_holds_a_word_of_it(outsider: Client, post: Post) -> None:
    for path in ("/", story_of(post.thread).url, f"/search/?q={SECRET}", "/feeds/rss.xml", "/feeds/atom.xml",
                 "/sitemap.xml", "/account/corner/", "/account/subscribe/", "/robots.txt"):  # fmt: skip
        answer = outsider.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        found = body.decode().replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "")
        assert f"A {SECRET} flew" not in found, path
        assert f"{SECRET} flew" not in found, path


def test_a_story_page_is_the_same_before_and_after_somebody_wrote(
    client: Client, thread: Thread, bruno: Reader
) -> None:
    before = client.get(story_of(thread).url).content
    add_post(thread, f"A {SECRET}.", author=bruno)
    assert client.get(story_of(thread).url).content == before


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["bruno", "dario", "marta", "olga"])
def test_subscribers_suspended_ones_and_those_who_work_here_read(
    who: str, request: pytest.FixtureRequest, client: Client, post: Post
) -> None:
    client.force_login(request.getfixturevalue(who))
    for path in ("/forum/", post.thread.get_absolute_url(), "/forum/notices/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
    assert (
        f"A {SECRET} flew over the <em>ferry</em>."
        in client.get(post.thread.get_absolute_url()).content.decode()
    )


def test_a_genuine_pass_alone_opens_nothing(client: Client, post: Post, bruno: Reader) -> None:
    import time

    from django.conf import settings

    from careo.edge.passes import issue

    client.cookies[settings.CAREO_PASS_COOKIE] = issue(
        settings.CAREO_PASS_KEY, bruno.pk, now=time.time(), seconds=300
    )
    assert client.get(post.thread.get_absolute_url()).status_code == 403


def test_a_blocked_account_is_a_visitor(client: Client, post: Post, bruno: Reader) -> None:
    client.force_login(bruno)
    Reader.objects.filter(pk=bruno.pk).update(is_active=False)
    assert client.get(post.thread.get_absolute_url()).status_code == 403


def test_every_act_is_shut_to_a_suspended_reader(
    client: Client, post: Post, dario: Reader, thread: Thread
) -> None:
    client.force_login(dario)
    own = Post.objects.create(thread=thread, number=2, author=dario, text="Mine.", form_token="a" * 32)
    for path in (
        f"/forum/{thread.story_id}/reply/",
        f"/forum/post/{own.pk}/edit/",
        f"/forum/post/{post.pk}/flag/",
    ):
        answer = client.post(path, {"text": "Again!", "why": "x", "form_token": "b" * 32})
        assert answer.status_code == 403
        assert "You are suspended until" in answer.content.decode()
        assert "He called names." in answer.content.decode()
    assert Post.objects.count() == 2


@pytest.mark.parametrize("who", ["bruno", "olga", "dario"])
def test_moderation_is_for_moderators(
    who: str, request: pytest.FixtureRequest, client: Client, post: Post, carla: Reader
) -> None:
    client.force_login(request.getfixturevalue(who))
    open_to_readers = {
        "index",
        "answers",
        "recommend",
        "live",
        "new",
        "unread",
        "citations",
        "notifications",
        "notices",
        "choices",
        "following",
        "follow",
        "participants",
        "blocks",
        "block",
        "decisions",
        "decision",
        "post",
        "edit",
        "delete",
        "flag",
        "thread",
        "reply",
    }
    if who == "olga":  # who works here picks
        open_to_readers |= {"pick", "unpick"}
    paths = addresses(post.thread.key, post.pk, carla.pk)
    for pattern, path in zip(shut(), paths, strict=True):
        if pattern.name not in open_to_readers:
            assert client.get(path).status_code in (403, 405), path
            assert client.post(path, {"why": "x", "hours": "7", "kind": "ban"}).status_code == 403, path
    post.refresh_from_db()
    assert not post.is_hidden


def test_a_draft_has_no_thread_for_anybody(client: Client, bruno: Reader, marta: Reader) -> None:
    draft = story_called("The minister will resign", "resign", live=False)
    for reader in (bruno, marta):
        client.force_login(reader)
        answer = client.get(f"/forum/{draft.pk}/")
        assert answer.status_code == 404
        assert "resign" not in answer.content.decode()
        assert "resign" not in client.get("/forum/").content.decode()


def test_an_unpublished_storys_thread_is_gone_with_it(
    client: Client, post: Post, carla: Reader, bruno: Reader
) -> None:
    add_post(post.thread, "An answer.", author=carla, in_reply_to=post)
    story_of(post.thread).unpublish()
    client.force_login(bruno)
    for path in (
        f"/forum/{post.thread.story_id}/",
        f"/forum/post/{post.pk}/",
        f"/forum/post/{post.pk}/edit/",
    ):
        assert client.get(path).status_code == 404
    for path in ("/forum/", "/forum/notices/"):
        assert "Ferry to Norland" not in client.get(path).content.decode()


def test_an_expired_storys_thread_is_gone_at_its_hour_though_the_scheduler_is_late(
    client: Client, post: Post, bruno: Reader
) -> None:
    story = story_of(post.thread)
    story.expire_at = timezone.now() - timedelta(seconds=1)
    story.save()
    client.force_login(bruno)
    assert client.get(f"/forum/{story.pk}/").status_code == 404
    assert "Ferry to Norland" not in client.get("/forum/").content.decode()


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "t0",
        "t2147483648",
        "t" + "9" * 90,
        "99999999999999999999999999",
        "2147483648",
        "9223372036854775808",
    ],
)
def test_numbers_beyond_every_column_are_not_found(client: Client, bruno: Reader, number: str) -> None:
    client.force_login(bruno)
    for path in (f"/forum/{number}/", f"/forum/post/{number}/", f"/forum/{number}/reply/?to={number}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["9" * 19, "9" * 20, "9" * 5_000, "٣", "-1"])
def test_no_number_of_a_post_to_answer_breaks_the_form(
    client: Client, thread: Thread, bruno: Reader, number: str
) -> None:
    client.force_login(bruno)
    assert client.get(f"/forum/{thread.story_id}/reply/", {"to": number}).status_code == 404


def test_the_forum_is_let_into_no_frame_and_no_index(client: Client, post: Post, bruno: Reader) -> None:
    client.force_login(bruno)
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert not re.search(r"<script(?![^>]* src=)|<style| on\w+=| style=", page)
