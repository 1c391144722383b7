"""Notices of illegal content: from anybody, answered alike whatever there is, receipt and decision told by letter."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.test import Client

from careo.forum.models import ModerationLog, Notice, Post, StatementOfReasons
from careo.readers.models import Reader
from tests.forum.conftest import SECRET
from tests.forum.test_moderation import desk, read

pytestmark = pytest.mark.django_db
__all__ = ["desk"]
FORM = "/forum/notice/"
Committing = Callable[..., AbstractContextManager[object]]


def told(post: Post | None, **other: str) -> dict[str, str]:
    address = f"http://testserver/forum/post/{post.pk if post else 987_654}/"
    return {
        "address": address, "kind": "defamation", "why": "It says that I fly.", "name": "Ines",
        "email": "ines@example.net", "in_good_faith": "on",
    } | other  # fmt: skip


@pytest.mark.both_databases
def test_a_notice_is_received_settled_and_told(
    client: Client,
    desk: Client,
    post: Post,
    bruno: Reader,
    carla: Reader,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(FORM, told(post)).status_code == 200
    notice = Notice.objects.get()
    assert notice.post == post
    assert mail.outbox[-1].to == ["ines@example.net"]
    assert "It says that I fly." not in mail.outbox[-1].body, "nobody writes to others through our form"
    assert notice.get_absolute_url() in desk.get("/forum/moderation/").content.decode()
    answer = {"verdict": "act", "why": "It is a lie about a person.", "rule": ""}
    assert desk.post(notice.get_absolute_url(), answer).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            desk.post(notice.get_absolute_url(), answer | {"rule": "Criminal Code, art. 205"}).status_code
            == 302
        )
    assert SECRET not in read(carla, post.thread.get_absolute_url())
    reasons = StatementOfReasons.objects.get()
    assert (reasons.ground, reasons.rule, reasons.source) == ("law", "Criminal Code, art. 205", "notice")
    letters = {letter.to[0]: letter.body for letter in mail.outbox[1:]}
    assert "A moderator has acted on it" in letters["ines@example.net"]
    assert "It is a lie about a person." in letters["ines@example.net"]
    assert "Ines" not in letters["bruno@example.org"]
    assert [entry.act for entry in ModerationLog.objects.all()] == ["hide", "notice_acted"]
    assert desk.get(notice.get_absolute_url()).status_code == 404


def test_a_notice_that_is_not_acted_on_leaves_the_post(
    client: Client, desk: Client, post: Post, carla: Reader, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FORM, told(post))
        desk.post(Notice.objects.get().get_absolute_url(), {"verdict": "refuse", "why": "An opinion."})
    assert SECRET in read(carla, post.thread.get_absolute_url())
    assert "what you told us of stays" in mail.outbox[-1].body


def test_the_answer_tells_nothing_of_what_there_is(client: Client, post: Post) -> None:
    pages = {client.post(FORM, told(found)).content for found in (post, None)}
    assert len(pages) == 1
    assert SECRET not in pages.pop().decode()
    forms = {
        client.get(FORM, {"at": at}).content.decode().replace(at, "")
        for at in ("/forum/post/1/", "/forum/post/9/")
    }
    assert len({len(form) for form in forms}) == 1


@pytest.mark.parametrize("field", ["address", "why", "name", "email", "in_good_faith"])
def test_what_the_law_asks_for_must_be_there_and_what_was_typed_stays(
    client: Client, post: Post, field: str
) -> None:
    answer = client.post(FORM, {name: value for name, value in told(post).items() if name != field})
    assert answer.status_code == 422
    assert field == "why" or "It says that I fly." in answer.content.decode()
    assert not Notice.objects.exists()


def test_whoever_tells_of_abused_children_may_stay_unnamed(client: Client, post: Post) -> None:
    assert client.post(FORM, told(post, kind="children", name="", email="")).status_code == 200
    assert Notice.objects.get().email == ""


@pytest.mark.parametrize(
    "address", ["https://evil.example/forum/post/1/", "javascript:alert(1)", "/forum/", "http://[", "x" * 501]
)
def test_only_addresses_of_ours_are_taken(client: Client, post: Post, address: str) -> None:
    assert client.post(FORM, told(post, address=address)).status_code == 422


@pytest.mark.parametrize(
    "end",
    [
        "forum/post/99999999999999999999/",
        "forum/#post-99999999999999999999",
        "forum/#post-x",
        "%00",
        "no/where",
    ],
)
def test_no_address_of_ours_breaks_the_form(client: Client, post: Post, end: str) -> None:
    assert client.post(FORM, told(post, address=f"http://testserver/{end}")).status_code == 200
    assert Notice.objects.get().post is None


@pytest.mark.parametrize("at", ["http://[", "//evil.example", "/forum/post/1/", '/"><script>'])
def test_whatever_fills_the_form_in_is_text(client: Client, at: str) -> None:
    answer = client.get(FORM, {"at": at})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_a_link_to_the_form_with_a_null_byte_is_none_of_ours(client: Client) -> None:
    assert client.get(FORM, {"at": "\x00"}).status_code == 404


def test_a_posts_place_in_its_thread_names_it_too(client: Client, post: Post) -> None:
    client.post(FORM, told(post, address=f"http://testserver{post.get_absolute_url()}"))
    assert Notice.objects.get().post == post


def test_many_notices_from_one_client_are_held_back_with_the_text_still_there(
    client: Client, post: Post
) -> None:
    answers = [client.post(FORM, told(post)) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "It says that I fly." in answers[5].content.decode()
    assert Notice.objects.count() == 5


def test_a_notice_from_another_site_is_refused(post: Post) -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, told(post)).status_code == 403
