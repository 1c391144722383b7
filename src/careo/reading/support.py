"""Does a story rest on its passages? What an editor should look at before it is published.

Spans of citations and findings are code points of `StoryText.text`; a passage's span is in its report's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from careo.reading.similarity import Encoder
from careo.reading.types import Span

Level = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report: `text` is the passage's own, `span` where it lies in the report's text.

    `published`, the report's day, lets "yesterday" in the passage support a date in the story.
    """

    report: str
    outlet: str
    language: str
    text: str
    span: Span
    published: date | None = None


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """Words of the story (`span` in its text) and the passages they rest on."""

    span: Span
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story as plain text, with its citations in any order."""

    text: str
    language: str
    published: date | None
    citations: tuple[CitedSpan, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with some words of the story and what to do, in one sentence; `passages` were looked at."""

    kind: str
    level: Level
    span: Span
    message: str
    passages: tuple[Passage, ...]


# What a finding does unless the house sets it otherwise: words put in somebody's mouth stop a story.
LEVELS: dict[str, Level] = {
    "quote-not-found": "block",
    "quote-translated": "warn",
    "name-unsupported": "warn",
    "number-unsupported": "block",
    "date-unsupported": "warn",
    "attribution-without-citation": "warn",
}


def check(
    story: StoryText, *, against: Sequence[Passage] = (), encoder: Encoder | None = None
) -> tuple[Finding, ...]:
    """Findings in the order of the text. `against` holds whole reports, for a story without marked citations."""
    return ()
