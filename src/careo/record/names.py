"""Names of people as they are compared: without accents, case and punctuation; a longer form of a name is one name.

>>> folded("Julián  BARRERA-Peña")
'julian barrera pena'
>>> extends("Teresa Olmedo Ruiz", "Teresa Olmedo")
True
>>> extends("Teresa Olmedo", "Olmedo")      # a bare surname is no proof of who it is
False
"""

from __future__ import annotations

import re

from careo.reading.folding import fold

_NOT_WORD = re.compile(r"[^\w]+|_+")


def folded(name: str) -> str:
    """The name in lower case without accents or punctuation, its parts divided by one space."""
    return " ".join(_NOT_WORD.sub(" ", fold(name)).split())


def extends(longer: str, shorter: str) -> bool:
    """Whether `longer` holds all parts of `shorter`, in order and from the same first name; the same name does too.

    Spanish papers print one surname or two, American ones a middle initial or none.
    """
    parts, kept = folded(longer).split(), folded(shorter).split()
    if len(kept) < 2 or parts[:1] != kept[:1]:
        return False
    rest = iter(parts)
    return all(part in rest for part in kept)
