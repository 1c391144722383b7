"""What the press tells whoever listens: `report_captured`, sent on commit with `report=`, a new report or version."""

from __future__ import annotations

from django.dispatch import Signal

report_captured = Signal()
