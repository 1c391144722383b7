"""Can this process serve? What `/readyz` asks: the database answers, the page store can be written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection

from careo.edge.shared import SharedPageStore
from careo.paper.store import page_store


def failing_parts() -> list[str]:
    """A word for each part that cannot do its work."""
    parts: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "page store": _store_takes_pages,
        "redis": _others_are_heard,
    }
    return [name for name, works in parts.items() if not works()]


def _database_answers() -> bool:
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            # Not only a constant: a SQLite file that was taken away answers that all the same.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            return cursor.fetchone() is not None
    except Exception:  # each database has errors of its own, and so has a missing driver
        return False
    finally:
        connection.close()


def _others_are_heard() -> bool:
    store = page_store()
    return not isinstance(store, SharedPageStore) or store.is_trusted


def _store_takes_pages() -> bool:
    folder = Path(settings.CAREO_PAGES)
    there = folder if folder.exists() else folder.parent
    return os.access(there, os.W_OK | os.X_OK)
