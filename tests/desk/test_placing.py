"""Into which event a report goes, and who has the last word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from careo.desk import actions
from careo.desk.models import Event, Placement
from careo.desk.placing import place
from careo.press.models import Report
from careo.readers.models import Reader
from careo.record.signals import report_read
from careo.record.tasks import read_report
from tests.desk.conftest import read
from tests.record import newsroom

Commit = Callable[..., Any]
pytestmark = pytest.mark.both_databases


def test_reports_of_one_happening_come_together_across_languages_and_another_stays_out(db: None) -> None:
    english, spanish = read("The Norland Courier"), read("El Faro de Alba", hour=10)
    water = newsroom.report(
        newsroom.WATER_ES, by="Diario Cordillera", headline="Cortes de agua en la capital", slug="agua"
    )
    first, second, other = place(english), place(spanish), place(water)
    assert second.event == first.event
    assert other.event != first.event
    assert (first.score, other.score) == (None, None)
    assert second.score is not None
    assert 0 < second.score <= 1
    assert first.event.title == "Twelve arrested at Puerto Alba port"
    assert first.event.language == "en"


def test_a_report_is_placed_and_its_event_drawn_as_soon_as_it_is_read(
    db: None, django_capture_on_commit_callbacks: Commit
) -> None:
    report = newsroom.report()
    with django_capture_on_commit_callbacks(execute=True):
        read_report.enqueue(report.pk)
    event = Event.objects.get()
    assert report.placement.event == event
    assert event.compared_at is not None
    assert all(statement.remark_id for statement in report.statements.all())


def test_a_report_that_was_placed_is_not_placed_again(db: None) -> None:
    report = read("The Norland Courier")
    first = place(report)
    assert place(report) == first
    assert Event.objects.count() == 1


def test_an_editors_placement_is_never_moved_by_the_machine(
    event: Event, port: list[Report], editor: Reader
) -> None:
    elsewhere = Event.objects.create(title="The strike")
    actions.move([port[1]], elsewhere, editor=editor)
    report_read.send(sender=Report, report=port[1])
    placement = Placement.objects.get(report=port[1])
    assert (placement.event, placement.placed_by, placement.score) == (elsewhere, editor, None)


def test_a_closed_event_takes_no_report(db: None, editor: Reader) -> None:
    first = place(read("The Norland Courier"))
    actions.close(first.event, editor=editor)
    assert place(read("El Faro de Alba", hour=10)).event != first.event
    actions.reopen(first.event, editor=editor)
    assert place(read("La Voz del Sur", hour=11)).event in Event.objects.open()


def test_a_new_version_stays_where_the_version_before_it_was_put(
    event: Event, port: list[Report], editor: Reader
) -> None:
    elsewhere = Event.objects.create(title="The strike")
    actions.move([port[0]], elsewhere, editor=editor)
    newer = newsroom.report(newsroom.PORT_EN + "\n\nMore.", version=2)
    placement = place(newer)
    assert (placement.event, placement.placed_by) == (elsewhere, editor)


@pytest.mark.parametrize("language", ["en-GB", "en"])
def test_a_report_without_a_time_is_placed_by_when_it_was_taken_in(db: None, language: str) -> None:
    report = newsroom.report(language=language, published="2026-03-04")
    assert place(report).event.title == report.headline
