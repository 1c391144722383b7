"""English expressions of time and what they mean. Precedence is the order of the table."""

from __future__ import annotations

import re
from datetime import date

from careo.reading import days
from careo.reading.time_patterns import Context, Meaning, Table
from careo.reading.types import Days

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_MONTH = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_SURE_MONTH = _MONTH.replace("March|", "").replace("May|", "").replace("|Mar|", "|")
_WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?P<weekday>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\."
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_COUNT = (
    r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"thirty|forty|fifty|a few|several|a couple of|some|many)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,:/]\d)"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|midday))?"


def _month_number(match: re.Match[str]) -> int:
    head = match["month"][:3].lower()
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(head))


def _weekday_number(match: re.Match[str]) -> int:
    head = match["weekday"][:3].lower()
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(head))


def _count(match: re.Match[str]) -> int | None:
    said = match["count"].lower()
    if said.isdigit():
        return int(said)
    if said in ("a", "an"):
        return 1
    if said in _NUMBERS:
        return _NUMBERS.index(said)
    return _TENS.get(said)


def _full_date(match: re.Match[str], _: Context) -> Days | None:
    return days.exact_day(int(match["year"]), _month_number(match), int(match["day"]))


def _iso(match: re.Match[str], _: Context) -> Days | None:
    return days.exact_day(int(match["year"]), int(match["m"]), int(match["day"]))


def _slashed(match: re.Match[str], _: Context) -> Days | None:
    number = int(match["year"])
    return days.exact_day(
        number if number > 99 else 1900 + number + 100 * (number < 50), int(match["m"]), int(match["day"])
    )


def _date(match: re.Match[str], context: Context) -> Days | None:
    return days.nearest_date(context.published, _month_number(match), int(match["day"]), context.direction)


def _month_of_year(match: re.Match[str], _: Context) -> Days | None:
    return days.month(int(match["year"]), _month_number(match))


def _month(match: re.Match[str], context: Context) -> Days | None:
    which = (match.groupdict().get("which") or "").lower()
    if which in ("next", "coming"):
        return days.nearest_month(context.published, _month_number(match), "future")
    return days.nearest_month(
        context.published, _month_number(match), "past" if which == "last" else context.direction
    )


def _month_of_other_year(match: re.Match[str], context: Context) -> Days | None:
    return days.month(context.published.year + _step(match), _month_number(match))


def _weekday(match: re.Match[str], context: Context) -> Days | None:
    return days.nearest_weekday(context.published, _weekday_number(match), context.direction)


def _weekday_of(match: re.Match[str], context: Context) -> Days | None:
    which, number = match["which"].lower(), _weekday_number(match)
    if which in ("next", "coming"):
        return days.next_weekday(context.published, number)
    if which == "this":
        monday = days.week(context.published)
        return days.days_from(monday.start, number) if monday and monday.start else None
    found = days.nearest_weekday(context.published, number, "past")
    return days.days_from(context.published, -7) if found and found.start == context.published else found


def _offset_day(offset: int) -> Meaning:
    return lambda match, context: days.days_from(context.published, offset)


_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "current": 0,
    "the": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def _step(match: re.Match[str]) -> int:
    return _STEPS.get(match["which"].lower().split()[-1], 0)


def _unit(match: re.Match[str], context: Context) -> Days | None:
    return _shifted(context.published, match["unit"].lower(), _step(match))


def _shifted(when: date, unit: str, step: int) -> Days | None:
    """The day, week, month, quarter, year or decade `step` units after that of `when`."""
    unit = unit.rstrip("s")
    if unit == "day":
        return days.days_from(when, step)
    if unit == "week":
        return days.week(when, step)
    if unit == "weekend":
        return days.weekend(when, step)
    if unit == "month":
        return days.months_from(when, step)
    if unit == "quarter":
        years, index = divmod((when.month - 1) // 3 + step, 4)
        return days.quarter(when.year + years, index + 1)
    if unit == "decade":
        first = (when.year // 10 + step) * 10
        return days.years(first, first + 9)
    return days.year(when.year + step)


def _weekend(match: re.Match[str], context: Context) -> Days | None:
    """The weekend just over, unless it is not over yet or the tense points ahead."""
    over = context.direction == "past" and context.published.weekday() < 5
    return days.weekend(context.published, -1 if over else 0)


def _ago(match: re.Match[str], context: Context) -> Days | None:
    count = _count(match)
    if count == 1 and match["unit"].lower() == "year" and context.quarter and _counts_money(match):
        return _quarter_of(context.quarter, -1)  # "sales in the third quarter rose … from a year ago"
    return days.VAGUE if count is None else _shifted(context.published, match["unit"].lower(), -count)


def _from_now(match: re.Match[str], context: Context) -> Days | None:
    count = _count(match)
    return days.VAGUE if count is None else _shifted(context.published, match["unit"].lower(), count)


def _year(match: re.Match[str], _: Context) -> Days | None:
    return days.year(int(match["year"]))


def _decade(match: re.Match[str], _: Context) -> Days | None:
    first = int(match["decade"])
    first = first if first > 99 else 1900 + first
    return days.years(first, first + 9)


def _quarter(match: re.Match[str], context: Context) -> Days | None:
    number = _ORDINALS[match["ordinal"].lower()]
    if match.groupdict().get("year"):
        return days.quarter(int(match["year"]), number)
    published = context.published
    return days.quarter(published.year - (3 * number - 2 > published.month), number)


def _quarter_of_other_year(match: re.Match[str], context: Context) -> Days | None:
    return days.quarter(context.published.year + _step(match), _ORDINALS[match["ordinal"].lower()])


def _quarter_of(quarter: Days, years: int) -> Days | None:
    """The same quarter so many years later."""
    if quarter.start is None:
        return None
    return days.quarter(quarter.start.year + years, (quarter.start.month + 2) // 3)


def _counts_money(match: re.Match[str]) -> bool:
    """Whether sums or shares stand around the words, as in reports of a quarter's business."""
    return _MONEY.search(match.string, max(0, match.start() - _AROUND), match.end() + _AROUND) is not None


_MONEY = re.compile(
    r"[$€£%]|\b(?:percent|per cent|million|billion|cents|sales|revenue|profit|earnings|shipments|output)\b"
)
_AROUND = 120


def _the_quarter(match: re.Match[str], context: Context) -> Days | None:
    """ "The latest quarter": the one that the text speaks of."""
    return context.quarter


def _year_earlier(match: re.Match[str], context: Context) -> Days | None:
    """ "The year-earlier period", "the third quarter a year ago": of the quarter spoken of, else of the whole year."""
    if match.groupdict().get("ordinal"):
        quarter = _quarter(match, context)
        return _quarter_of(quarter, -1) if quarter else None
    return _quarter_of(context.quarter, -1) if context.quarter else days.year(context.published.year - 1)


def _quarter_in(match: re.Match[str], context: Context) -> Days | None:
    """ "The 1988 quarter", "the 1988 second quarter"."""
    year = int(match["year"])
    if match["ordinal"]:
        return days.quarter(year, _ORDINALS[match["ordinal"].lower()])
    if context.quarter is None or context.quarter.start is None:
        return days.year(year)
    return _quarter_of(context.quarter, year - context.quarter.start.year)


def _following(match: re.Match[str], context: Context) -> Days | None:
    """ "The following month": counted from what was told last, where that is told as exactly."""
    unit, last = match["unit"].lower(), context.last
    if last is None or last.end is None or _FINENESS.index(last.granularity) > _FINENESS.index(unit):
        return days.VAGUE
    return _shifted(last.end, unit, 1)


_FINENESS = ("day", "week", "month", "quarter", "year")


def _century(match: re.Match[str], _: Context) -> Days | None:
    first = 100 * (int(match["century"]) - 1)
    return days.years(max(first, 1), first + 99)


def _spelt_decade(match: re.Match[str], _: Context) -> Days | None:
    first = 1900 + 10 * (2 + _SPELT_DECADES.index(match["spelt"].lower()))
    return days.years(first, first + 9)


_SPELT_DECADES = (
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
)


def _vague(match: re.Match[str], context: Context) -> Days | None:
    return days.VAGUE


_UNIT = r"(?P<unit>week(?:end)?|month|quarter|year|decade)\b"

ENGLISH = Table(
    [
        (r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b", _iso, False),
        (r"(?P<m>[01]?\d)/(?P<day>[0-3]?\d)/(?P<year>(?:19|20)?\d\d)\b", _slashed, False),
        (rf"(?:{_WEEKDAY}, )?{_MONTH} {_DAY},? {_YEAR}", _full_date, False),
        (rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}", _full_date, False),
        (rf"{_MONTH},? (?:of )?{_YEAR}", _month_of_year, False),
        (rf"{_MONTH} (?:of )?(?P<which>last|this|next) year", _month_of_other_year, True),
        (rf"(?:{_WEEKDAY}, )?{_MONTH} {_DAY}", _date, True),
        (rf"{_DAY} (?:of )?{_MONTH}", _date, True),
        (r"the day before yesterday", _offset_day(-2), True),
        (r"the day after tomorrow", _offset_day(2), True),
        (rf"yesterday{_PART}|last night|overnight", _offset_day(-1), True),
        (rf"tomorrow{_PART}", _offset_day(1), True),
        (r"today(?!['’]s)|today|tonight|this (?:morning|afternoon|evening)", _offset_day(0), True),
        (rf"(?P<which>last|next|this|this past|this coming) {_WEEKDAY}{_PART}", _weekday_of, True),
        (rf"{_WEEKDAY}{_PART}", _weekday, True),
        (_SHORT_WEEKDAY, _weekday, True),
        (
            r"(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter (?:of )?(?"
            r"P<which>last|this|next) year",
            _quarter_of_other_year,
            True,
        ),
        (
            rf"(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b(?!-)(?:(?: of)? {_YEAR})?",
            _quarter,
            True,
        ),
        (rf"the {_YEAR} (?:(?P<ordinal>first|second|third|fourth) )?(?:quarter|period)\b", _quarter_in, False),
        (
            r"(?:the )?year[- ](?:ago|earlier)"
            r"(?: (?:(?P<ordinal>first|second|third|fourth)[- ])?(?:quarter|period))?\b",
            _year_earlier,
            True,
        ),
        (
            r"(?:the )?(?:same|corresponding|comparable) (?:quarter|period) (?:of )?"
            r"(?:last year|a year (?:ago|earlier|before))",
            _year_earlier,
            True,
        ),
        (r"last year['’]s (?:quarter|period)\b", _year_earlier, True),
        (r"the (?:latest )?(?:quarter|period)\b(?!-)", _the_quarter, False),
        (r"the following (?P<unit>day|week|month|quarter|year)\b", _following, True),
        (rf"(?:earlier |later )?(?P<which>(?:the )?(?:last|next|this|previous|current|following|coming)) {_UNIT}", _unit, True),
        (r"(?:over )?the weekend\b", _weekend, True),
        (rf"(?P<which>last|next|this) {_MONTH}", _month, True),
        (rf"{_COUNT} (?P<unit>days?|weeks?|months?|years?|decades?) (?:ago|earlier|before)\b", _ago, True),
        (rf"{_COUNT} (?P<unit>days?|weeks?|months?|years?|decades?) (?:from now|later|hence)\b", _from_now, True),
        (r"(?:the )?(?:early |late |mid-?)?(?P<decade>1[5-9]\d0|20\d0)['’]?s\b", _decade, False),
        (r"(?:the )?(?:early |late |mid-?)?['’](?P<decade>[2-9]0)s\b", _decade, False),
        (rf"(?:the )?(?:early |late |mid-?)?(?P<spelt>{'|'.join(_SPELT_DECADES)})\b", _spelt_decade, False),
        (r"(?:the )?(?P<century>[12]?\d)(?:st|nd|rd|th)[- ]century\b", _century, False),
        (rf"(?:early |late |mid-?){_MONTH}", _month, True),
        (_SURE_MONTH, _month, True),
        (r"(?:(?<=in )|(?<=since )|(?<=until )|(?<=of )|(?<=by )|(?<=last )|(?<=during ))(?P<month>March|May)\b", _month, True),
        (rf"(?:fiscal )?{_YEAR}(?![-.,:/]\d|%| (?:people|percent|votes|miles))", _year, False),
        (r"recently|lately|these days|in recent (?:days|weeks|months|years)|nowadays|soon\b", _vague, False),
    ],
    past=(
        r"\b(?:was|were|had|has|have|did|said|says|since|last|began|fell|rose|made|took|held|went|won|lost|"
        r"\w{2,}ed)\b"
    ),
    future=(
        r"\b(?:will|won['’]t|'ll|’ll|would|shall|going to|scheduled|upcoming|plans? to|planned for|set to|"
        r"expected to|is to|are to|due|until)\b"
    ),
)  # fmt: skip
