"""Mentions: what is one and what only looks like one, who is told, and the names that are offered."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from careo.forum import moderation, text
from careo.forum.actions import add_post, edit_post
from careo.forum.mentions import MOST, names, readers_named
from careo.forum.models import Notification, Post, Thread
from careo.readers.actions import open_account
from careo.readers.models import Reader


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("@[Ana de Alba] is right", ["Ana de Alba"]),
        ("Ask @Bruno, please", ["Bruno"]),
        ("(@Carla)", ["Carla"]),
        ("*@Carla* and **@[Ana de Alba]**", ["Carla", "Ana de Alba"]),
        ("- @Carla\n- @Carla", ["Carla"]),
        ("write to ana@example.org or ana@[example]", []),
        ("https://faro.example/@Carla", []),
        ("[@Carla](https://faro.example/)", []),
        ("@[Carla](https://faro.example/)", []),
        ("`@Carla` and\n\n```\n@[Ana de Alba]\n```", []),
        ("> @Carla said so", []),
        ("\\@[Ana de Alba]", []),
        ("@ Carla, @[], @[\n], @@Carla", []),
        ("I cite [[1]] for @[Ana de Alba][[2]]", ["Ana de Alba"]),
    ],
)
def test_what_mentions_somebody_and_what_does_not(typed: str, found: list[str]) -> None:
    assert names(typed) == found


def test_a_mention_is_shown_without_its_brackets_and_what_is_none_as_typed() -> None:
    assert text.html("Ask @[Ana de Alba].") == "<p>Ask @Ana de Alba.</p>\n"
    assert text.html("ana@[example]") == "<p>ana@[example]</p>\n"
    assert text.html("@[<b>Ana</b>]") == "<p>@&lt;b&gt;Ana&lt;/b&gt;</p>\n"


@given(st.text(alphabet="@[]()<>&\"'*_`\\> \nAnaáb.:/", max_size=80))
def test_no_text_makes_markup_of_a_mention(typed: str) -> None:
    shown = text.html(typed)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert len(names(typed)) <= MOST


@pytest.mark.django_db
@pytest.mark.both_databases
def test_names_are_found_however_they_are_capitalised_composed_or_followed_by_a_stop(
    bruno: Reader, dario: Reader
) -> None:
    ana = open_account("alba@example.org", pen_name="Ana de Alba")
    jr = open_account("jr@example.org", pen_name="J.R.")
    typed = "@[ana DE alba], @BRUNO. @Dari\u0301o's boat, @J.R. and @nobody, @[no body]"
    assert readers_named(typed) == [ana, bruno, dario, jr]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_who_is_mentioned_is_told_once_and_the_answered_one_as_answered(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    told = add_post(post.thread, "@Bruno and @Marta: @Carla was there.", author=carla, in_reply_to=post)
    kinds = {row.reader.pen_name: row.kind for row in Notification.objects.filter(post=told)}
    assert kinds == {"Bruno": "answer", "Marta": "mention"}, "nobody is told of an own post"
    edit_post(told, "@Bruno and @Marta: @Carla was not there.", by=carla)
    assert Notification.objects.filter(post=told).count() == 2
    client.force_login(marta)
    assert "Carla mentioned you" in client.get("/forum/notices/").text


@pytest.mark.django_db
def test_an_edit_tells_those_whom_it_mentions_anew(post: Post, bruno: Reader, carla: Reader) -> None:
    edit_post(post, "@Carla, look at this.", by=bruno)
    assert Notification.objects.get(reader=carla).kind == "mention"


@pytest.mark.django_db
def test_names_of_this_threads_writers_are_offered_and_no_others(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader, olga: Reader, ana: Reader
) -> None:
    add_post(post.thread, "A heron.", author=carla)
    hidden = add_post(post.thread, "Call me names.", author=olga)
    moderation.hide(hidden, by=marta, why="Off the matter.")
    client.force_login(marta)
    answer = client.get(f"/forum/{post.thread.story_id}/participants/")
    assert answer.json() == {"names": ["Bruno", "Carla"]}
    assert answer["Cache-Control"] == "private, no-store"
    client.force_login(bruno)
    assert client.get(f"/forum/{post.thread.story_id}/participants/").json() == {"names": ["Carla"]}
    client.force_login(ana)
    assert client.get(f"/forum/{post.thread.story_id}/participants/").status_code == 403


@pytest.mark.django_db
def test_no_more_than_so_many_are_called_by_one_post(thread: Thread, bruno: Reader) -> None:
    for n in range(MOST + 3):
        open_account(f"r{n}@example.org", pen_name=f"Reader {n} of all")
    post = add_post(thread, " ".join(f"@[Reader {n} of all]" for n in range(MOST + 3)), author=bruno)
    assert Notification.objects.filter(post=post).count() == MOST
