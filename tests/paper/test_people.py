"""A person's page tells what our stories cite of what was said, to whoever asks, and nothing that only reports hold."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.rich_text import RichText

from careo.desk.models import Event, Placement
from careo.paper.people import path_of
from careo.press.models import Report
from careo.record.models import Office, Person, Remark, Statement
from careo.stories.models import Story
from tests.paper.edition import Edition, report, statement

Committing = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    """What is written within is there for all to see."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def said_by(name: str, report: Report) -> Statement:
    """A statement of a person in a report."""
    made = statement(report, name)
    made.person = Person.objects.create(name=name)
    made.save()
    return made


def citing(*cited: Statement) -> RichText:
    marks = " ".join(f"{one.report_id}:0:{one.report.text.index(' ', 40)}:{one.pk}" for one in cited)
    return RichText(f'<p><a linktype="citation" passages="{marks}">It was promised</a> to all.</p>')


@pytest.fixture
def olmedo(edition: Edition) -> Statement:
    return said_by("Teresa Olmedo", edition.spanish)


def page_of(said: Statement, client: Client) -> str:
    assert said.person is not None
    return client.get(path_of(said.person)).text


@pytest.mark.both_databases
def test_each_remark_stands_once_in_its_own_language_with_outlet_day_and_the_stories_that_tell_it(
    edition: Edition, client: Client, olmedo: Statement
) -> None:
    first = edition.story("No cuts, says the minister", body=[("paragraph", citing(olmedo))])
    second = edition.story("What she promised", body=[("paragraph", citing(olmedo))])
    page = page_of(olmedo, client)
    assert page.count("<blockquote") == 1
    assert '<blockquote lang="es">“No habrá cortes de agua”' in page
    assert "El Faro de Alba</cite></a> (sp)" in page
    assert "5 March 2026" in page
    assert f'<a href="{first.url}">{first.title}</a>' in page
    assert f'<a href="{second.url}">{second.title}</a>' in page


def test_a_passage_that_holds_the_words_tells_the_remark_and_one_that_holds_a_part_does_not(
    edition: Edition, client: Client, olmedo: Statement
) -> None:
    part = f'<p><a linktype="citation" passages="{olmedo.report_id}:0:9">It was promised</a> to all.</p>'
    edition.story("A part", body=[("paragraph", RichText(part))])
    assert olmedo.person is not None
    assert client.get(path_of(olmedo.person)).status_code == 404
    edition.story("The whole", body=[("paragraph", edition.cites("She promised", edition.spanish))])
    assert "The whole" in page_of(olmedo, client)


def test_what_stands_face_to_face_in_a_story_is_told_too(edition: Edition, client: Client) -> None:
    faced = edition.face_to_face()
    mayor = faced["statements"][1]
    mayor.person = Person.objects.create(name="Esteban Quiroga")
    mayor.save()
    body = [("paragraph", edition.cites("The mayor disagrees", edition.english)), ("face_to_face", faced)]
    edition.story(body=body)
    page = page_of(mayor, client)
    assert page.count("<blockquote") == 1
    assert '<blockquote lang="en">There will be cuts from Monday' in page


def test_a_story_that_only_sets_somebody_face_to_face_is_told_too(edition: Edition, client: Client) -> None:
    faced = edition.face_to_face()
    mayor = faced["statements"][1]
    mayor.person = Person.objects.create(name="Esteban Quiroga")
    mayor.save()
    story = edition.story("Face to face alone", body=[("face_to_face", faced)])
    assert "Face to face alone" in page_of(mayor, client)
    assert f'href="{path_of(mayor.person)}"' in client.get(story.url).text


@pytest.mark.both_databases
def test_tellings_of_one_remark_stand_together_and_equal_words_once_with_all_who_printed_them(
    edition: Edition, client: Client, olmedo: Statement
) -> None:
    copied = report(edition.courier, "A wire copy", edition.spanish.text, "es")
    english = report(
        edition.courier, "No cuts", "“There will be no water cuts”, Teresa Olmedo said on Thursday.", "en"
    )
    remark = Remark.objects.create()
    tellings = [olmedo, *(statement(one, "Teresa Olmedo") for one in (copied, english))]
    for one in tellings:
        one.person, one.remark = olmedo.person, remark
        one.save()
    tellings[2].said_from, tellings[2].said_granularity = date(2026, 3, 4), "day"
    tellings[2].save()
    first = edition.story("The first", body=[("paragraph", citing(olmedo))])
    edition.story("The second", body=[("paragraph", citing(*tellings[1:]))])
    page = html.fromstring(page_of(olmedo, client))
    (told,) = page.xpath("//ol[@class='timeline']/li")
    assert told.xpath("p/time/@datetime") == ["2026-03-04"]
    assert told.xpath(".//blockquote/@lang") == ["es", "en"]
    captions = [" ".join(one.text_content().split()) for one in told.xpath(".//figcaption")]
    assert captions[0] == (
        "El Faro de Alba (sp), Sin cortes, promete Olmedo; The Norland Courier (sp), A wire copy"
    )
    assert captions[1] == "The Norland Courier (en), No cuts"
    assert told.xpath("p[last()]/a/text()") == ["The second", "The first"]
    assert "1 remark." in page.text_content()
    first.unpublish()


@pytest.mark.both_databases
def test_remarks_stand_by_month_the_latest_first(edition: Edition, client: Client, olmedo: Statement) -> None:
    for number, day in enumerate((date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), None)):
        text = f"“This is promise {number} of mine”, said Teresa Olmedo."
        one = statement(report(edition.faro, f"Report {number}", text, "en"), "Teresa Olmedo")
        one.person, one.said_from, one.said_granularity = olmedo.person, day, "day" if day else ""
        one.save()
        if day is None:
            Report.objects.filter(pk=one.report_id).update(published="")
        edition.story(f"Story {number}", body=[("paragraph", edition.cites("She promised", one.report))])
    page = html.fromstring(page_of(olmedo, client))
    assert page.xpath("//main/h2//text()") == ["February 2026", "January 2026", "Day not known"]
    assert page.xpath("//main/ol/li/p/time/text()") == [
        "28 February 2026",
        "1 February 2026",
        "31 January 2026",
    ]


def test_offices_are_those_that_open_parts_name_with_the_days_of_the_remarks(
    edition: Edition, client: Client, olmedo: Statement
) -> None:
    assert olmedo.person is not None
    Office.objects.create(person=olmedo.person, title="Queen of a report nobody cites", language="en")
    olmedo.office = "ministra"
    olmedo.save()
    whole = edition.spanish.text.index("Teresa")
    mark = f'<p><a linktype="citation" passages="{olmedo.report_id}:0:{whole}">It was promised</a>.</p>'
    edition.story(body=[("paragraph", RichText(mark))])
    page = html.fromstring(page_of(olmedo, client))
    (office,) = page.xpath("//ul[@class='offices']/li")
    assert office.text_content() == "ministra: 5 March 2026"
    assert office.xpath("span/@lang") == ["es"]
    assert "Queen" not in page.text_content()


def test_remarks_joined_otherwise_at_the_desk_are_seen_at_once(
    edition: Edition, client: Client, olmedo: Statement, committing: Committing
) -> None:
    english = report(
        edition.courier, "No cuts", "“There will be no water cuts”, Teresa Olmedo said on Thursday.", "en"
    )
    other = statement(english, "Teresa Olmedo")
    other.person = olmedo.person
    other.save()
    edition.story(body=[("paragraph", citing(olmedo, other))])
    event = Event.objects.create(title="Water")
    for one in (edition.spanish, english):
        Placement.objects.create(event=event, report=one)
    assert page_of(olmedo, client).count('class="timeline"') == 1
    assert "2 remarks" in page_of(olmedo, client)
    with committing():
        Statement.objects.filter(pk__in=[olmedo.pk, other.pk]).update(remark=Remark.objects.create())
        event.save(update_fields=["compared_at"])  # as `desk.drawing` ends
    assert "1 remark." in page_of(olmedo, client)


def test_a_page_costs_as_many_queries_for_many_remarks_as_for_few(
    edition: Edition, client: Client, olmedo: Statement, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        edition.story(
            f"Story {number}", body=[("paragraph", citing(olmedo)), ("face_to_face", edition.face_to_face())]
        )
    assert olmedo.person is not None
    client.get("/about/")  # sites and such are remembered from here on
    with django_assert_max_num_queries(20):
        page_of(olmedo, client)


def test_who_is_heard_in_a_story_is_worked_out_when_it_is_published_not_when_it_is_drawn(
    edition: Edition, client: Client, olmedo: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = edition.story(body=[("paragraph", citing(olmedo))])
    monkeypatch.setattr("careo.paper.cataloguing.telling_of", None)
    assert "What they have said" in client.get(story.url).text


def test_a_story_leads_to_the_people_it_cites(edition: Edition, client: Client, olmedo: Statement) -> None:
    story = edition.story(body=[("paragraph", citing(olmedo))])
    assert olmedo.person is not None
    assert f'<a href="{path_of(olmedo.person)}">Teresa Olmedo</a>' in client.get(story.url).text


def test_what_only_a_report_a_draft_or_a_closed_part_holds_is_told_nobody(
    edition: Edition, client: Client, olmedo: Statement
) -> None:
    assert olmedo.person is not None
    edition.story("A draft", live=False, body=[("paragraph", citing(olmedo))])
    open_part = ("paragraph", RichText("<p>The rest is for subscribers.</p>"))
    edition.story(
        "Closed",
        access=Story.Access.SUBSCRIBERS,
        open_blocks=1,
        body=[open_part, ("paragraph", citing(olmedo))],
    )
    edition.story("Over", expire_at=timezone.now() - timedelta(days=1), body=[("paragraph", citing(olmedo))])
    assert client.get(path_of(olmedo.person)).status_code == 404


def test_a_page_is_drawn_from_so_many_of_the_newest_stories(
    edition: Edition, client: Client, olmedo: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.paper.people.MOST_STORIES", 2)
    for number in range(3):
        edition.story(f"Story {number}", body=[("paragraph", citing(olmedo))])
    page = page_of(olmedo, client)
    assert "Story 2" in page
    assert "Story 1" in page
    assert "Story 0" not in page


def test_a_rejected_statement_is_told_no_longer(
    edition: Edition, client: Client, olmedo: Statement, committing: Committing
) -> None:
    story = edition.story(body=[("paragraph", citing(olmedo))])
    assert "No habrá cortes" in page_of(olmedo, client)
    olmedo.status = Statement.Status.REJECTED
    with committing():
        olmedo.save()
    assert olmedo.person is not None
    assert client.get(path_of(olmedo.person)).status_code == 404
    assert "What they have said" not in client.get(story.url).text


def test_a_new_story_and_a_new_name_are_seen_at_once(
    edition: Edition, client: Client, olmedo: Statement, committing: Committing
) -> None:
    edition.story("The first", body=[("paragraph", citing(olmedo))])
    assert "The second" not in page_of(olmedo, client)
    with committing():
        edition.story("The second", body=[("paragraph", citing(olmedo))])
    assert "The second" in page_of(olmedo, client)
    person = olmedo.person
    assert person is not None
    old = path_of(person)
    person.name = "Teresa Olmedo Vidal"
    with committing():
        person.save()
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (301, path_of(person))
    assert '<h1 class="page-title">Teresa Olmedo Vidal</h1>' in client.get(path_of(person)).text


@pytest.mark.parametrize("path", ["/people/0/x/", "/people/99999999/x/", "/people/9999999999999999999999/x/"])
def test_nobody_of_that_number_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_name_from_outside_cannot_act(edition: Edition, client: Client) -> None:
    said = said_by("<script>alert(1)</script>", edition.spanish)
    story = edition.story(body=[("paragraph", citing(said))])
    for page in (page_of(said, client), client.get(story.url).text):
        assert "<script>alert" not in page
