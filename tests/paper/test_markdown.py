"""An open story as Markdown: all that its page says, nothing that acts, and no closed story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from markdown_it import MarkdownIt
from wagtail.rich_text import RichText

from careo.paper.markdown import plain
from careo.stories.models import Story
from tests.paper.edition import MARKER, Edition


def of(story: Story, client: Client) -> str:
    answer = client.get(f"{story.url[:-1]}.md")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    return answer.text


def test_headline_text_footnotes_and_sources_stand_in_it(edition: Edition, client: Client) -> None:
    text = of(edition.story(), client)
    assert text.startswith("# No cuts, says the minister\n\n*Puerto Alba waits*\n\nThe desk · ")
    assert "The minister promised[^1] to all who asked." in text
    assert "[^1]: El Faro de Alba (sp), Sin cortes, promete Olmedo, <https://elfaro.example/" in text
    assert "“No habrá cortes de agua”" in text
    assert text.endswith("Source: El Faro de Alba (sp)\n")


def test_remarks_face_to_face_are_quoted_with_outlet_and_language(edition: Edition, client: Client) -> None:
    text = of(edition.story(body=[("face_to_face", edition.face_to_face())]), client)
    assert "### Will the water be cut?" in text
    assert "> — Esteban Quiroga, The Norland Courier (en)" in text


def test_what_an_outsider_wrote_cannot_act_in_it(edition: Edition, client: Client) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](z) `code` # no & *so*"
    edition.story(hostile[:60], slug="hostile", standfirst=hostile, body=[("heading", hostile)])
    text = of(Story.objects.get(slug="hostile"), client)
    drawn = MarkdownIt("commonmark").render(text)
    assert "<script" not in drawn
    assert "javascript" not in "".join(part for part in drawn.split('"')[1::2])
    assert "<img" not in drawn
    assert "<code" not in drawn
    assert "alert(1)" in drawn


def test_words_come_back_as_they_were() -> None:
    for words in ("1. May", "- no", "a_b*c*", "<b>&amp;", "C# | ~x~", "back\\slash"):
        drawn = MarkdownIt("commonmark").renderInline(plain(words))
        shown = drawn.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert shown == words


def test_a_closed_story_a_draft_and_a_list_have_none(edition: Edition, client: Client) -> None:
    closed, draft = edition.closed_story(), edition.story("A draft", live=False)
    for path in (closed.url, draft.url, "/news/", "/about/"):
        answer = client.get(f"{path[:-1]}.md")
        assert answer.status_code == 404
        assert MARKER not in answer.text


def test_it_follows_the_story_at_once(
    edition: Edition, client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    story = edition.story()
    assert "to all who asked" in of(story, client)
    with django_capture_on_commit_callbacks(execute=True):
        story.body = [("paragraph", RichText("<p>It has been <b>withdrawn</b>.</p>"))]
        story.save_revision().publish()
    assert "It has been **withdrawn**." in of(story, client)
    with django_capture_on_commit_callbacks(execute=True):
        story.access = Story.Access.SUBSCRIBERS
        story.save_revision().publish()
    assert client.get(f"{story.url[:-1]}.md").status_code == 404
