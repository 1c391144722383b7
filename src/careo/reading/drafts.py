"""An attribution in the making: stretches of words, while the rules still add to them."""

from __future__ import annotations

from dataclasses import dataclass

from careo.reading.engine import Attribution
from careo.reading.surface import Surface
from careo.reading.types import Span

Stretch = tuple[int, int]
"""Words [start, end) of the surface."""


@dataclass(slots=True)
class Draft:
    """One attribution; `sentence` is the number of the sentence its cue stands in, `quoted` that it rests on a quotation."""

    source: Stretch | None
    cue: Stretch | None
    content: list[Stretch]
    score: float
    sentence: int
    quoted: bool = False

    def finished(self, cut: Surface) -> Attribution:
        return Attribution(
            (span_of(cut, self.source),) if self.source else (),
            (span_of(cut, self.cue),) if self.cue else (),
            tuple(span_of(cut, stretch) for stretch in sorted(self.content)),
            self.score,
        )


def span_of(cut: Surface, stretch: Stretch) -> Span:
    return Span(cut.words[stretch[0]].start, cut.words[stretch[1] - 1].end)
