"""The words of checking a story: passages, the story's text with its citations, and what is found wrong with it.

Spans of citations and findings are code points of `StoryText.text`; a passage's span is in its report's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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

    def part(self, span: Span) -> Passage:
        """The passage that a span of this one's text makes."""
        begin = self.span.start + span.start
        words = self.text[span.start : span.end]
        return Passage(
            self.report, self.outlet, self.language, words, Span(begin, begin + len(words)), self.published
        )


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


# What a finding does unless the house sets it otherwise: words put in somebody's mouth and false figures stop a story.
LEVELS: dict[str, Level] = {
    "quote-not-found": "block",
    "quote-translated": "warn",
    "name-unsupported": "warn",
    "number-unsupported": "block",
    "date-unsupported": "warn",
    "attribution-without-citation": "warn",
}


def finding(kind: str, span: Span, message: str, passages: tuple[Passage, ...] = ()) -> Finding:
    """A finding at its kind's own level."""
    return Finding(kind, LEVELS[kind], span, message, passages)
