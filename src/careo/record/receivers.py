"""The record listens to the press: whatever it captures is read in the background."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from careo.press.models import Report
from careo.press.signals import report_captured
from careo.record.tasks import read_report


@receiver(report_captured)
def read_what_was_captured(report: Report, **_: Any) -> None:
    read_report.enqueue(report.pk)
