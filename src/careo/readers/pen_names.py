"""Pen names: what readers are called in the forum. One reader a name, however it is capitalised or composed.

>>> clean("  Ana   de Alba ")
'Ana de Alba'
>>> key("ÑANDÚ") == key("ñandú")
True
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from careo.readers.errors import BadPenName

LEAST, MOST = 2, 40  # characters
KEY_LENGTH = 3 * MOST  # case folding makes at most three characters of one
PUNCTUATION = frozenset(" '’-._·")
# Names under which a reader could pass for the house.
RESERVED = frozenset(
    {
        "admin",
        "administrator",
        "anonymous",
        "careo",
        "editor",
        "editors",
        "former reader",
        "moderator",
        "moderators",
    }
)
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")  # their letters look alike: "Аna" with a Cyrillic А is not "Ana"


def clean(name: str) -> str:
    """The name in one spelling (NFKC, single spaces). Raises BadPenName."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip()
    if not LEAST <= len(name) <= MOST:
        raise BadPenName(name, _("has %(least)d to %(most)d characters") % {"least": LEAST, "most": MOST})
    if not all(_allowed(character) for character in name):
        raise BadPenName(name, _("is made of letters, digits, spaces, dots, hyphens and apostrophes"))
    if not any(character.isalpha() for character in name):
        raise BadPenName(name, _("has at least one letter"))
    if len({alphabet for character in name for alphabet in _alphabets(character)}) > 1:
        raise BadPenName(name, _("is written in one alphabet"))
    if key(name) in RESERVED:
        raise BadPenName(name, _("must not be mistaken for the editors'"))
    return name


def key(name: str) -> str:
    """What two spellings of one name have in common; unique in the database."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())[:KEY_LENGTH]


def _allowed(character: str) -> bool:
    # Letters and digits only: a loose combining mark may be stacked over its neighbours' lines.
    return character in PUNCTUATION or unicodedata.category(character)[0] in "LN"


def _alphabets(character: str) -> list[str]:
    name = unicodedata.name(character, "")
    return [alphabet for alphabet in ALPHABETS if name.startswith(alphabet)]
