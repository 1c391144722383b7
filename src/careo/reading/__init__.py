"""Text in, facts out: who said what, when, in English and Spanish. Pure Python: no Django, no files, no network.

>>> from datetime import date
>>> reading = read("“No habrá cortes”, dijo el lunes Teresa Olmedo.", published=date(2026, 3, 5))
>>> said = reading.statements[0]
>>> said.speaker.name, [reading.text[begin:end] for begin, end in said.content], str(said.said_on.start)
('Teresa Olmedo', ['“No habrá cortes”'], '2026-03-02')
"""

from __future__ import annotations

from careo.reading.engine import Engine
from careo.reading.errors import ReadingError, UnknownLanguage
from careo.reading.reader import read
from careo.reading.types import Days, Person, Reading, Span, Speaker, Statement, TimeExpression

__all__ = [
    "Days",
    "Engine",
    "Person",
    "Reading",
    "ReadingError",
    "Span",
    "Speaker",
    "Statement",
    "TimeExpression",
    "UnknownLanguage",
    "read",
]
