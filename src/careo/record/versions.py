"""What an editor settled in a report goes over to its next version, wherever the words still stand there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from careo.press.models import Report
from careo.record.errors import WordsNotInReport
from careo.record.models import Statement
from careo.record.spans import find, kept

SPANS = ("source", "cue", "content", "found")


def carry_over(report: Report) -> None:
    """Copy settled and held statements of the version before into `report`; those whose words are gone stay behind."""
    before = (
        Report.objects.filter(canonical_url=report.canonical_url, version__lt=report.version)
        .order_by("-version")
        .first()
    )
    if before is None:
        return
    for old in before.statements.filter(~Q(status=Statement.Status.SUGGESTED) | Q(held=True)).select_related(
        "report"
    ):
        _carry(old, report)


def _carry(old: Statement, report: Report) -> None:
    same = {
        field.attname: getattr(old, field.attname)
        for field in Statement._meta.concrete_fields
        if not field.primary_key
    }
    moved = {name: _moved(getattr(old, name), before=old.report.text, after=report.text) for name in SPANS}
    if not moved["content"]:
        return
    begin = min(start for name in ("source", "cue", "content") for start, _ in moved[name])
    Statement.objects.create(**same | moved | {"report_id": report.pk, "begin": begin})


def _moved(spans: Sequence[Sequence[int]], *, before: str, after: str) -> list[list[int]]:
    """The same words in the other text, each nearest to its old place; none unless all of them are there."""
    try:
        return kept(span for begin, end in spans for span in find(before[begin:end], after, near=begin))
    except WordsNotInReport:
        return []
