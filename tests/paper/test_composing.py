"""An editor composes the front page and sections; readers see what they may see of it, each story once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Page
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from careo.desk.models import Event
from careo.paper.models import Home
from careo.paper.store import page_store
from careo.paper.tags import SITE
from careo.record.models import Person, Remark, Statement
from careo.stories.models import Section, Story
from tests.paper.edition import MARKER, Edition, picture, report, statement

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

ANYWHERE = re.compile(r">([^<]+)</a></h[23]>")


def compose(page: Home | Section, *blocks: tuple[str, Any]) -> None:
    page.composition = list(blocks)
    page.composition.stream_block.clean(page.composition)
    page.save()


def headlines(page: str) -> list[str]:
    return ANYWHERE.findall(page.partition("<main")[2])


def a_list(*stories: Story, title: str = "Worth reading", **fields: Any) -> tuple[str, dict[str, Any]]:
    return "list", {"title": title, "stories": list(stories), "section": None, "newest": 6, **fields}


def newest_of(section: Section, count: int = 6, title: str = "") -> tuple[str, dict[str, Any]]:
    return a_list(title=title, section=section, newest=count)


def strip(event: Event, count: int = 4) -> tuple[str, dict[str, Any]]:
    return "as_it_stands", {"title": "The water of Puerto Alba", "event": event, "remarks": count}


def faces(edition: Edition, *statements: Statement) -> list[tuple[str, Any]]:
    return [("face_to_face", {"question": "Will there be cuts?", "statements": list(statements)})]


@pytest.fixture
def event(db: None) -> Event:
    return Event.objects.create(title="Sin cortes, promete Olmedo", language="es")


@pytest.fixture
def olmedo(edition: Edition) -> Statement:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    return said


@pytest.fixture
def quiroga(edition: Edition) -> Statement:
    return statement(edition.english, "Esteban Quiroga")


@pytest.mark.both_databases
def test_the_blocks_stand_in_the_editors_order_and_the_rest_follows_each_story_once(
    edition: Edition, client: Client
) -> None:
    stories = [edition.story(f"Story {number}") for number in range(12)]
    politics = edition.section("Politics", "politics")
    for number in range(3):
        edition.story(f"Politics {number}", section=politics)
    compose(
        edition.home,
        newest_of(politics, 2),
        ("lead", stories[3]),
        ("pair", {"left": stories[0], "right": stories[11]}),
        a_list(stories[5], stories[4]),
    )
    front = client.get("/").text
    assert headlines(front) == [
        *("Politics", "Politics 2", "Politics 1"),
        *("Story 3", "Story 0", "Story 11", "Story 5", "Story 4"),
        *("News", "Story 10", "Story 9", "Story 8"),
        *("Politics", "Politics 0"),
    ]
    assert ">Worth reading</h2>" in front


def test_a_story_chosen_further_down_is_not_taken_by_a_list_of_the_newest(
    edition: Edition, client: Client
) -> None:
    first, second = edition.story("First"), edition.story("Second")
    compose(edition.home, newest_of(edition.news, 1), ("lead", second))
    assert headlines(client.get("/").text) == ["News", "First", "Second"]
    assert first.live


def test_without_a_composition_the_layout_makes_itself(edition: Edition, client: Client) -> None:
    for number in range(3):
        edition.story(f"Story {number}")
    front = client.get("/").text
    assert '<div class="top">' in front
    assert headlines(front) == ["Story 2", "Story 1", "Story 0"]


def hidden_stories(edition: Edition) -> list[Story]:
    """Every way in which a story may not be seen."""
    restricted = edition.story("Restricted")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    hour = timedelta(hours=1)
    return [
        edition.story("Withdrawn", live=False),
        edition.story("Too early", go_live_at=timezone.now() + hour),
        edition.story("Too late", expire_at=timezone.now() - hour),
        restricted,
    ]


def test_what_may_not_be_seen_is_left_out_of_every_block_and_a_pair_becomes_a_single(
    edition: Edition, client: Client
) -> None:
    seen, other = edition.story("Seen"), edition.story("The other")
    hidden = hidden_stories(edition)
    compose(
        edition.home,
        ("lead", hidden[0]),
        ("pair", {"left": hidden[1], "right": seen}),
        ("pair", {"left": hidden[2], "right": hidden[3]}),
        a_list(other),
    )
    front = client.get("/").text
    for story in hidden:
        assert story.title not in front
    assert headlines(front) == ["Seen", "The other"]
    assert front.count('class="alone single"') == 1
    assert 'class="row pair"' not in front


def test_where_nothing_composed_may_be_seen_the_layout_makes_itself(edition: Edition, client: Client) -> None:
    edition.story("The newest")
    compose(edition.home, *(("lead", story) for story in hidden_stories(edition)))
    front = client.get("/").text
    assert '<div class="top">' in front
    assert headlines(front) == ["The newest"]


def test_a_section_is_composed_too_and_its_list_goes_on_with_the_rest(
    edition: Edition, client: Client
) -> None:
    stories = [edition.story(f"Story {number}") for number in range(23)]
    elsewhere = edition.story("Elsewhere", section=edition.section("Politics", "politics"))
    compose(edition.news, ("lead", stories[0]), ("pair", {"left": elsewhere, "right": stories[1]}))
    first, second = client.get("/news/").text, client.get("/news/?page=2").text
    assert headlines(first)[:4] == ["Story 0", "Elsewhere", "Story 1", "Story 22"]
    assert "Page 1 of 2" in first
    assert headlines(second) == ["Story 2"]


def test_a_strip_tells_speaker_wording_outlet_language_day_and_where_our_stories_tell_it(
    edition: Edition, client: Client, event: Event, olmedo: Statement, quiroga: Statement
) -> None:
    story = edition.story("Face to face", event=event, body=faces(edition, olmedo, quiroga))
    compose(edition.home, strip(event))
    drawn = client.get("/").text.partition('class="by-section strip"')[2].partition("</section>")[0]
    assert "The water of Puerto Alba</h2>" in drawn
    assert '<blockquote lang="es">“No habrá cortes de agua”</blockquote>' in drawn
    assert '<blockquote lang="en">There will be cuts from Monday</blockquote>' in drawn
    assert ">Teresa Olmedo</a>, <cite>El Faro de Alba</cite> (sp)" in drawn
    assert "Esteban Quiroga, <cite>The Norland Courier</cite> (en)" in drawn
    assert '<time datetime="2026-03-05">5 March 2026</time>' in drawn
    assert drawn.count(f'<a href="{story.url}">Face to face</a>') == 2
    assert event.title not in drawn


def test_a_strip_tells_nothing_that_only_reports_drafts_or_closed_parts_hold(
    edition: Edition, client: Client, event: Event, olmedo: Statement, quiroga: Statement
) -> None:
    plain = ("paragraph", RichText("<p>Only the beginning is open.</p>"))
    edition.story("A draft", live=False, event=event, body=faces(edition, quiroga))
    edition.story(
        "Closed",
        event=event,
        access=Story.Access.SUBSCRIBERS,
        open_blocks=1,
        body=[plain, *faces(edition, quiroga)],
    )
    edition.story("Of another event", body=faces(edition, quiroga))
    edition.story("Open", event=event, body=faces(edition, olmedo))
    statement(report(edition.courier, "Only printed", "We never said so, said Ana Marsh.", "en"), "Ana Marsh")
    compose(edition.home, strip(event))
    front = client.get("/").text
    assert "No habrá cortes" in front
    for untold in ("There will be cuts", "Quiroga", "Ana Marsh", MARKER):
        assert untold not in front


def test_a_remark_stands_once_and_the_latest_first(edition: Edition, client: Client, event: Event) -> None:
    remark = Remark.objects.create()
    days = {"Early": 1, "Late": 3, "Late again": 3, "Latest": 4}
    said = []
    for words, day in days.items():
        printed = report(edition.courier, words, f"{words}, they said in the harbour of Puerto Alba.", "en")
        one = statement(printed, "Ana Marsh")
        one.said_from = one.said_to = timezone.now().date().replace(year=2026, month=3, day=day)
        one.said_granularity = "day"
        one.remark = remark if day == 3 else None
        one.save()
        said.append(one)
    edition.story(event=event, body=faces(edition, *said))
    compose(edition.home, strip(event))
    assert re.findall(r"<blockquote[^>]*>([^<]+)<", client.get("/").text) == ["Latest", "Late again", "Early"]


def test_a_strip_follows_its_event_into_another(
    edition: Edition, client: Client, event: Event, olmedo: Statement, quiroga: Statement
) -> None:
    whole = Event.objects.create(title="Water")
    edition.story("Of the part", event=event, body=faces(edition, olmedo))
    edition.story("Of the whole", event=whole, body=faces(edition, quiroga))
    event.merged_into = whole
    event.save()
    compose(edition.home, strip(event))
    front = client.get("/").text
    assert "No habrá cortes" in front
    assert "There will be cuts" in front


def complaints(page: Home | Section, *blocks: tuple[str, Any]) -> Any:
    page.composition = list(blocks)
    with pytest.raises(ValidationError) as caught:
        page.composition.stream_block.clean(page.composition)
    return caught.value.as_json_data()  # type: ignore[attr-defined]


def test_a_story_chosen_twice_is_refused_beside_the_second_choice(edition: Edition) -> None:
    one, two = edition.story("One"), edition.story("Two")
    said = complaints(edition.home, ("lead", one), ("pair", {"left": two, "right": one}))
    sentence = {"messages": ["“One” stands on this page already."]}
    assert said == {"blockErrors": {1: {"blockErrors": {"right": sentence}}}}
    said = complaints(edition.home, ("lead", one), a_list(two, one))
    assert said == {"blockErrors": {1: {"blockErrors": {"stories": {"blockErrors": {1: sentence}}}}}}
    assert complaints(edition.home, ("lead", one), ("lead", one)) == {"blockErrors": {1: sentence}}


def test_an_event_without_published_stories_is_refused(edition: Edition, event: Event) -> None:
    edition.story("A draft", live=False, event=event)
    said = complaints(edition.home, strip(event))
    (sentence,) = said["blockErrors"][0]["blockErrors"]["event"]["messages"]
    assert sentence.startswith("No published story tells of “Sin cortes, promete Olmedo”.")
    edition.story("Published", event=event)
    compose(edition.home, strip(event))


@pytest.mark.parametrize(
    ("fields", "beside", "sentence"),
    [
        ({"stories": [], "section": None}, "stories", "Choose at least one story"),
        ({"stories": True, "section": True}, "section", "not both"),
        ({"stories": True, "section": None, "title": ""}, "title", "A list of chosen stories needs a title."),
    ],
)
def test_a_list_is_of_chosen_stories_or_of_a_sections_newest(
    edition: Edition, fields: dict[str, Any], beside: str, sentence: str
) -> None:
    given = {
        **fields,
        "stories": [edition.story()] if fields["stories"] else [],
        "section": edition.news if fields["section"] else None,
    }
    _, value = a_list(title=given.pop("title", "Water"))
    said = complaints(edition.home, ("list", {**value, **given}))
    (message,) = said["blockErrors"][0]["blockErrors"][beside]["messages"]
    assert sentence in message


def drawing(client: Client, path: str) -> int:
    """How many queries it takes to draw a page anew, what the site remembers of itself being warm."""
    for _ in range(2):
        page_store().drop({SITE})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
    return len(asked)


def test_twenty_stories_cost_as_many_queries_as_eight(
    edition: Edition, client: Client, event: Event, olmedo: Statement, quiroga: Statement
) -> None:
    photo = picture()

    def composed_of(count: int) -> int:
        Story.objects.all().delete()
        stories = [edition.story(f"Story {one}", event=event, lead_picture=photo) for one in range(count)]
        edition.story("Faced", event=event, body=faces(edition, olmedo, quiroga))
        compose(
            edition.home,
            ("lead", stories[0]),
            ("pair", {"left": stories[1], "right": stories[2]}),
            a_list(*stories[3 : count // 2]),
            newest_of(edition.news, count // 2),
            strip(event),
        )
        return drawing(client, "/")

    few = composed_of(8)
    assert composed_of(20) == few
    # Half of them find the page, its frame and what is restricted, as on any page of the paper.
    assert few < 50


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_composed_page_has_no_violation_and_is_no_wider_than_a_telephone(
    paper_server: LiveServer,
    edition: Edition,
    phone: Page,
    axe: Callable[..., list[str]],
    scheme: Literal["light", "dark"],
    event: Event,
    olmedo: Statement,
    quiroga: Statement,
) -> None:
    stories = [edition.story(f"Story {number}") for number in range(4)]
    edition.story("Faced", event=event, body=faces(edition, olmedo, quiroga))
    pair = ("pair", {"left": stories[1], "right": stories[2]})
    compose(edition.home, ("lead", stories[0]), pair, strip(event), newest_of(edition.news))
    compose(edition.news, strip(event), pair, a_list(stories[3]))
    phone.emulate_media(color_scheme=scheme)
    for path in ("/", "/news/"):
        phone.goto(paper_server.url + path)
        assert axe(phone) == [], path
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
