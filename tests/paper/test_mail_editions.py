"""The e-mail edition: what goes into it, when it is due, how it reads, and how it stands on the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper.composing import (
    as_shown,
    coming,
    compose,
    compose_due,
    edition_composed,
    introduce,
    next_hour,
)
from careo.paper.errors import EditionExists, NothingNew
from careo.paper.letters import Letter, letter
from careo.paper.mail_models import Mailing, Period
from careo.paper.models import MailEdition, StandingPage
from careo.readers.models import Reader
from careo.stories.models import Story
from tests.paper.edition import CLOSED_WORDS, MARKER, Edition, picture

THURSDAY = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def early(db: None) -> Iterator[time_machine.Traveller]:
    """Wednesday afternoon; tests move on from there."""
    with time_machine.travel(THURSDAY - 15 * HOUR, tick=False) as clock:
        yield clock


@pytest.fixture
def mailing(edition: Edition) -> Mailing:
    """Daily at six, as set long ago."""
    made = Mailing.for_site(edition.home.get_site())
    made.daily = True
    made.save()
    Mailing.objects.filter(pk=made.pk).update(changed_at=THURSDAY - 30 * DAY)
    return Mailing.objects.get(pk=made.pk)


def at(edition: Edition, when: datetime, headline: str, **fields: Any) -> Story:
    """A story that first appeared then."""
    return edition.story(headline, first_published_at=when, last_published_at=when, **fields)


def headlines(found: Any) -> list[str]:
    return [story.title for story in found.stories]


def kept(made: MailEdition) -> list[str]:
    return [place.story.title for place in made.places.all()]


@pytest.mark.both_databases
def test_an_edition_holds_what_appeared_since_the_last_one(edition: Edition, mailing: Mailing) -> None:
    at(edition, THURSDAY - 40 * HOUR, "Old")
    at(edition, THURSDAY - HOUR, "New")
    at(edition, THURSDAY + HOUR, "Later")
    first = compose(Period.DAILY, now=THURSDAY)
    assert kept(first) == ["New"]
    assert (first.subject, str(first.day)) == ("The Meridia Post, 5 March 2026", "2026-03-05")
    assert kept(compose(Period.DAILY, now=THURSDAY + DAY)) == ["Later"]
    with pytest.raises(NothingNew, match="No story has appeared since the last daily edition"):
        compose(Period.DAILY, now=THURSDAY + 2 * DAY)


def test_a_story_that_took_its_time_to_come_out_is_in_the_next_one(
    edition: Edition, mailing: Mailing
) -> None:
    at(edition, THURSDAY - HOUR, "New")
    compose(Period.DAILY, now=THURSDAY)
    at(edition, THURSDAY - MINUTE, "In the making while the edition was composed")
    assert headlines(coming(Period.DAILY, now=THURSDAY + DAY)) == [
        "In the making while the edition was composed"
    ]


def test_stories_stand_in_the_order_of_the_front_page_and_the_sections(
    edition: Edition, mailing: Mailing
) -> None:
    sea = edition.section("Sea", "sea")
    for number in range(7):
        at(edition, THURSDAY - (10 - number) * MINUTE, f"News {number}")
    at(edition, THURSDAY - 3 * HOUR, "The oldest, at sea", section=sea)
    edition.home.lead = Story.objects.get(title="News 1")
    edition.home.save()
    found = headlines(coming(Period.DAILY, now=THURSDAY))
    assert found[:5] == ["News 1", "News 6", "News 5", "News 4", "News 3"]
    assert set(found[5:]) == {"News 2", "News 0", "The oldest, at sea"}
    assert found.index("News 2") < found.index("News 0")
    mailing.most = 2
    mailing.save()
    assert headlines(coming(Period.DAILY, now=THURSDAY)) == ["News 1", "News 6"]


def test_a_draft_and_a_story_before_or_past_its_hour_are_in_none(edition: Edition, mailing: Mailing) -> None:
    at(edition, THURSDAY - HOUR, "A draft", live=False)
    at(edition, THURSDAY - HOUR, "Past", expire_at=THURSDAY - MINUTE)
    at(edition, THURSDAY - HOUR, "Before", go_live_at=THURSDAY + HOUR)
    with time_machine.travel(THURSDAY), pytest.raises(NothingNew):
        compose(Period.DAILY)


def due(when: datetime) -> list[str]:
    with time_machine.travel(when, tick=False):
        return [str(one) for one in compose_due()]


def test_the_clock_composes_one_a_day_at_its_hour(edition: Edition, mailing: Mailing) -> None:
    at(edition, THURSDAY - HOUR, "New")
    assert due(THURSDAY - MINUTE) == []
    assert due(THURSDAY) == ["The Meridia Post, 5 March 2026"]
    at(edition, THURSDAY + MINUTE, "Newer")
    assert [due(THURSDAY + later) for later in (MINUTE, HOUR, 23 * HOUR)] == [[], [], []]
    assert due(THURSDAY + DAY) == ["The Meridia Post, 6 March 2026"]
    assert due(THURSDAY + 2 * DAY) == []  # nothing is new


def test_the_clock_composes_one_a_week_on_its_day(edition: Edition, mailing: Mailing) -> None:
    Mailing.objects.update(daily=False, weekly=True, weekday=5, hour=18)
    at(edition, THURSDAY - HOUR, "New")
    saturday = THURSDAY + 2 * DAY + 12 * HOUR
    assert [due(THURSDAY), due(saturday - MINUTE)] == [[], []]
    assert due(saturday) == ["The Meridia Post, the week to 7 March 2026"]
    wanted = Mailing.objects.get()
    assert next_hour(Period.WEEKLY, wanted, saturday + MINUTE) == saturday + 7 * DAY


def test_its_hour_is_that_of_the_papers_time_zone(edition: Edition, mailing: Mailing, settings: Any) -> None:
    settings.TIME_ZONE = "America/Lima"  # five hours behind
    at(edition, THURSDAY - HOUR, "New")
    assert due(THURSDAY) == []
    assert due(THURSDAY + 5 * HOUR) == ["The Meridia Post, 5 March 2026"]


def test_after_a_standstill_an_edition_goes_out_late_but_not_at_night(
    edition: Edition, mailing: Mailing
) -> None:
    at(edition, THURSDAY - HOUR, "New")
    assert due(THURSDAY + 7 * HOUR) == []
    assert due(THURSDAY + DAY + 5 * HOUR) == []  # by then it is of yesterday
    assert due(THURSDAY + 5 * HOUR) == ["The Meridia Post, 5 March 2026"]


def test_turning_it_on_sends_nothing_before_its_next_hour(edition: Edition, mailing: Mailing) -> None:
    at(edition, THURSDAY - HOUR, "New")
    with time_machine.travel(THURSDAY + HOUR, tick=False):
        Mailing.objects.get().save()
    assert due(THURSDAY + 2 * HOUR) == []
    at(edition, THURSDAY + 20 * HOUR, "Newer")
    assert due(THURSDAY + DAY) == ["The Meridia Post, 6 March 2026"]


@pytest.mark.both_databases
def test_one_sent_by_hand_that_morning_is_that_days(edition: Edition, mailing: Mailing) -> None:
    at(edition, THURSDAY - 3 * HOUR, "New")
    compose(Period.DAILY, now=THURSDAY - HOUR)
    at(edition, THURSDAY - MINUTE, "Newer")
    assert due(THURSDAY) == []
    with pytest.raises(EditionExists, match="a daily edition of 5 March 2026 already"):
        compose(Period.DAILY, now=THURSDAY)


def test_an_introduction_written_for_one_edition_stands_in_that_one_alone(
    edition: Edition, mailing: Mailing
) -> None:
    mailing.introduction = "Good morning."
    mailing.save()
    at(edition, THURSDAY - HOUR, "New")
    assert coming(Period.DAILY, now=THURSDAY).introduction == "Good morning."
    introduce(Period.DAILY, "A dry day.")
    introduce(Period.DAILY, "A very dry day.")
    assert compose(Period.DAILY, now=THURSDAY).introduction == "A very dry day."
    assert coming(Period.DAILY, now=THURSDAY + DAY).introduction == "Good morning."


def test_composing_alone_sends_nothing(edition: Edition, mailing: Mailing) -> None:
    told: list[Any] = []
    edition_composed.connect(lambda **what: told.append(what["edition"]), weak=False, dispatch_uid="test")
    try:
        at(edition, THURSDAY - HOUR, "New")
        compose(Period.DAILY, now=THURSDAY)
        assert told == []
        at(edition, THURSDAY + HOUR, "Newer")
        assert len(due(THURSDAY + DAY)) == 1
        assert [str(one) for one in told] == ["The Meridia Post, 6 March 2026"]
    finally:
        edition_composed.disconnect(dispatch_uid="test")


def drawn(edition: Edition, **fields: Any) -> Letter:
    at(edition, THURSDAY - HOUR, fields.pop("headline", "Sixty <b>litres</b> & a day"), **fields)
    return letter(coming(Period.DAILY, now=THURSDAY))


LEAVE = "https://paper.example/account/edition/end/7:x/"


def test_the_mail_tells_of_each_story_in_text_and_in_html(edition: Edition, mailing: Mailing) -> None:
    told = drawn(edition)
    text, html = told.text(leave=LEAVE), told.html(leave=LEAVE)
    link = Story.objects.get().get_url_parts()[2]
    for line in ("Sixty <b>litres</b> & a day", "News, 5 March 2026", "Puerto Alba waits",
                 f"http://testserver{link}", "Source: El Faro de Alba (sp)", LEAVE,
                 "http://testserver/editions/2026-03-05-daily/", "http://testserver/account/"):  # fmt: skip
        assert line in text.splitlines(), line
    for part in ("Sixty &lt;b&gt;litres&lt;/b&gt; &amp; a day", "Puerto Alba waits", f'href="http://testserver{link}"',
                 "Source: El Faro de Alba (sp)", f'href="{LEAVE}"'):  # fmt: skip
        assert part in html, part
    assert "<b>litres" not in html


def test_nothing_in_the_html_is_fetched_but_a_picture_of_the_papers_own(
    edition: Edition, mailing: Mailing
) -> None:
    html = drawn(edition, lead_picture=picture(), lead_alt="Cracked banks").html(leave=LEAVE)
    [image] = re.findall(r"<img [^>]+>", html)
    assert 'src="http://testserver/media/images/' in image
    assert 'alt="Cracked banks"' in image
    assert re.findall(r'(?:src|background|url)\s*[=(]\s*"?(?!http://testserver/media/)http', html) == []
    assert not re.search(r"<(script|link|style|iframe|form)|\son\w+=", html)


def test_a_closed_story_says_so_and_none_of_its_closed_part_is_told(
    edition: Edition, mailing: Mailing
) -> None:
    edition.closed_story(first_published_at=THURSDAY - HOUR)
    told = letter(coming(Period.DAILY, now=THURSDAY))
    for part in (told.text(leave=LEAVE), told.html(leave=LEAVE)):
        assert "For subscribers" in part
        assert "El Faro de Alba" in part
        assert MARKER not in part
        assert CLOSED_WORDS not in part
        assert "The Norland Courier" not in part  # cited in the closed part alone


def test_the_introductions_paragraphs_are_text(edition: Edition, mailing: Mailing) -> None:
    introduce(Period.DAILY, "Good <morning>.\r\n\r\nIt is dry.\nVery.")
    told = drawn(edition)
    assert told.paragraphs == ["Good <morning>.", "It is dry.\nVery."]
    assert "Good &lt;morning&gt;.</p>" in told.html(leave=LEAVE)
    assert "It is dry.<br>Very.</p>" in told.html(leave=LEAVE)


NAME = "/editions/2026-03-05-daily/"


def test_it_stands_on_the_web_with_its_stories_as_they_are_now(
    edition: Edition,
    mailing: Mailing,
    client: Client,
    store: PageStore,
    django_capture_on_commit_callbacks: Any,
) -> None:
    dam, sea = (at(edition, THURSDAY - HOUR, headline) for headline in ("The dam", "The sea"))
    assert client.get(NAME).status_code == 404
    assert "No edition has gone out yet" in client.get("/editions/").text
    assert "/editions/" not in client.get("/archive/").text
    with django_capture_on_commit_callbacks(execute=True):
        introduce(Period.DAILY, "Good morning.")
        made = compose(Period.DAILY, now=THURSDAY)
    assert 'href="/editions/"' in client.get("/archive/").text
    listed, page = client.get("/editions/").text, client.get(NAME).text
    assert f'href="{NAME}">The Meridia Post, 5 March 2026</a>' in listed
    for words in ("The dam", "The sea"):
        assert words in listed
        assert words in page
    assert "Good morning." in page
    assert store.get(NAME, PUBLIC) is not None
    with django_capture_on_commit_callbacks(execute=True):
        sea.title = "The wide sea"
        sea.save_revision().publish()
        dam.unpublish()
    listed, page = client.get("/editions/").text, client.get(NAME).text
    for told in (listed, page):
        assert "The wide sea" in told
        assert "The dam" not in told
    assert headlines(as_shown(made)) == ["The wide sea"]
    with django_capture_on_commit_callbacks(execute=True):
        dam.refresh_from_db()
        dam.save_revision().publish()
    assert "The dam" in client.get(NAME).text
    with django_capture_on_commit_callbacks(execute=True):
        dam.delete()
        sea.delete()
    assert "None of its stories stands in the paper any longer." in client.get(NAME).text


def test_the_sources_of_its_stories_follow_an_outlets_name(
    edition: Edition, mailing: Mailing, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    at(edition, THURSDAY - HOUR, "The dam")
    compose(Period.DAILY, now=THURSDAY)
    assert "El Faro de Alba" in client.get(NAME).text
    with django_capture_on_commit_callbacks(execute=True):
        edition.faro.name = "El Faro del Sur"
        edition.faro.save()
    assert "El Faro del Sur" in client.get(NAME).text


@pytest.mark.parametrize(
    "name", ["2026-03-05", "2026-13-05-daily", "2026-03-05-hourly", "٢٠٢٦-03-05-daily", "x"]
)
def test_an_address_of_no_edition_is_answered_404(edition: Edition, client: Client, name: str) -> None:
    assert client.get(f"/editions/{name}/").status_code == 404


def test_no_page_can_take_its_address(edition: Edition) -> None:
    page = StandingPage(title="Editions", slug="editions", body="")
    with pytest.raises(ValidationError, match="is an address of Careo's own"):
        page.clean()


@pytest.fixture
def as_clara(db: None) -> Client:
    client = Client()
    client.force_login(Reader.objects.create_superuser("clara@example.org", "correct horse of Alba"))
    return client


def test_an_editor_turns_it_on_sees_the_coming_one_writes_its_introduction_and_sends_it(
    edition: Edition, as_clara: Client
) -> None:
    assert "No edition is turned on" in as_clara.get("/desk/editions/").text
    site = edition.home.get_site().pk
    answer = as_clara.post(
        f"/desk/settings/paper/mailing/{site}/",
        {
            "daily": "on",
            "weekday": "5",
            "hour": "6",
            "title": "Morning Post",
            "introduction": "",
            "most": "12",
        },
    )
    assert answer.status_code == 302
    closed = edition.closed_story("What the reservoirs hold")
    page = as_clara.get("/desk/editions/").text
    assert "Composed on Thursday, 5 March 2026, 06:00 UTC" in page
    assert "What the reservoirs hold" in page
    as_clara.post("/desk/editions/daily/introduce/", {"daily-introduction": "A <dry> day."})
    html = as_clara.get("/desk/editions/daily/preview.html").text
    text = as_clara.get("/desk/editions/daily/preview.text")
    assert "A &lt;dry&gt; day." in html
    assert "A <dry> day." in text.text
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert MARKER not in html + text.text
    assert as_clara.post("/desk/editions/daily/send/").status_code == 302
    made = MailEdition.objects.composed().get()
    assert (made.subject, made.introduction) == ("Morning Post, 4 March 2026", "A <dry> day.")
    assert [place.story_id for place in made.places.all()] == [closed.pk]
    again = as_clara.post("/desk/editions/daily/send/", follow=True).text
    assert "There is a daily edition of 4 March 2026 already" in again


def test_only_who_may_publish_everywhere_comes_in(edition: Edition, mailing: Mailing, client: Client) -> None:
    from django.contrib.auth.models import Group, Permission

    from careo.stories.actions import grant_editor

    at(edition, timezone.now(), "New")
    paths = ("/desk/editions/", "/desk/editions/daily/preview.html", "/desk/editions/daily/preview.text")
    assert [client.get(path).status_code for path in paths] == [302, 302, 302]
    writer = Reader.objects.create_user("writer@example.org", "correct horse of Alba")
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    writer.groups.add(group)
    client.force_login(writer)
    assert [client.get(path).status_code for path in paths] == [
        302,
        302,
        302,
    ]  # Wagtail sends who may not back
    client.post("/desk/editions/daily/send/")
    client.post("/desk/editions/daily/introduce/", {"daily-introduction": "Mine"})
    assert not MailEdition.objects.exists()
    grant_editor(writer)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_an_edition_that_is_off_cannot_be_sent(edition: Edition, mailing: Mailing, as_clara: Client) -> None:
    assert as_clara.post("/desk/editions/weekly/send/").status_code == 404
    assert as_clara.get("/desk/editions/weekly/preview.html").status_code == 404
