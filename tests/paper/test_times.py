"""The hours on a story's page: in the time of its place on the server, in the reader's own with a script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, expect
from wagtail.models import Locale
from wagtail.rich_text import RichText

from careo.paper.composing import coming
from careo.paper.mail_models import Period
from careo.paper.people import path_of
from careo.readers.models import Reader
from careo.record.models import Person
from careo.stories.zones import name_at, zone_called
from tests.paper.edition import Edition, statement

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

MORNING = datetime(2026, 3, 4, 2, 30, tzinfo=UTC)  # of the day before in Lima


def told(**fields: Any) -> dict[str, Any]:
    return {"first_published_at": MORNING, "last_published_at": MORNING + timedelta(hours=3), **fields}


def test_the_hours_are_those_of_the_place_with_its_name(edition: Edition, client: Client) -> None:
    page = client.get(edition.story(**told(time_zone="America/Lima")).url).text
    assert '<time datetime="2026-03-03T21:30:00-0500"' in page
    assert '<a href="/archive/2026/3/4/">3 March 2026</a>' in page
    assert '<span title="America/Lima">21:30 UTC-05</span>' in page
    assert 'updated <time datetime="2026-03-04T00:30:00-0500"' in page
    assert '<span title="America/Lima">00:30 UTC-05</span>' in page


def test_a_story_of_no_place_is_told_in_the_papers_time(edition: Edition, client: Client) -> None:
    page = client.get(edition.story(**told()).url).text
    assert '<time datetime="2026-03-04T02:30:00+0000"' in page
    assert '<span title="UTC">02:30 UTC</span>' in page


def test_markdown_tells_the_same_hour(edition: Edition, client: Client) -> None:
    story = edition.story(**told(time_zone="Europe/Madrid"))
    assert " · 2026-03-04 03:30 CET · " in client.get(f"{story.url[:-1]}.md").text


def test_only_places_that_the_database_of_zones_knows_are_taken(edition: Edition) -> None:
    with pytest.raises(
        ValidationError, match="“Atlantis/Poseidonis” is no time zone that we know; choose one"
    ):
        edition.story(time_zone="Atlantis/Poseidonis")
    assert zone_called("../../etc/passwd").key == "UTC"
    assert name_at(MORNING.astimezone(zone_called("Asia/Kathmandu"))) == "UTC+0545"


def test_the_editor_chooses_among_them(edition: Edition) -> None:
    client = Client()
    client.force_login(Reader.objects.create_superuser("clara@example.org", "correct horse of Alba"))
    page = client.get(f"/desk/pages/{edition.story(time_zone='America/Lima').pk}/edit/").text
    assert '<option value="America/Lima" selected>America: Lima</option>' in page
    assert "The paper&#x27;s own</option>" in page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("America/Lima", None),
        ("America/Bogota", None),  # another name, the same hour
        ("America/Santiago", "23:30"),
        ("Asia/Tokyo", "4 March at 11:30"),
    ],
)
def test_the_readers_own_hour_stands_beside_it_where_it_is_another(
    paper_server: LiveServer, edition: Edition, chromium: Browser, zone: str, own: str | None
) -> None:
    context = chromium.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(paper_server.url + edition.story(**told(time_zone="America/Lima")).url)
    first = page.locator(".byline time").first
    beside = f" (your time: {own})" if own else ""
    expect(first).to_have_text(f"3 March 2026, 21:30 UTC-05{beside}")
    context.close()


def test_days_are_written_as_the_papers_language_writes_them(edition: Edition, client: Client) -> None:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.office = "ministra"
    said.save()
    march = datetime(2026, 3, 5, 12, tzinfo=UTC)
    where = f"{edition.spanish.pk}:0:{len(edition.spanish.text)}"
    cited = RichText(f'<p><a linktype="citation" passages="{where}">La ministra lo prometió</a>.</p>')
    with translation.override("es"):
        story = edition.story("Sin cortes", body=[("paragraph", cited)], first_published_at=march)
        person, found = client.get(path_of(said.person)).text, client.get("/search/?q=cortes").text
        version = client.get(f"{story.url}versions/1/").text
    assert person.count("5 de marzo de 2026</time>") == 2, "of the office, and of the remark"
    assert '<h2 class="month">marzo de 2026</h2>' in person
    assert "5 de marzo de 2026</time>" in found
    assert "El Faro de Alba (sp), 5 de marzo de 2026:" in version
    for page in (person, found, version):
        assert "5 marzo" not in page


def test_so_is_the_day_in_the_subject_of_a_mail(edition: Edition) -> None:
    edition.home.locale = Locale.objects.get_or_create(language_code="es")[0]
    edition.home.save()
    assert "5 de marzo de 2026" in coming(Period.DAILY, now=datetime(2026, 3, 5, 12, tzinfo=UTC)).subject
