"""When a page says it was published: an instant with its offset where it states one, a day where it states a day.

Nothing is padded: a clock time without a zone is only believed where another mark of the page gives the zone for the
same moment; otherwise its day alone is kept.

>>> stated(["2026-03-05T18:30:00+01:00"])
'2026-03-05T18:30:00+01:00'
>>> stated(["2026-03-05T18:30:00"]), stated(["2026-03-05T18:30:00", "2026-03-05T17:30:00Z"])
('2026-03-05', '2026-03-05T18:30:00+01:00')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FARTHEST = timedelta(hours=14)  # the offsets in use on earth: -12 to +14 hours
_STEP = timedelta(minutes=15)


def stated(texts: Iterable[str]) -> str | None:
    """ISO 8601 of the first text that is a date; the others lend it a zone if it has none."""
    readings = [reading for text in texts if (reading := read(text)) is not None]
    if not readings:
        return None
    first = readings[0]
    if not isinstance(first, datetime):
        return _sharper(first, readings)
    if first.tzinfo is None:
        zoned = _with_zone(first, readings)
        return zoned.isoformat(timespec="seconds") if zoned else first.date().isoformat()
    return first.isoformat(timespec="seconds")


def read(text: str) -> datetime | date | None:
    """A date as outlets write them for machines: ISO 8601 in its many spellings, or that of e-mail (RFC 5322)."""
    text = text.strip()
    try:
        if _DAY.fullmatch(text):
            return _sane(date.fromisoformat(text))
        return _sane(datetime.fromisoformat(text))
    except ValueError:
        pass
    try:
        return _sane(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError):
        return None


def instant(text: str | None) -> datetime | None:
    """The moment of an ISO text in UTC; of a bare day, its first. None for None."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _sharper(day: date, readings: list[datetime | date]) -> str:
    """A bare day, or the instant on that very day that a later mark of the page gives."""
    for other in readings:
        if isinstance(other, datetime) and other.tzinfo is not None and other.date() == day:
            return other.isoformat(timespec="seconds")
    return day.isoformat()


def _with_zone(naive: datetime, readings: list[datetime | date]) -> datetime | None:
    for other in readings:
        if isinstance(other, datetime) and other.tzinfo is not None:
            offset = naive.replace(tzinfo=UTC) - other
            if abs(offset) <= _FARTHEST and offset % _STEP == timedelta(0):
                return naive.replace(tzinfo=timezone(offset))
    return None


def _sane(value: datetime | date) -> datetime | date | None:
    """Years of print and web alone: an empty field of a publishing system is the year 1 or 9999."""
    if not 1600 <= value.year <= 2200:
        return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        value.astimezone(UTC)  # an offset that leads out of time is a ValueError here, not later
    return value
