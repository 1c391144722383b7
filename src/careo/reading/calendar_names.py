"""Months and days of the week named without a year: the machine must choose one, and may choose another elsewhere.

>>> one = named_alone("June", Days(date(2025, 6, 1), date(2025, 6, 30), "month"))
>>> other = named_alone("en junio", Days(date(2026, 6, 1), date(2026, 6, 30), "month"))
>>> may_be_one(one, other)
True

In "last June" or "junio de 2024" nothing was left to choose. A day of the week is chosen within a week of publication, a
month within a year: two that lie further apart were not mixed up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from careo.reading.folding import fold
from careo.reading.types import Days

_PINNED = re.compile(
    r"\d{4}|\b(?:last|next|this|past|coming|previous|following|ago|since|year|pasad[oa]|proxim[oa]|ultim[oa]|est[ea]|"
    r"viene|entrante|siguiente|anterior|ano|hace)\b"
)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
    r"|noviembre|diciembre)\b"
)
_WEEKDAY = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|miercoles|jueves|viernes|sabado"
    r"|domingo)s?\b"
)
_A_YEAR, _A_WEEK = timedelta(days=366), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Named:
    """What was named, and the first day the machine chose for it. `day` is None where a whole month was."""

    first: date
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def named_alone(words: str, days: Days) -> Named | None:
    """The month, day of a month or day of the week that `words`, resolved to `days`, name without saying which one."""
    plain = fold(words)
    if days.start is None or days.granularity not in ("day", "month") or _PINNED.search(plain):
        return None
    first, one_day = days.start, days.granularity == "day"
    if _MONTH.search(plain):
        return Named(first, month=first.month, day=first.day if one_day else None)
    if one_day and _WEEKDAY.search(plain):
        return Named(first, weekday=first.weekday())
    return None


def may_be_one(a: Named, b: Named) -> bool:
    """Whether two names may mean one time, whichever year or week the machine chose for each."""
    if a.weekday is not None or b.weekday is not None:
        return a.weekday == b.weekday and abs(a.first - b.first) <= _A_WEEK
    days_agree = a.day is None or b.day is None or a.day == b.day
    return a.month == b.month and days_agree and abs(a.first - b.first) <= _A_YEAR
