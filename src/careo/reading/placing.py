"""Place a report among the events in play as reports stream in.

>>> place(gist, [OpenEvent("7", (earlier, later))])        # doctest: +SKIP
Placement(event='7', score=0.52)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careo.reading.likeness import Gist


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event that may still take reports: its id and the gists of those it has."""

    id: str
    gists: Sequence[Gist]


@dataclass(frozen=True, slots=True)
class Placement:
    event: str
    score: float


def place(gist: Gist, events: Iterable[OpenEvent]) -> Placement | None:
    """The event the report belongs to, or None where it opens one."""
    raise NotImplementedError
