"""The same text as another paper would set it: other quotation marks, or a line for every sentence.

Each change puts one character in another's place, so that all spans stand where they stood.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from training.corpora import Document

_MARKS = ("“”", "«»", '""')
_SENTENCE_END = re.compile(r"(?<=[.!?”»]) (?=[A-ZÁÉÍÓÚÑ¿¡“«—])")
# Half of the texts take one of the three pairs of marks, be it their own; a quarter change their lines.
_REMARKED, _RELINED = 0.5, 0.25


def restyled(document: Document, chance: random.Random) -> Document:
    """A document of the same spans, changed by chance."""
    text = document.text
    if chance.random() < _REMARKED:
        text = _remarked(text, chance.choice(_MARKS))
    if chance.random() < _RELINED:
        text = _SENTENCE_END.sub("\n", text)
    return replace(document, text=text)


def _remarked(text: str, marks: str) -> str:
    """Straight marks tell no beginning from end, so that only the others are changed; those that open a paragraph stay."""
    return re.sub("[“«]", marks[0], re.sub("[”»](?!\\w)", marks[1], text))
