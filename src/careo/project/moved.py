"""A kept connection to SQLite whose file was moved, replaced or deleted is closed before the next request.

It would go on reading and writing a file that nobody sees any more, and what was answered as kept would be lost with it:
after a restored backup, for one. One look at the file's number each request tells.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def watch() -> None:
    """Called once, when Django is set up."""
    connection_created.connect(_opened, dispatch_uid="project.moved")
    request_started.connect(close_moved, dispatch_uid="project.moved")


def close_moved(**_: Any) -> None:
    for connection in connections.all(initialized_only=True):
        is_open = connection.vendor == "sqlite" and connection.connection is not None
        if is_open and _file(connection) != getattr(connection, "careo_file", None):
            connection.close()


def _opened(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.careo_file = _file(connection)  # type: ignore[attr-defined]


def _file(connection: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """What file stands there now; None where there is none, as of a database in memory."""
    try:
        there = Path(connection.settings_dict["NAME"]).stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino
