"""Let a test that commits for real empty the moderators' log when it ends, as every other table.

The database refuses to take rows out of the log. `flush` is the only one to whom it may be open, and only here: the
triggers are taken off before and put back after, by the same SQL with which the migration makes them.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import Any

from django.core.management.commands.flush import Command
from django.db import connections


def guard_sql(vendor: str) -> tuple[list[str], list[str]]:
    """What makes the triggers, and what takes them off."""
    make, take_off = import_module("careo.forum.migrations.0006_the_log_is_final").GUARD[vendor]
    return make, take_off


def open_the_log_to_flush() -> None:
    whole = Command.handle

    @wraps(whole)
    def handle(self: Command, **options: Any) -> None:
        connection = connections[options["database"]]
        make, take_off = guard_sql(connection.vendor)
        if "forum_moderationlog" not in connection.introspection.table_names():
            return whole(self, **options)
        _run(connection, take_off)
        try:
            whole(self, **options)
        finally:
            _run(connection, make)

    Command.handle = handle  # type: ignore[method-assign]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
