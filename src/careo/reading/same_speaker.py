"""Is it the same speaker in two reports? Names in any length and either language, and offices where a name is missing.

>>> from careo.reading.types import Speaker
>>> same_name("Teresa Olmedo", "la ministra Olmedo"), same_name("Teresa Olmedo", "Ana Olmedo")
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from careo.reading.folding import fold
from careo.reading.telling import EVERY_FUNCTION_WORD, WORD

# What stands before a name in either language; not part of who it is.
_TITLES_WORDS = """\
mr mrs ms dr sr sra srta don dona lord lady sir sen rep gov president presidente presidenta minister ministro
ministra secretary secretario secretaria mayor alcalde alcaldesa governor gobernador gobernadora ambassador
embajador embajadora senator senador senadora deputy diputado diputada judge juez jueza general leader lider
spokesman spokeswoman spokesperson portavoz vocero vocera union sindicalista king queen rey reina pope papa chief
jefe jefa director directora doctor doctora professor profesor profesora prime primer primera interior foreign
exteriores relaciones asuntos affairs finance hacienda finanzas water agua defence defense defensa justice justicia
health salud education educacion economy economia labour labor trabajo security seguridad state estado office
ministry ministerio department departamento secretariat secretaria homeland ex former acting vice candidate
candidato candidata"""
TITLES = frozenset(_TITLES_WORDS.split())


class SameSpeaker(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def same_speaker(a: str | None, b: str | None) -> SameSpeaker:
    """Judged by names alone; UNKNOWN where one is missing or is no name ("the ministry")."""
    if not a or not b:
        return SameSpeaker.UNKNOWN
    if not name_words(a) or not name_words(b):
        return SameSpeaker.YES if fold(a) == fold(b) else SameSpeaker.UNKNOWN
    return SameSpeaker.YES if same_name(a, b) else SameSpeaker.NO


def same_name(a: str, b: str) -> bool:
    """One name's words stand in the other's in the same order, titles left out: Spanish names may drop either end."""
    one, other = name_words(a), name_words(b)
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and _in_order(shorter, longer)


def name_words(name: str) -> list[str]:
    """The words of a name that say who it is, folded; none where only an office or a body is named."""
    words = [match.group() for match in WORD.finditer(name)]
    capital = [word for word in words if word[0].isupper()] or []
    return [low for low in map(fold, capital) if low not in TITLES and low not in EVERY_FUNCTION_WORD]


def _in_order(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in shorter)
