"""A post cites passages of its story's sources: shown like the story's own, as long as the story cites them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from careo.forum import moderation
from careo.forum.actions import add_post, edit_post
from careo.forum.models import Thread
from careo.forum.text import cited_numbers, html
from careo.press.models import Report
from careo.readers.models import Reader
from tests.forum.conftest import story_of
from tests.forum.test_browser import log_in
from tests.stories import cast

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

DENIED, WARNED = "No habrá cortes", "taps would run dry"


def taps(*outlets: str) -> list[tuple[str, str]]:
    """The story's blocks, each citing what one outlet printed."""
    printed = {"faro": ("elfaro.example", DENIED), "courier": ("courier.example", WARNED)}
    found = [(Report.objects.get(outlet__host=printed[name][0]), printed[name][1]) for name in outlets]
    return [cast.paragraph(f"Somebody {cast.cite('says so', passage)}.") for passage in found]


@pytest.fixture
def talk(db: None) -> Thread:
    """The thread of a closed story that cites El Faro in its open part and the Courier in its closed one."""
    cast.faro()
    cast.courier()
    story = cast.story(*taps("faro", "courier"), live=True, access="subscribers", open_blocks=1)
    return Thread.objects.create(story=story)


def page(client: Client, thread: Thread, reader: Reader) -> str:
    client.force_login(reader)
    return client.get(thread.get_absolute_url()).content.decode()


@pytest.mark.both_databases
def test_a_cited_passage_stands_below_the_post_with_outlet_and_words(
    client: Client, talk: Thread, bruno: Reader, carla: Reader
) -> None:
    post = add_post(talk, "He said so [[1]], and [[9]] is nothing.", author=bruno)
    shown = page(client, talk, carla)
    assert f'<a class="citation" href="#cited-{post.pk}-1"><sup>1</sup></a>' in shown
    assert f'id="cited-{post.pk}-1"' in shown
    assert "El Faro de Alba" in shown
    assert DENIED in shown
    assert "and [[9]] is nothing" in shown


def test_the_mark_follows_its_passage_through_a_rewriting_and_goes_when_the_story_cites_it_no_more(
    client: Client, talk: Thread, bruno: Reader, carla: Reader
) -> None:
    post = add_post(talk, "He said so [[1]].", author=bruno)
    story_of(talk).body = taps("courier", "faro")
    story_of(talk).save()
    shown = page(client, talk, carla)
    assert f'href="#cited-{post.pk}-2"><sup>2</sup>' in shown
    assert DENIED in shown
    story_of(talk).body = taps("courier")
    story_of(talk).save()
    shown = page(client, talk, carla)
    assert "He said so [[1]]." in shown
    assert DENIED not in shown


def test_an_edit_cites_anew_and_a_hidden_post_shows_no_passage(
    client: Client, talk: Thread, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    post = add_post(talk, "So it is [[1]].", author=bruno)
    edit_post(post, "So it is [[2]].", by=bruno)
    shown = page(client, talk, carla)
    assert DENIED not in shown
    assert "The Norland Courier" in shown
    moderation.hide(post, by=marta, why="Off the matter.")
    assert "The Norland Courier" not in page(client, talk, carla)


def test_the_chooser_and_the_preview_show_what_a_sign_would_cite(
    client: Client, talk: Thread, carla: Reader
) -> None:
    client.force_login(carla)
    chooser = client.get(f"/forum/{talk.story_id}/citations/").content.decode()
    assert "[[2]]" in chooser
    assert DENIED in chooser
    typed = {"text": "See [[2]].", "preview": "1", "form_token": str(uuid4())}
    preview = client.post(f"/forum/{talk.story_id}/reply/", typed).content.decode()
    assert '<a class="citation" href="#passage-2"><sup>2</sup></a>' in preview


@pytest.mark.parametrize(
    "typed", ["`[[1]]`", "```\n[[1]]\n```", "[[0]]", "[[01]]", "[[1", "[[99999]]", "<sup>1</sup>"]
)
def test_what_is_no_sign_stays_as_typed(typed: str) -> None:
    assert cited_numbers(typed) == []
    assert "citation" not in html(typed, {1: 1}, anchor="cited-1")


@given(st.text(alphabet="[]()1*`<>sup/ \n", max_size=60))
def test_marks_come_of_signs_alone_whatever_stands_around_them(typed: str) -> None:
    shown = html(typed, {1: 7}, anchor="cited-1")
    assert ('class="citation"' in shown) == (1 in cited_numbers(typed))
    assert "<sup>" not in shown.replace('<a class="citation" href="#cited-1-7"><sup>7</sup></a>', "")


@pytest.mark.browser
def test_a_passage_is_chosen_beside_the_form_by_keyboard(
    paper_server: LiveServer, talk: Thread, carla: Reader, page: Page, axe: object
) -> None:
    log_in(page, paper_server, carla, talk.get_absolute_url())
    page.goto(f"{paper_server.url}{talk.get_absolute_url()}")
    page.get_by_label("Your post").fill("He said so ")
    page.get_by_role("link", name="Cite a passage").press("Enter")
    page.get_by_role("button", name="Cite this [[1]]").press("Enter")
    assert page.get_by_label("Your post").input_value() == "He said so [[1]]"
    assert axe(page) == []  # type: ignore[operator]
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**#post-*")
    mark = page.locator("a.citation")
    mark.click()
    assert DENIED in page.locator("li:target").inner_text()
    assert axe(page) == []  # type: ignore[operator]
