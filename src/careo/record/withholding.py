"""Which words of reports are withheld from public view, as editors have said it, row by row.

Only looked up here; `actions` withholds and lifts, `stories.rights` is where the public's pages ask.

>>> Withheld(spans=((3, 9, date(2026, 3, 5)),)).since([(0, 3)]) is None
True
>>> Withheld(spans=((3, 9, date(2026, 3, 5)),)).since([(0, 4)])
datetime.date(2026, 3, 5)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from careo.press.models import Report
from careo.record.models import Withholding

Spans = Iterable[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Of one report. `whole`: the day since which all of it is; `spans`: [begin, end) in code points, and the day."""

    whole: date | None = None
    spans: tuple[tuple[int, int, date], ...] = ()

    def __bool__(self) -> bool:
        return self.whole is not None or bool(self.spans)

    def since(self, passage: Spans) -> date | None:
        """The first day on which something was withheld that the passage shares a character with."""
        asked = list(passage)
        days = [day for b, e, day in self.spans for begin, end in asked if b < end and begin < e]
        return min([*days, *([self.whole] if self.whole else [])], default=None)

    def of_name(self, name: str, text: str) -> date | None:
        """Since when a name or an office is, that stands in the report's text in no place that is not withheld."""
        days = [self.since([place]) for place in places_of(name, text)] if self.spans else []
        told = [day for day in days if day]
        return max(told) if told and len(told) == len(days) else None


def withheld_of(reports: Iterable[Report]) -> dict[int, Withheld]:
    """What is withheld of each report (by number), in one query; reports of which nothing is are left out.

    Words withheld in one version of a report are withheld in every other, wherever they stand there.
    """
    asked = {report.pk: report for report in reports}
    if not asked:
        return {}
    addresses = {report.canonical_url for report in asked.values()}
    outlets = {report.outlet_id for report in asked.values()}
    rows = list(
        Withholding.objects.standing()
        .filter(Q(report__canonical_url__in=addresses) | Q(outlet__in=outlets, report=None))
        .select_related("report")
    )
    found = {number: _of(report, rows) for number, report in asked.items()} if rows else {}
    return {number: withheld for number, withheld in found.items() if withheld}


def _of(report: Report, rows: Iterable[Withholding]) -> Withheld:
    whole, spans = [], []
    for row in rows:
        day = timezone.localdate(row.at)
        if row.report is None:
            whole += [day] if row.outlet_id == report.outlet_id else []
        elif row.report.canonical_url == report.canonical_url:
            if row.begin is None:
                whole.append(day)
            else:
                spans += [(begin, end, day) for begin, end in _places(row, row.report, report)]
    return Withheld(min(whole, default=None), tuple(spans))


def _places(row: Withholding, own: Report, report: Report) -> Iterator[tuple[int, int]]:
    """Where the row's words stand in `report`, which may be another version than its `own`."""
    if row.report_id == report.pk:
        yield row.begin or 0, row.end or 0
        return
    yield from places_of(own.text[row.begin : row.end], report.text)


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, however they are spaced; none for nothing but blanks."""
    if pattern := r"\s+".join(map(re.escape, words.split())):
        yield from (hit.span() for hit in re.finditer(pattern, text))
