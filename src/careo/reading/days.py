"""Stretches of days, and the arithmetic of the calendar that resolves "last week" or "en marzo".

>>> month(2024, 2).end
datetime.date(2024, 2, 29)

Weeks begin on Monday (ISO 8601); both ends of a stretch belong to it. What lies outside the calendar's years is None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from careo.reading.types import Days

VAGUE = Days(None, None, "vague")
Direction = Literal["past", "future", "untold"]
"""Where the tense points; "untold" where no verb says."""


def day(when: date) -> Days:
    return Days(when, when, "day")


def exact_day(year: int, month_number: int, day_number: int) -> Days | None:
    """The day, or None where there is none (the 31st of April)."""
    try:
        return day(date(year, month_number, day_number))
    except (ValueError, OverflowError):
        return None


def days_from(when: date, count: int) -> Days | None:
    """The day `count` days after `when`; before it where `count` is negative."""
    try:
        return day(when + timedelta(days=count))
    except OverflowError:
        return None


def week(when: date, offset: int = 0) -> Days | None:
    """The week of `when`, or another one `offset` weeks later."""
    try:
        monday = when - timedelta(days=when.weekday()) + timedelta(weeks=offset)
        return Days(monday, monday + timedelta(days=6), "week")
    except OverflowError:
        return None


def weekend(when: date, offset: int = 0) -> Days | None:
    """Saturday and Sunday of the week of `when`, or of another one; a stretch of days shorter than a week."""
    whole = week(when, offset)
    if whole is None or whole.end is None:
        return None
    return Days(whole.end - timedelta(days=1), whole.end, "day")


def month(year: int, number: int) -> Days | None:
    if not (MINYEAR <= year <= MAXYEAR and 1 <= number <= 12):
        return None
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def months_from(when: date, count: int) -> Days | None:
    years, index = divmod(when.month - 1 + count, 12)
    return month(when.year + years, index + 1)


def quarter(year: int, number: int) -> Days | None:
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    if first is None or last is None:
        return None
    return Days(first.start, last.end, "quarter")


def year(number: int) -> Days | None:
    return years(number, number)


def years(first: int, last: int) -> Days | None:
    """Whole years, such as a decade; their granularity is the year."""
    if not MINYEAR <= first <= last <= MAXYEAR:
        return None
    return Days(date(first, 1, 1), date(last, 12, 31), "year")


def nearest_weekday(when: date, weekday: int, direction: Direction) -> Days | None:
    """The weekday (Monday is 0) last reached or next to come; `when` itself is both. Untold: news tells of what was."""
    if direction == "future":
        return days_from(when, (weekday - when.weekday()) % 7)
    return days_from(when, -((when.weekday() - weekday) % 7))


def next_weekday(when: date, weekday: int) -> Days | None:
    """The weekday next to come after `when`."""
    return days_from(when, (weekday - when.weekday() - 1) % 7 + 1)


def nearest_month(when: date, number: int, direction: Direction) -> Days | None:
    """The month last begun, that of `when` included, or next to come; untold, the nearer one."""
    last, coming = when.year - (number > when.month), when.year + (number < when.month)
    if direction == "untold":
        direction = "past" if (when.month - number) % 12 <= (number - when.month) % 12 else "future"
    return month(last if direction == "past" else coming, number)


def nearest_date(
    when: date, month_number: int, day_number: int, direction: Direction, *, strictly: bool = False
) -> Days | None:
    """The 5th of March nearest to `when`; one on the side the tense does not point to counts as three months farther.

    `strictly` the side alone decides: "el pasado 31 de diciembre".
    """
    near = [
        found
        for year_number in (when.year - 1, when.year, when.year + 1)
        if (found := exact_day(year_number, month_number, day_number)) is not None
    ]
    if not near:
        return None

    def distance(found: Days) -> int:
        gap = (found.start - when).days if found.start else 0
        wrong_side = gap < 0 if direction == "future" else gap > 0
        return abs(gap) + ((1000 if strictly else 90) if wrong_side else 0)

    return min(near, key=distance)
