"""What the press tells the rooms to its right."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `report=`, once it is safely kept: a new report, or a new version of one.
report_captured = Signal()
