"""Tell English from Spanish, and both from what we do not read, by the small words every sentence needs.

>>> language_of("La ministra dijo el lunes que no habrá cortes de agua.")
'es'
>>> language_of("Le ministre a dit lundi qu'il n'y aurait pas de coupures d'eau dans la ville.")
Traceback (most recent call last):
careo.reading.errors.UnknownLanguage: The text seems to be French; give one in English (en) or Spanish (es).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice
from typing import cast

from careo.reading.errors import UnknownLanguage
from careo.reading.types import Language

# The most frequent function words of each; the neighbours are here so that a French page is not taken for Spanish.
_SMALL_WORDS = {
    "en": "the of and to in that is was for it with as on be at by this had not are but from or have an they which were "
    "her his he she would there been their has will what who said about after up when you we its says over",
    "es": "el la de que y en los del las un una por con no se su para es al lo como más pero sus le ya este sí porque "
    "esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos durante dijo fue ha son tras según",
    "fr": "le la de et les des en un une du dans que pour pas au il est sur ce avec plus par ne qui je nous vous aux ont "
    "cette mais ou leur être à été sont ses elle lundi après d'une qu'il",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou "
    "ser quando muito há nos já está também só pelo pela até isso ela entre depois sem disse são às",
    "it": "di che e la il un per è in una sono non ho si con le da lo ha del della i al come ma gli nel alla più anche dei "
    "delle questo dopo suo sua stato dal hanno detto",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über so zum war",
    "ca": "el la de que i en els del les un una per amb no es va al com més però seva per als és aquest aquesta dels han "
    "ha són també quan sense molt pel l'any",
    "gl": "o a de que e do da en un unha para con non os no se na por máis as dos como pero foi ao das ten á seu súa ou "
    "tamén xa polo pola entre despois sen dixo son",
    "nl": "de en van het een in is dat op te zijn met voor niet aan er om die was als dan maar bij ook naar uit nog door over",
}
_NAMES = {
    "fr": "French",
    "pt": "Portuguese",
    "it": "Italian",
    "de": "German",
    "ca": "Catalan",
    "gl": "Galician",
    "nl": "Dutch",
}
# The first word of a letter's Unicode name → the language, or languages, written with such letters.
_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "in Cyrillic letters",
    "ARABIC": "in Arabic letters",
    "HEBREW": "in Hebrew letters",
    "GREEK": "Greek",
    "DEVANAGARI": "in Devanagari letters",
    "THAI": "Thai",
}
_SETS = {language: frozenset(listed.split()) for language, listed in _SMALL_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Three thousand words tell a language as surely as a book does.
_ENOUGH = 3000
_ENOUGH_FOR_LETTERS = 200
# A short headline may hold one small word in five; a text below this share is a list, code or another language.
_LEAST_SHARE = 0.12
# A neighbour is named only where it has at least so many times the small words of English and of Spanish.
_PLAIN = 1.3


def language_of(text: str) -> Language:
    """The language of the text. Raises UnknownLanguage where it is neither English nor Spanish, or cannot be told."""
    seen = [match.group().lower() for match in islice(_TOKEN.finditer(text), _ENOUGH)]
    if not seen:
        raise UnknownLanguage(None)
    if script := _other_letters(seen):
        raise UnknownLanguage(script, heard=True)
    counts = {language: sum(word in small for word in seen) for language, small in _SETS.items()}
    best = max(counts, key=lambda language: counts[language] + _letters(text, language))
    if counts[best] < _LEAST_SHARE * len(seen):
        raise UnknownLanguage(None)
    if best not in ("en", "es"):
        plain = counts[best] >= _PLAIN * max(counts["en"], counts["es"])
        raise UnknownLanguage(_NAMES[best] if plain else None, heard=plain)
    return cast("Language", best)


def _other_letters(seen: list[str]) -> str | None:
    """What a text is called most of whose letters are not Latin."""
    letters = "".join(seen[:_ENOUGH_FOR_LETTERS])
    kinds = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters if not letter.isascii())
    foreign = kinds.total() - kinds["LATIN"]
    if foreign * 2 < len(letters):
        return None
    if (
        kinds["HIRAGANA"] + kinds["KATAKANA"]
    ) * 10 > foreign:  # among Chinese characters they make a text Japanese
        return "Japanese"
    return next((_SCRIPTS[kind] for kind, _ in kinds.most_common() if kind in _SCRIPTS), None)


def _letters(text: str, language: str) -> float:
    """A nudge for letters and marks that hardly any neighbour uses: it settles headlines."""
    if language != "es":
        return 0.0
    return 1.5 if any(character in "ñ¿¡Ñ" for character in text[:2000]) else 0.0


def named_language(name: str) -> Language:
    """The language a BCP 47 tag names ("es-MX" is Spanish). Raises UnknownLanguage."""
    primary = name.strip().replace("_", "-").split("-")[0].lower()
    if primary not in ("en", "es"):
        raise UnknownLanguage(name)
    return cast("Language", primary)
