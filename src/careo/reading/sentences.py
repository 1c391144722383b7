"""Where sentences lie, in English and Spanish text.

A full stop ends a sentence unless it belongs to an abbreviation ("Sr.", "Gov."), an initial ("J. Olmedo") or is followed
by a small letter. Closing quotation marks and brackets stay with the sentence they close.

>>> text = "Gov. Marsh spoke. “Did he?” she asked."
>>> [text[s.start : s.end] for s in sentences(text)]
['Gov. Marsh spoke.', '“Did he?” she asked.']
"""

from __future__ import annotations

import re

from careo.reading.paragraphs import paragraphs
from careo.reading.types import Span
from careo.reading.word_sets import word_set

# Abbreviations after which a capital letter is no new sentence. Our own list, English and Spanish together.
_ABBREVIATIONS = word_set(
    "mr mrs ms dr drs prof sr jr st gov sen rep reps sens lt col gen sgt capt cmdr maj adm rev hon pres "
    "supt det insp atty vs etc inc corp co ltd bros dept dist div est fig no nos vol pp ed al op cf "
    "approx ave blvd mt ft jan feb mar apr aug sept oct nov dec mon tue tues wed thu thur thurs fri sat "
    "sun ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev "
    "okla ore pa tenn tex va vt wash wis wyo sra srta sres sras dra dres d dña lic ing arq ud uds vd vds "
    "profa gral cnel tte cap cmte mons fr pbro excmo excma ilmo ilma av avda c núm num pág págs pag art "
    "arts ej aprox tel dto dpto depto admón cía cia hnos máx mín ene abr ago dic eeuu pte izq dcha p"
)
# Abbreviations of which a small letter makes an everyday word, and one that stands before numbers alone.
_ALSO_WORDS = word_set("sat sun mass miss ill ore wash fig mar mon gen art al del ft fin col tel")
_BEFORE_NUMBERS = word_set("no nos")
# Possessive, and only at the first mark of a run: a line of a million dots stays linear.
_END = re.compile(r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"”’'»)\]]*+)(?=\s)")
_OPENERS = "\"“‘'«¿¡([—–-"


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences in order, without the white space between them."""
    return tuple(span for paragraph in paragraphs(text) for span in sentences_within(text, paragraph))


def sentences_within(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph."""
    found, start = [], paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        after = _next_visible(text, match.end(), paragraph.end)
        if after is None:
            break
        if _ends_here(text, start, match, after):
            found.append(Span(start, match.end()))
            start = after
    if start < paragraph.end:
        found.append(Span(start, paragraph.end))
    return found


def _next_visible(text: str, at: int, end: int) -> int | None:
    while at < end and text[at].isspace():
        at += 1
    return at if at < end else None


def _ends_here(text: str, start: int, match: re.Match[str], after: int) -> bool:
    following = text[after]
    if not (following.isupper() or following.isdigit() or following in _OPENERS or following.istitle()):
        # Scripts without capitals and list marks end a sentence too; a small letter does not.
        return not (following.islower() or following in ",;:.…")
    if match["stop"] != ".":
        return True
    if match["close"]:
        return True
    word = _word_before(text, start, match.start())
    low = word.lower()
    if low in _BEFORE_NUMBERS:
        return not following.isdigit()
    if low in _ABBREVIATIONS and (word[0].isupper() or low not in _ALSO_WORDS):
        return False
    if len(word) == 1 and word.isupper():
        return False
    return not (_has_inner_dot(word) and following.isupper() and _is_title_of_name(low))


def _word_before(text: str, start: int, end: int) -> str:
    """The word that ends at `end`, at most 20 characters back, so that a text without spaces stays cheap."""
    begin = end
    while begin > start and end - begin < 20 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    return text[begin:end]


def _has_inner_dot(word: str) -> bool:
    return "." in word


# "U.S. Secretary", "a.m. Monday", "EE.UU. Donald": no new sentence is likelier than one.
_INITIALS = frozenset({"u.s", "u.n", "u.k", "a.m", "p.m", "d.c", "ee.uu", "e.u", "ph.d", "r.-n.y"})


def _is_title_of_name(low: str) -> bool:
    return low in _INITIALS
