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
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils import timezone

from careo.press.models import Report
from careo.reading.sentences import sentences
from careo.record.models import Withholding

Spans = Iterable[Sequence[int]]
_WORD = re.compile(r"\w+")
A_SENTENCE = 8  # words: whoever prints so many alike has copied them


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

    Words withheld in one version of a report are withheld in every other, wherever they stand there, and so is each
    whole sentence of them in any report: agencies' copy stands in many.
    """
    asked = {report.pk: report for report in reports}
    if not asked:
        return {}
    addresses = {report.canonical_url for report in asked.values()}
    outlets = {report.outlet_id for report in asked.values()}
    rows: list[Any] = list(
        Withholding.objects.standing()
        .filter(
            Q(report__canonical_url__in=addresses)
            | Q(outlet__in=outlets, report=None)
            | Q(begin__isnull=False)
        )
        .annotate(
            address=F("report__canonical_url"),
            taken=Substr("report__text", F("begin") + 1, F("end") - F("begin")),
        )
    )
    for row in rows:
        row.sentences = _sentences(row.taken or "")
    found = {number: _of(report, rows) for number, report in asked.items()} if rows else {}
    return {number: withheld for number, withheld in found.items() if withheld}


def _of(report: Report, rows: Iterable[Any]) -> Withheld:
    whole, spans = [], []
    plain = _plain(report.text)
    for row in rows:
        day = timezone.localdate(row.at)
        if row.begin is not None:
            spans += [
                (begin, end, day) for begin, end in (*_places(row, report), *_copies(row, report, plain))
            ]
        elif row.address == report.canonical_url or (
            row.report_id is None and row.outlet_id == report.outlet_id
        ):
            whole.append(day)
    return Withheld(min(whole, default=None), tuple(spans))


def _places(row: Any, report: Report) -> Iterator[tuple[int, int]]:
    """Where the row's words stand in the report, if that is its own or another version of it."""
    if row.report_id == report.pk:
        yield row.begin, row.end
    elif row.address == report.canonical_url:
        yield from places_of(row.taken, report.text)


def _copies(row: Any, report: Report, plain: str) -> Iterator[tuple[int, int]]:
    """Where a whole sentence of the row's words stands in the report; `plain` is the report's text without its signs."""
    for told in row.sentences:
        if _plain(told) in plain:  # which is far quicker than looking for the place
            pattern = r"\W+".join(_WORD.findall(told))
            yield from (hit.span() for hit in re.finditer(rf"\b{pattern}\b", report.text, re.IGNORECASE))


def _sentences(words: str) -> list[str]:
    """Those that are long enough to be known again."""
    told = [words[span.start : span.end] for span in sentences(words)]
    return [one for one in told if len(_WORD.findall(one)) >= A_SENTENCE]


def _plain(text: str) -> str:
    """Words in small letters, divided by single blanks, one before and behind."""
    return f" {' '.join(_WORD.findall(text))} ".casefold()


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, however they are spaced; none for nothing but blanks."""
    if pattern := r"\s+".join(map(re.escape, words.split())):
        yield from (hit.span() for hit in re.finditer(pattern, text))
