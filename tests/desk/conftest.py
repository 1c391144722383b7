from __future__ import annotations

import pytest
from django.test import Client

from careo.desk.models import Event, Placement
from careo.press.models import Report
from careo.readers.models import Reader
from careo.record.tasks import read_report
from tests.record import newsroom

STORIES = {
    "The Norland Courier": ("Twelve arrested at Puerto Alba port", newsroom.PORT_EN),
    "El Faro de Alba": ("Doce detenidos en el puerto de Puerto Alba", newsroom.PORT_ES),
    "La Voz del Sur": ("Quince detenidos en el puerto, dice la ministra", newsroom.PORT_ES_15),
}


@pytest.fixture
def editor(db: None) -> Reader:
    return newsroom.editor()


@pytest.fixture
def desk(editor: Reader) -> Client:
    """A browser in which an editor has logged in."""
    client = Client()
    client.force_login(editor)
    return client


def read(by: str, *, hour: int = 9) -> Report:
    """What the outlet printed of the arrests, captured and read."""
    headline, text = STORIES[by]
    report = newsroom.report(text, by=by, headline=headline, published=f"2026-03-04T{hour:02}:00:00+00:00")
    read_report.enqueue(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def port(db: None) -> list[Report]:
    """Three outlets on the arrests in the port: two with twelve, one with fifteen."""
    return [read(by, hour=9 + hours) for hours, by in enumerate(STORIES)]


@pytest.fixture
def event(port: list[Report]) -> Event:
    """The arrests as an event; put together by hand, so that no test of the desk rests on how well likeness works."""
    event = Event.objects.create(title="Arrests in the port")
    for report in port:
        # Where transactions commit, as in a browser's test, the machine has placed it already.
        Placement.objects.update_or_create(report=report, defaults={"event": event, "score": 0.5})
    return event
