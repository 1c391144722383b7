"""Into which event a report goes when it comes in: the machine's placing, which never moves what is placed already."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.db.models import Max

from careo.desk.models import Event, Placement, ReportGist
from careo.press.models import Report
from careo.reading.likeness import Gist, gist
from careo.reading.placing import OpenEvent
from careo.reading.placing import place as best_of

# Open events a report is held against, the ones that moved last: some 10 KB of gist a report, read at each placing.
IN_PLAY = 200


def place(report: Report) -> Placement:
    """The report's placement: the one it has, else its earlier version's, else the event it is most like, else a new
    one under its headline."""
    placed = Placement.objects.filter(report=report).first() or _as_before(report)
    if placed:
        return placed
    own = _gist_of(report)
    found = best_of(own, _open_events())
    with transaction.atomic():
        if found is None:
            event, score = Event.objects.create(title=report.headline[:300], language=report.language), None
        else:
            event, score = Event.objects.get(pk=int(found.event)), found.score
        return Placement.objects.create(report=report, event=event, score=score)


def _as_before(report: Report) -> Placement | None:
    """A new version of a report stays where the version before it was put, by whomever."""
    before = (
        Placement.objects.filter(
            report__canonical_url=report.canonical_url, report__version__lt=report.version
        )
        .order_by("-report__version")
        .first()
    )
    if before is None:
        return None
    return Placement.objects.create(
        report=report, event=before.event, score=before.score, placed_by=before.placed_by
    )


def _gist_of(report: Report) -> Gist:
    kept = ReportGist.objects.filter(report=report).first()
    if kept:
        return Gist.from_json(kept.gist)
    made = gist(
        report.headline,
        report.text,
        report.language.partition("-")[0],
        report.published_at or report.captured_at,
    )
    ReportGist.objects.create(report=report, gist=made.to_json())
    return made


def _open_events() -> list[OpenEvent]:
    moved_last = (
        Event.objects.open()
        .annotate(moved=Max("placements__report__captured_at"))
        .order_by("-moved")
        .values_list("pk", flat=True)[:IN_PLAY]
    )
    gists: defaultdict[int, list[Gist]] = defaultdict(list)
    rows = ReportGist.objects.filter(report__placement__event__in=list(moved_last), report__is_current=True)
    for event, kept in rows.order_by("pk").values_list("report__placement__event", "gist"):
        gists[event].append(Gist.from_json(kept))
    return [OpenEvent(str(event), theirs) for event, theirs in gists.items()]
