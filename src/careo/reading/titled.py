"""Who is named in "Water Minister Julián Barrera": the person, without the office that stands before the name.

An office is translated, not spelled, so that its words stand in no passage of the other language.

>>> [person(name).text for name in names("We met Water Minister Julián Barrera and Secretary of State Ana Sol.")]
['Julián Barrera', 'Ana Sol']
>>> [person(name) for name in names("We met the Housing Secretary.")]
[None]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from careo.reading.folding import fold
from careo.reading.names import Name, names
from careo.reading.offices import is_head
from careo.reading.types import Span
from careo.reading.word_sets import word_set

__all__ = ["names", "person"]

_PROFESSION = re.compile(r"(?:ologist|ologa|ologo|ographer|ografo|ografa|ician)$")
# Offices that are surnames as well: "Tomás Rey" is no king. They count only where they come first.
_SURNAMES = word_set(
    "king queen prince princess pope bishop dean judge justice priest farmer cabo rey reina papa"
    " príncipe princesa obispo"
)
_OF = word_set("of de del for para")
_DEPARTMENT_AND_NAME = 2  # words kept as the name where it cannot be told from the department before it


def person(name: Name) -> Name | None:
    """The name without its office; None where it is an office and nothing else; unchanged where it has none."""
    words = [(match.start(), match.end(), match.group()) for match in re.finditer(r"\S+", name.text)]
    after = _past_office([word for _, _, word in words])
    if after == 0:
        return name
    if after >= len(words):
        return None
    start = words[after][0]
    text = name.text[start:]
    left = tuple(fold(word) for _, _, word in words[after:] if word.lower() not in _OF)
    return Name(Span(name.span.start + start, name.span.end), text, left)


def _past_office(words: Sequence[str]) -> int:
    """How many words the office takes."""
    heads = [at for at, word in enumerate(words) if _is_office(word, first=at == 0)]
    if not heads:
        return 0
    after = heads[-1] + 1
    if after < len(words) and words[after].lower() in _OF:
        return max(after + 2, len(words) - _DEPARTMENT_AND_NAME)
    return after


def _is_office(word: str, *, first: bool) -> bool:
    low = word.lower()
    if low in _SURNAMES and not first:
        return False
    return is_head(low) or _PROFESSION.search(fold(word)) is not None
