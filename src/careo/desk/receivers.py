"""The desk listens to the record: a report that was read, or whose statements an editor changed, goes into its event."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from careo.desk.tasks import place_report
from careo.press.models import Report
from careo.record.signals import report_read


@receiver(report_read)
def place_what_was_read(report: Report, **_: Any) -> None:
    place_report.enqueue(report.pk)
