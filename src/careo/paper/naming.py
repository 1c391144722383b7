"""Languages and countries by name, in the language that the page is in; a code that nobody knows stands for itself."""

from __future__ import annotations

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language


def language_name(code: str) -> str:
    """
    >>> language_name("es-MX"), language_name("xx")
    ('Spanish', 'xx')
    """
    return str(_here().languages.get(code.split("-")[0].lower(), code))


def country_name(code: str) -> str:
    """
    >>> country_name("MX"), country_name("XX")
    ('Mexico', 'XX')
    """
    return str(_here().territories.get(code.upper(), code))


def _here() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
