"""An outlet's page tells what our stories rest on from it, and whom it quoted in them; nothing of a closed part."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html
from wagtail.rich_text import RichText

from careo.paper.outlets import outlet_path, outlets_linked_in
from careo.press.models import Outlet
from careo.record.models import Person, Statement
from tests.paper.edition import Edition, statement

Committing = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    """What is written within is there for all to see."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def path_of(outlet: Outlet) -> str:
    return outlet_path(outlet.pk, outlet.name)


def quoted(edition: Edition) -> Statement:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    return said


@pytest.mark.both_databases
def test_a_page_tells_the_outlet_its_marks_the_stories_and_whom_it_quoted(
    edition: Edition, client: Client
) -> None:
    quoted(edition)
    edition.faro.country, edition.faro.home_page = "MX", "https://elfaro.example/"
    edition.faro.save()
    edition.story("The first")
    edition.story("The second")
    edition.story("Another's", body=[("paragraph", edition.cites("It comes", edition.english))])
    page = html.fromstring(client.get(path_of(edition.faro)).text)
    (main,) = page.xpath("//main")
    words = " ".join(main.text_content().split())
    assert main.xpath("h1/text()") == ["El Faro de Alba"]
    assert "Mexico · Spanish · elfaro.example · In sources lines: El Faro de Alba (sp)" in words
    assert "2 stories rest on what El Faro de Alba printed" in words
    assert main.xpath(".//h2/a/text()") == ["The second", "The first"]
    assert main.xpath(".//p[@class='sources']/a/text()") == ["Teresa Olmedo"]
    assert main.xpath(".//a[@rel='external']/@href") == ["https://elfaro.example/"]


@pytest.mark.both_databases
def test_a_story_that_only_sets_an_outlet_face_to_face_rests_on_it(edition: Edition, client: Client) -> None:
    edition.story("Two tellings", body=[("face_to_face", edition.face_to_face())])
    for outlet in (edition.faro, edition.courier):
        assert "Two tellings" in client.get(path_of(outlet)).text


def test_the_sources_line_leads_there_and_reads_as_before(edition: Edition, client: Client) -> None:
    body = [
        ("paragraph", edition.cites("One", edition.spanish)),
        ("paragraph", edition.cites("Two", edition.english)),
    ]
    page = html.fromstring(client.get(edition.story(body=body).url).text)
    (line,) = page.xpath("//p[@class='sources']")
    assert line.text_content() == "Sources: El Faro de Alba (sp), The Norland Courier (en)"
    assert line.xpath("a/@href") == [path_of(edition.faro), path_of(edition.courier)]
    for path in line.xpath("a/@href"):
        assert client.get(path).status_code == 200


def test_whom_it_quoted_is_drawn_from_so_many_of_the_newest_stories(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.paper.outlets.MOST_STORIES", 1)
    quoted(edition)
    edition.story("The first")
    part = f'<p><a linktype="citation" passages="{edition.spanish.pk}:0:9">It was promised</a>.</p>'
    edition.story("A part of it", body=[("paragraph", RichText(part))])
    page = client.get(path_of(edition.faro)).text
    assert "The first" in page
    assert "Teresa Olmedo" not in page


def test_a_subscriber_is_led_to_no_page_that_is_not_there(edition: Edition) -> None:
    story = edition.closed_story()
    told = {"story": story, "variant": "subscriber", "linked": outlets_linked_in(story)}
    line = html.fromstring(render_to_string("stories/_sources_line.html", told))
    assert line.text_content() == "Sources: El Faro de Alba (sp), The Norland Courier (en)"
    assert line.xpath("a/@href") == [path_of(edition.faro)]


def test_the_closed_part_of_a_story_tells_of_no_outlet_and_of_nobody(
    edition: Edition, client: Client
) -> None:
    mayor = statement(edition.english, "Esteban Quiroga")
    mayor.person = Person.objects.create(name="Esteban Quiroga")
    mayor.save()
    edition.closed_story()
    edition.story("A draft", live=False, body=[("paragraph", edition.cites("It comes", edition.english))])
    assert client.get(path_of(edition.courier)).status_code == 404
    assert client.get(path_of(edition.faro)).status_code == 200
    for path in ("/outlets/", "/people/"):
        page = client.get(path).text
        assert "Courier" not in page
        assert "Quiroga" not in page


@pytest.mark.both_databases
def test_those_who_have_a_page_are_listed_by_name_whatever_their_accents(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.paper.cast.NAMES_BY_LETTER", 3)
    for name in ("Zoe Paz", "Álvaro Luna", "alma Reyes"):
        said = statement(edition.spanish, name)
        said.person = Person.objects.create(name=name)
        said.save()
    Person.objects.create(name="Unheard Of")
    Outlet.objects.create(name="Never Cited", host="never.example")
    edition.story()
    people = html.fromstring(client.get("/people/").text)
    assert people.xpath("//main//li/a/text()") == ["alma Reyes", "Álvaro Luna", "Zoe Paz"]
    assert people.xpath("//main/h2/text()") == ["A", "Z"]
    outlets = html.fromstring(client.get("/outlets/").text)
    assert outlets.xpath("//main//li/a/text()") == ["El Faro de Alba"]
    for path in (*people.xpath("//main//li/a/@href"), *outlets.xpath("//main//li/a/@href")):
        assert client.get(path).status_code == 200


def test_long_lists_come_page_by_page(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.paper.cast.NAMES_A_PAGE", 2)
    for name in ("Ana Uno", "Berta Dos", "Clara Tres"):
        said = statement(edition.spanish, name)
        said.person = Person.objects.create(name=name)
        said.save()
    edition.story()
    first, second = client.get("/people/").text, client.get("/people/?page=2").text
    assert ("Berta" in first, "Clara" in first, "Clara" in second) == (True, False, True)
    for number in range(20):
        edition.story(f"Story {number}")
    assert "No cuts, says the minister" not in client.get(path_of(edition.faro)).text
    assert "No cuts, says the minister" in client.get(path_of(edition.faro) + "?page=2").text


def test_before_anything_is_published_the_lists_are_empty_and_say_so(
    edition: Edition, client: Client
) -> None:
    assert "No story rests on an outlet yet." in client.get("/outlets/").text
    assert "No story has let anybody speak yet." in client.get("/people/").text


def test_what_an_outlets_page_says_follows_stories_names_and_statements(
    edition: Edition, client: Client, committing: Committing
) -> None:
    said = quoted(edition)
    edition.story("The first")
    before = path_of(edition.faro)
    for path in (before, "/outlets/", "/people/"):
        assert client.get(path).status_code == 200
    with committing():
        edition.story("The second")
    assert "The second" in client.get(before).text
    said.status = Statement.Status.REJECTED
    with committing():
        said.save()
    assert "Olmedo" not in client.get(before).text
    assert "Olmedo" not in client.get("/people/").text
    edition.faro.name = "El Nuevo Faro"
    with committing():
        edition.faro.save()
    moved = client.get(before)
    assert (moved.status_code, moved["Location"]) == (301, path_of(edition.faro))
    assert "El Nuevo Faro" in client.get("/outlets/").text


def test_the_name_of_an_outlet_on_which_no_story_rests_is_told_nobody(
    edition: Edition, client: Client
) -> None:
    edition.story("A draft", live=False)
    nothing, answer = client.get("/outlets/99999999/x/"), client.get(f"/outlets/{edition.faro.pk}/x/")
    assert (answer.status_code, answer.content) == (404, nothing.content)


@pytest.mark.parametrize(
    "path", ["/outlets/0/x/", "/outlets/99999999/x/", "/outlets/9999999999999999999999/x/"]
)
def test_no_outlet_of_that_number_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_an_outlet_calls_itself_cannot_act(edition: Edition, client: Client) -> None:
    edition.faro.name, edition.faro.home_page = "<script>alert(1)</script>", "javascript:alert(1)"
    edition.faro.country, edition.faro.language = "<i", "<b>-x"
    edition.faro.save()
    story = edition.story()
    for path in (path_of(edition.faro), "/outlets/", story.url):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "javascript:" not in page


def test_pages_cost_as_many_queries_for_many_stories_as_for_few(
    edition: Edition, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        said = statement(edition.spanish, f"Person {number}")
        said.person = Person.objects.create(name=f"Person {number}")
        said.save()
    for number in range(25):
        edition.story(f"Story {number}")
    client.get("/about/")  # sites and such are remembered from here on
    for path, most in ((path_of(edition.faro), 27), ("/outlets/", 14), ("/people/", 14)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
