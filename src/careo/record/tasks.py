"""Reading reports in the background."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from careo.press.models import Report
from careo.reading import read
from careo.reading.errors import ReadingError
from careo.record.actions import keep_reading, note_failure

ATTEMPTS = 3  # after three faults it takes a person: the report's page shows why and has a button
PATIENCE = timedelta(minutes=10)  # what is in the queue gets its turn first, and a fault time to pass


@task()
def read_report(report_id: int) -> None:
    """Read a report and keep what was found. What stands in the way is kept with the report and shown at the desk."""
    report = Report.objects.get(pk=report_id)
    try:
        language = report.language.partition("-")[0] or None
        keep_reading(report, read(report.text, language=language, published=report.published_on))
    except ReadingError as refusal:
        note_failure(report, str(refusal))
    except Exception as fault:
        note_failure(
            report,
            f"A fault of Careo's own ({type(fault).__name__}: {fault}). Read it again, or report the fault.",
        )
        raise


@task()
def read_what_waits() -> int:
    """Enqueue current reports left unread: never tried, or failed fewer than three times; says how many.

    For the worker's clock: neither a power cut between capture and reading nor a passing fault leaves one unread.
    """
    patience = timezone.now() - PATIENCE
    never = Q(reading=None, captured_at__lt=patience)
    failed = Q(reading__attempts__lt=ATTEMPTS, reading__tried_at__lt=patience)
    keys = list(
        Report.objects.current().unread().filter(never | failed).order_by("pk").values_list("pk", flat=True)
    )
    for key in keys:
        read_report.enqueue(key)
    return len(keys)
