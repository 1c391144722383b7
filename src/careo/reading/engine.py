"""What finds statements: an interface, so that rules today and a trained model tomorrow stand behind the same words.

An engine gets the surface of a text and answers with attributions: who, "said", what, as spans. It resolves nothing:
full names, offices and days are found by the rest of the room from those spans, the same for every engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from careo.reading.surface import Surface
from careo.reading.types import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as an engine finds it. `source` and `cue` may be empty, `content` never; `score` is in 0..1."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Engine(Protocol):
    """Finds attributions. Holds no state that a text could change: the same text gives the same answer."""

    @property
    def name(self) -> str:
        """Name and version ("rules 1"), kept beside every statement that it found."""

    def attributions(self, surface: Surface) -> Sequence[Attribution]:
        """All attributions of the text, in the order of their first content; a nested one is not told apart."""
