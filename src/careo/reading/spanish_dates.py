"""Spanish expressions of time and what they mean. Precedence is the order of the table."""

from __future__ import annotations

import re
from datetime import date

from careo.reading import days
from careo.reading.time_patterns import Context, Meaning, Table
from careo.reading.types import Days

_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_NUMBERS = (
    "cero",
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
)
_TENS = {"una": 1, "uno": 1, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50}
_ORDINALS = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "último": 4}

_MONTH = r"(?P<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)\b"
_WEEKDAY = r"(?P<weekday>lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_COUNT = (
    r"(?P<count>\d{1,3}|un[ao]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|"
    r"catorce|quince|veinte|treinta|cuarenta|cincuenta|unos|unas|varios|varias|algunos|algunas|pocos|"
    r"pocas|muchos|muchas)"
)
_DAY = r"(?P<day>[0-3]?\d)º?\b(?![.,:/]\d)"
_UNIT = r"(?P<unit>d[íi]as?|semanas?|mes(?:es)?|trimestres?|años?|d[ée]cadas?|fin(?:es)? de semana)\b"
_PART = r"(?: por la (?:mañana|tarde|noche)| a la noche| (?:al )?mediod[íi]a| en la (?:mañana|tarde|noche))?"
_LAST = r"pasad[oa]|último|última"
_NEXT = r"pr[óo]xim[oa]|siguiente|entrante|que viene"


def _month_number(match: re.Match[str]) -> int:
    said = match["month"].lower()
    return 9 if said == "setiembre" else _MONTHS.index(said) + 1


def _weekday_number(match: re.Match[str]) -> int:
    head = match["weekday"][:2].lower()
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(head.replace("sa", "sá")))


def _count(match: re.Match[str]) -> int | None:
    said = match["count"].lower()
    if said.isdigit():
        return int(said)
    if said in _NUMBERS:
        return _NUMBERS.index(said)
    return _TENS.get(said)


def _step(match: re.Match[str]) -> int:
    """-1 for what is past, 1 for what is to come, 0 for "this"."""
    said = " ".join(
        part.lower() for part in (match.groupdict().get("which"), match.groupdict().get("after")) if part
    )
    if re.search(_LAST, said):
        return -1
    return 1 if re.search(_NEXT, said) else 0


def _full_date(match: re.Match[str], _: Context) -> Days | None:
    return days.exact_day(int(match["year"].replace(".", "")), _month_number(match), int(match["day"]))


def _numbered(match: re.Match[str], _: Context) -> Days | None:
    number = int(match["year"])
    return days.exact_day(
        number if number > 99 else 1900 + number + 100 * (number < 50), int(match["m"]), int(match["day"])
    )


def _date(match: re.Match[str], context: Context) -> Days | None:
    step = _step(match)
    direction = "past" if step < 0 else "future" if step > 0 else context.direction
    return days.nearest_date(
        context.published, _month_number(match), int(match["day"]), direction, strictly=step != 0
    )


def _date_of_this_month(match: re.Match[str], context: Context) -> Days | None:
    """ "El pasado día 5": the last 5th that has been; "el próximo día 5": the next one."""
    number, step, published = int(match["day"]), _step(match), context.published
    here = days.exact_day(published.year, published.month, number)
    if step < 0 and number > published.day:
        before = days.months_from(published, -1)
        return (
            days.exact_day(before.start.year, before.start.month, number) if before and before.start else None
        )
    if step > 0 and number <= published.day:
        after = days.months_from(published, 1)
        return days.exact_day(after.start.year, after.start.month, number) if after and after.start else None
    return here


def _month_of_year(match: re.Match[str], _: Context) -> Days | None:
    return days.month(int(match["year"].replace(".", "")), _month_number(match))


def _month(match: re.Match[str], context: Context) -> Days | None:
    step = _step(match)
    direction = "past" if step < 0 else "future" if step > 0 else context.direction
    return days.nearest_month(context.published, _month_number(match), direction)


def _month_of_other_year(match: re.Match[str], context: Context) -> Days | None:
    return days.month(context.published.year + _step(match), _month_number(match))


def _weekday(match: re.Match[str], context: Context) -> Days | None:
    number, step, published = _weekday_number(match), _step(match), context.published
    if step > 0:
        return days.next_weekday(published, number)
    found = days.nearest_weekday(published, number, "past" if step < 0 else context.direction)
    if step < 0 and found and found.start == published:
        return days.days_from(published, -7)
    return found


def _unit(match: re.Match[str], context: Context) -> Days | None:
    return _shifted(context.published, match["unit"].lower(), _step(match))


def _shifted(when: date, unit: str, step: int) -> Days | None:
    """The day, week, month, quarter, year or decade `step` units after that of `when`."""
    if unit.startswith(("dí", "di")):
        return days.days_from(when, step)
    if unit.startswith("semana"):
        return days.week(when, step)
    if unit.startswith("fin"):
        return days.weekend(when, step)
    if unit.startswith("mes"):
        return days.months_from(when, step)
    if unit.startswith("trim"):
        years, index = divmod((when.month - 1) // 3 + step, 4)
        return days.quarter(when.year + years, index + 1)
    if unit.startswith(("déc", "dec")):
        first = (when.year // 10 + step) * 10
        return days.years(first, first + 9)
    return days.year(when.year + step)


def _weekend(match: re.Match[str], context: Context) -> Days | None:
    """The weekend just over, unless it is not over yet or the tense points ahead."""
    over = context.direction == "past" and context.published.weekday() < 5
    return days.weekend(context.published, -1 if over else 0)


def _first_of_month(match: re.Match[str], context: Context) -> Days | None:
    return days.nearest_date(context.published, _month_number(match), 1, context.direction)


def _ago(match: re.Match[str], context: Context) -> Days | None:
    count = _count(match)
    return days.VAGUE if count is None else _shifted(context.published, match["unit"].lower(), -count)


def _from_now(match: re.Match[str], context: Context) -> Days | None:
    count = _count(match)
    return days.VAGUE if count is None else _shifted(context.published, match["unit"].lower(), count)


def _offset_day(offset: int) -> Meaning:
    return lambda match, context: days.days_from(context.published, offset)


def _year(match: re.Match[str], _: Context) -> Days | None:
    return days.year(int(match["year"].replace(".", "")))


def _century(match: re.Match[str], _: Context) -> Days | None:
    digits = [_ROMAN[letter] for letter in match["century"].upper()]
    number = sum(-one if one < later else one for one, later in zip(digits, [*digits[1:], 0], strict=True))
    return days.years(max(100 * (number - 1), 1), 100 * number - 1)


_ROMAN = {"X": 10, "V": 5, "I": 1}


def _decade(match: re.Match[str], _: Context) -> Days | None:
    said = match["decade"].lower()
    words = {
        "veinte": 20,
        "treinta": 30,
        "cuarenta": 40,
        "cincuenta": 50,
        "sesenta": 60,
        "setenta": 70,
        "ochenta": 80,
        "noventa": 90,
    }
    first = words.get(said) or int(said)
    first = first if first > 99 else 1900 + first
    return days.years(first, first + 9)


def _quarter(match: re.Match[str], context: Context) -> Days | None:
    number = _ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return days.quarter(int(match["year"]), number)
    if match["which"]:
        return days.quarter(context.published.year + _step(match), number)
    return days.quarter(context.published.year - (3 * number - 2 > context.published.month), number)


def _vague(match: re.Match[str], context: Context) -> Days | None:
    return days.VAGUE


_OF = r"(?: del? (?:año )?|, | )"

SPANISH = Table(
    [
        (r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b", _numbered, False),
        (r"(?P<day>[0-3]?\d)[/.-](?P<m>[01]?\d)[/.-](?P<year>(?:19|20)?\d\d)\b", _numbered, False),
        (
            rf"(?:el )?(?:{_WEEKDAY},? )?(?:d[íi]a )?{_DAY} de {_MONTH}{_OF}(?P<year>(?:1[5-9]|20)\d\d|"
            rf"[12]\.\d\d\d)\b",
            _full_date,
            False,
        ),
        (rf"(?:mes de )?{_MONTH} del? (?P<year>(?:1[5-9]|20)\d\d|[12]\.\d\d\d)\b", _month_of_year, False),
        (rf"{_MONTH} de(?:l| este) (?P<which>año pasado|pasado año|próximo año|año próximo|año)\b", _month_of_other_year, True),
        (
            rf"(?:el )?(?P<which>pasado |próximo )?(?:{_WEEKDAY},? )?(?:d[íi]a )?{_DAY} de {_MONTH}(?: (?"
            rf"P<after>pasado|último|próximo))?",
            _date,
            True,
        ),
        (rf"(?:el )?(?P<which>pasado|próximo) d[íi]a {_DAY}", _date_of_this_month, True),
        (rf"(?:el )?d[íi]a {_DAY}(?! (?:horas|días))", _date_of_this_month, True),
        (r"anteayer|antes de ayer|antier", _offset_day(-2), True),
        (rf"ayer{_PART}|anoche", _offset_day(-1), True),
        (r"pasado mañana", _offset_day(2), True),
        (r"hoy(?! en d[íi]a)(?: mismo)?|esta (?:mañana|tarde|noche|madrugada)", _offset_day(0), True),
        (r"(?<!la )(?<!por la )(?<!una )(?<!esta )mañana\b(?! (?:siguiente|del?))", _offset_day(1), True),
        (rf"(?:el |este |del )?(?P<which>pasad[oa]|últim[oa]|pr[óo]xim[oa]) {_WEEKDAY}{_PART}", _weekday, True),
        (rf"(?:el |este |los )?{_WEEKDAY} (?P<after>pasado|último|pr[óo]ximo|que viene|siguiente){_PART}", _weekday, True),
        (rf"(?:el |este )?{_WEEKDAY}{_PART}", _weekday, True),
        (
            rf"(?:el )?(?P<ordinal>primer|segundo|tercer|cuarto) trimestre(?: del?(?: (?P<which>este año|"
            rf"año pasado|pasado año|próximo año|año))?(?: {_YEAR})?)?",
            _quarter,
            True,
        ),
        (rf"(?:el )?(?P<which>pasado|próximo|este) (?:mes de )?{_MONTH}", _month, True),
        (rf"(?:el )?(?:primero|uno) de {_MONTH}", _first_of_month, True),
        (rf"(?:el |la )?(?P<which>pasad[oa]|últim[oa]|pr[óo]xim[oa]|este|esta|actual|presente) {_UNIT}", _unit, True),
        (rf"(?:el |la ){_UNIT} (?P<after>pasad[oa]|últim[oa]|pr[óo]xim[oa]|que viene|entrante|actual|en curso)", _unit, True),
        (rf"{_MONTH} (?P<after>pasado|último|próximo)\b", _month, True),
        (rf"hace (?:ya |casi |apenas |unos |más de |menos de )?{_COUNT} {_UNIT}", _ago, True),
        (rf"{_COUNT} {_UNIT} (?:atr[áa]s|antes)\b", _ago, True),
        (rf"dentro de {_COUNT} {_UNIT}", _from_now, True),
        (
            r"(?:los |la d[ée]cada de los )(?:años )?(?P<decade>veinte|treinta|cuarenta|cincuenta|sesenta|"
            r"setenta|ochenta|noventa|1[5-9]\d0|[2-9]0)\b(?! (?:y|por|%|días|años|minutos))",
            _decade,
            False,
        ),
        (r"(?:el )?siglo (?P<century>[XVI]{1,5})\b", _century, False),
        (r"años (?P<decade>veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|[2-9]0)\b", _decade, False),
        (r"(?:el |este )?fin(?:al)? de semana", _weekend, True),
        (rf"(?:mes de )?{_MONTH}", _month, True),
        (rf"(?:el año |del año )?{_YEAR}(?![-.,:/]\d| ?%| (?:personas|euros|pesetas|dólares|pesos|metros))", _year, False),
        (
            r"recientemente|últimamente|hace poco|hoy en d[íi]a|en los últimos (?:días|meses|años)|"
            r"pr[óo]ximamente|en breve",
            _vague,
            False,
        ),
    ],
    past=r"\b(?:\w{2,}(?:ó|aron|ieron|aba|aban|ido|ado)|fue|hubo|tuvo|dijo|hizo|vino|desde|es|son|ha|han)\b",
    future=(
        r"\b(?:\w{2,}(?:ar|er|ir|dr)(?:á|án|é|emos|ás|éis|ían?)|habrá|será|"
        r"vaya[n]?|va a|van a|próxim[oa]s?|tendrá|hará|previst[oa]|hasta|podría|debe|para el|"
        r"si(?=\s*$)|prevé|a partir del?)\b"
    ),
)  # fmt: skip
