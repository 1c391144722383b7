"""The words of a text as search knows them: what is looked up, and where it stands.

>>> [word.folded for word in words_in("Julián’s 2nd ferry")]
['julian', 's', '2nd', 'ferry']

Places are code points of the text as given, so that what was found can be marked in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from careo.reading.folding import fold

LONGEST_WORD = 40  # letters; what is longer is known by its beginning
# A letter or digit, with the accents that some write as signs of their own.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


class Word(NamedTuple):
    """Letters and digits without accents and case, and the span [begin, end) they were written in."""

    folded: str
    begin: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    """Every word, in the order of the text; anything else divides them."""
    for found in _WORD.finditer(text):
        if folded := _folded(found.group()):
            yield Word(folded, found.start(), found.end())


@lru_cache(maxsize=20_000)  # a language's commoner words; folding letter by letter is most of the work
def _folded(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter.isalnum())[:LONGEST_WORD]
