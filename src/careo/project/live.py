"""Brings new posts to those who listen: the forum's signal of this process, and its table for what others wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from careo.edge.hub import Hub
from careo.forum.live import newest_of
from careo.forum.signals import post_made


def hub() -> Hub:
    """One that is told of every post, whichever process made it."""
    made = Hub(look)

    def tell(sender: Any, *, topic: str, number: int, **told: Any) -> None:
        made.tell(topic, number)

    post_made.connect(tell, weak=False, dispatch_uid="project.live")
    return made


def look(topics: Collection[str]) -> Mapping[str, int]:
    """The newest number of each. Keeps its thread's connection, unless there was trouble with it."""
    try:
        return newest_of(topics)
    except Exception:
        connection.close()
        raise
