"""How much an account may write, by its age: who has just come writes less, and puts fewer links into it.

Nobody composes as much as the last row allows; whoever sends more is a program, or angry. Spam comes from accounts a
few hours old, and lives by its links.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from careo.readers.models import Reader

MINUTES = 5


class Allowed(NamedTuple):
    """Posts in MINUTES, posts in 24 hours, links in a post."""

    in_minutes: int
    in_a_day: int
    links: int


YOUNGER_THAN = (
    (timedelta(days=1), Allowed(in_minutes=6, in_a_day=25, links=2)),
    (timedelta(days=7), Allowed(in_minutes=8, in_a_day=60, links=5)),
)
SETTLED = Allowed(in_minutes=10, in_a_day=300, links=20)


def of(reader: Reader) -> Allowed:
    age = timezone.now() - reader.date_joined
    return next((allowed for limit, allowed in YOUNGER_THAN if age < limit), SETTLED)
