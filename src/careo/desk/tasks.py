"""The desk's background work: place a report, draw an event's face-to-face."""

from __future__ import annotations

from django_tasks import task

from careo.desk.drawing import draw
from careo.desk.models import Event
from careo.desk.placing import place
from careo.press.models import Report


@task()
def place_report(report_id: int) -> None:
    """Place a report that was read, and have its event drawn anew."""
    placement = place(Report.objects.get(pk=report_id))
    draw_event.enqueue(placement.event_id)


@task()
def draw_event(event_id: int) -> None:
    """Draw the event's face-to-face; why that failed is kept with the event and shown on its page."""
    event = Event.objects.get(pk=event_id)
    try:
        draw(event)
    except Exception as fault:
        event.trouble = (
            f"A fault of Careo's own ({type(fault).__name__}: {fault}). Draw it again, or report the fault."
        )
        event.save(update_fields=["trouble"])
        raise
