"""What the record tells those right of it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent on commit with `report=`, when a report was read or an editor changed what is known of it.
report_read = Signal()
