"""A table of time expressions: forms of words with their meanings, tried in order at each place of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from careo.reading.days import Direction
from careo.reading.types import Days


@dataclass(frozen=True, slots=True)
class Context:
    """What a pattern may ask: the day of publication, where the sentence's tense points, and what was told before.

    `quarter` is the quarter that the text named last, `last` whatever stretch of days it named last.
    """

    published: date
    direction: Direction
    quarter: Days | None = None
    last: Days | None = None


Meaning = Callable[[re.Match[str], Context], Days | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form of words and its meaning; `relative` when it cannot be resolved without the day of publication."""

    expression: re.Pattern[str]
    meaning: Meaning
    relative: bool = True


class Table:
    """The patterns of one language, in order of precedence, with the words that tell its tense.

    `past` need not tell every past, only that a clause has a verb that is no future.
    """

    def __init__(self, patterns: Sequence[tuple[str, Meaning, bool]], future: str, past: str) -> None:
        flags = re.IGNORECASE
        self.patterns = tuple(
            Pattern(re.compile(source, flags), meaning, relative) for source, meaning, relative in patterns
        )
        self._any = re.compile(
            r"(?<![\w])(?:"
            + "|".join(f"(?P<p{i}>{_without_names(s)})" for i, (s, _, _) in enumerate(patterns))
            + ")",
            flags,
        )
        self.future = re.compile(future, flags)
        self.past = re.compile(past, flags)

    def matches(self, text: str) -> list[tuple[Pattern, re.Match[str]]]:
        """All matches in order, none overlapping."""
        found = []
        text = text.translate(_LOOKALIKES)
        for outer in self._any.finditer(text):
            pattern = self.patterns[int((outer.lastgroup or "p0")[1:])]
            inner = pattern.expression.match(text, outer.start())
            if inner is not None:
                found.append((pattern, inner))
        return found


# Letters that count as s, i and k where case is ignored, and stand in no list of months: one for one, spans stay.
_LOOKALIKES = {0x17F: "s", 0x130: "I", 0x131: "i", 0x212A: "K"}


def _without_names(source: str) -> str:
    """The pattern with its groups unnamed: the same names come again in other patterns of the table."""
    return re.sub(r"\(\?P<\w+>", "(?:", source)
