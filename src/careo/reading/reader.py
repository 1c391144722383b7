"""The one way in: `read` turns a text into a `Reading`."""

from __future__ import annotations

from datetime import date

from careo.reading.dates import time_expressions
from careo.reading.engine import Engine
from careo.reading.introductions import introduced
from careo.reading.language import language_of, named_language
from careo.reading.people import cast_of
from careo.reading.rules import RULES
from careo.reading.statements import statements
from careo.reading.surface import surface
from careo.reading.trained import trained
from careo.reading.types import Reading, Span

# Code points. No report is as long, and what is longer would hold up whoever waits for minutes: the rules read it.
LONGEST = 300_000


def read(
    text: str, *, language: str | None = None, published: date | None = None, engine: Engine | None = None
) -> Reading:
    """Find who said what, and when, in one text.

    `language` is a BCP 47 tag; without it the language is told from the text. `published` is the day the text appeared:
    without it no relative day ("yesterday") is resolved. `engine` finds the statements; without one it is the trained
    reader. Raises UnknownLanguage. The same text gives the same reading.
    """
    tongue = named_language(language) if language is not None else language_of(text)
    cut = surface(text, tongue)
    times = time_expressions(cut, published)
    finder = engine or (trained() if len(text) <= LONGEST else RULES)
    found = finder.attributions(cut)
    cast = introduced(
        cut, cast_of(cut, [span for attribution in found for span in attribution.source]), found
    )
    return Reading(
        text=text,
        language=tongue,
        published=published,
        sentences=tuple(Span(sentence.start, sentence.end) for sentence in cut.sentences),
        statements=statements(cut, found, cast, times, published),
        people=cast.people,
        times=times,
        reader=finder.name,
    )
