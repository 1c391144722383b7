"""Who writes while many do, readers who post among them, takes a turn, where the database has one writer at a time.

SQLite lets a second writer sleep and try again, for longer each time: whoever has waited long is passed by those who just
came, and of eight who write all the time one waits for seconds. A lock in the process wakes the next at once. It helps those
who take it: whatever is written along with reading and posting (log-ins noted, posts seen) does. Other processes, and acts
that are rare, are waited for as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")
_turn = Lock()


def in_turn(act: Callable[P, R]) -> Callable[P, R]:
    """Around an act that is one transaction. Within a greater one, which has the database already, it does not wait."""

    @wraps(act)
    def taken(*args: P.args, **named: P.kwargs) -> R:
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return act(*args, **named)
        with _turn:
            return act(*args, **named)

    return taken
