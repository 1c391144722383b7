"""Do two reports tell one happening? A report's gist, and how alike two gists are, across languages.

A gist is all that is kept of a report for this purpose; it goes to JSON and back, so that no report is encoded twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careo.reading.similarity import Encoder, Vectors

SAME_EVENT = 0.35


@dataclass(frozen=True, slots=True)
class Gist:
    """Meaning (unit vector, its language's mean taken off), telling words with their weights, and the time."""

    language: str
    published: datetime | None
    meaning: Vectors
    words: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Gist:
        raise NotImplementedError


def gist(
    headline: str, text: str, language: str, published: datetime | None, encoder: Encoder | None = None
) -> Gist:
    """What `likeness` needs to know of a report. `published` should carry its zone; without one UTC is meant."""
    raise NotImplementedError


def likeness(a: Gist, b: Gist) -> float:
    """In 0..1; from SAME_EVENT up, the two are taken to tell one happening."""
    raise NotImplementedError
