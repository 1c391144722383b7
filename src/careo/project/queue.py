"""How many tasks are in the queue, by state."""

from __future__ import annotations

from django.db import close_old_connections
from django.db.models import Count
from django_tasks_db.models import DBTaskResult


def tasks_by_state() -> dict[str, int]:
    """For figures: asked in a thread of no request, which must not keep a connection."""
    close_old_connections()
    try:
        return dict(DBTaskResult.objects.values_list("status").annotate(Count("pk")).order_by("status"))
    finally:
        close_old_connections()
