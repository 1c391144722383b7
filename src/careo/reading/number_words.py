"""The words of numbers and of what they count, English and Spanish, folded (`folding.fold`)."""

from __future__ import annotations

_ENGLISH_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_SPANISH_ONES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis "
    "veintisiete veintiocho veintinueve"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_SPANISH_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)


def _english() -> dict[str, float]:
    values: dict[str, float] = {word: value for value, word in enumerate(_ENGLISH_ONES.split())}
    values |= {word: 10 * tens for tens, word in enumerate(_ENGLISH_TENS.split(), 2)}
    return values | {"a": 1, "an": 1, "dozen": 12}


def _spanish() -> dict[str, float]:
    values: dict[str, float] = {word: value for value, word in enumerate(_SPANISH_ONES.split())}
    values |= {word: 10 * tens for tens, word in enumerate(_SPANISH_TENS.split(), 3)}
    hundreds = {word: 100 * value for value, word in enumerate(_SPANISH_HUNDREDS.split(), 1)}
    values |= hundreds | {word[:-2] + "as": value for word, value in hundreds.items() if value > 100}
    return values | {
        "un": 1,
        "una": 1,
        "cien": 100,
        "veintiun": 21,
        "veintiuna": 21,
        "docena": 12,
        "medio": 0.5,
    }


VALUES: dict[str, dict[str, float]] = {"en": _english(), "es": _spanish()}
SCALES: dict[str, dict[str, int]] = {
    "en": {
        "hundred": 100,
        "thousand": 1000,
        "k": 1000,
        "million": 10**6,
        "mn": 10**6,
        "m": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
        "tn": 10**12,
    },
    # A Spanish billón is a million millions.
    "es": {
        "mil": 1000,
        "millon": 10**6,
        "millones": 10**6,
        "mdp": 10**6,
        "mdd": 10**6,
        "billon": 10**12,
        "billones": 10**12,
    },
}
LONE_SCALES: dict[str, frozenset[str]] = {"en": frozenset(), "es": frozenset({"mil"})}
JOINERS: dict[str, frozenset[str]] = {"en": frozenset({"and"}), "es": frozenset({"y"})}

CURRENCY_SIGNS = {"$": "$", "US$": "dollar", "€": "euro", "£": "pound"}
WHOLE_CURRENCIES = frozenset({"$", "dollar", "euro", "peso", "pound"})

_CURRENCIES = {
    "dollar": "dollar dollars dolar dolares",
    "euro": "euro euros €",
    "peso": "peso pesos",
    "pound": "pounds libras",
    "$": "$",
}
_MEASURES = {
    "year": "year years ano anos",
    "month": "month months mes meses",
    "week": "week weeks semana semanas",
    "day": "day days dia dias",
    "hour": "hour hours hora horas",
    "minute": "minute minutes minuto minutos",
    "km": "km kilometer kilometers kilometre kilometres kilometro kilometros",
    "mile": "miles milla millas",
    "metre": "meter meters metre metres metro metros",
    "hectare": "hectare hectares hectarea hectareas",
    "tonne": "ton tons tonne tonnes tonelada toneladas",
    "kg": "kg kilo kilos kilogram kilograms kilogramo kilogramos",
    "litre": "liter liters litre litres litro litros",
    "degree": "degrees grados",
}


def _units() -> dict[str, str]:
    units = dict.fromkeys(
        ("%", "percent", "per cent", "pct", "por ciento", "percentage points", "puntos porcentuales"), "%"
    )
    for unit, words in (_CURRENCIES | _MEASURES).items():
        units |= dict.fromkeys(words.split(), unit)
    for currency, words in _CURRENCIES.items():
        for word in words.split():
            units |= dict.fromkeys((f"us {word}", f"de {word}", f"u s {word}"), currency)
    return units


UNITS: dict[str, str] = _units()
