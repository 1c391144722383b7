"""Taking in what another outlet published: the page is kept byte for byte, its report once, each change as a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from careo.press import dates, duplicates, snapshots
from careo.press.extract import Extracted, extract
from careo.press.fetch import Fetched, fetch
from careo.press.limits import Limits
from careo.press.metadata import host_of
from careo.press.models import Outlet, Report, Shingle, Snapshot
from careo.press.pictures import Picture
from careo.press.signals import report_captured
from careo.press.wire import report_json

RECENT = timedelta(
    days=30
)  # a wire's copy is reprinted within days; older likenesses are anniversaries and stock text
CANDIDATES = 5  # texts compared in full for one new report
TRIES = 3  # two pages of one site under two hosts may still meet; the second finds the first's report on its next try


class Outcome(models.TextChoices):
    """What became of a page that was taken in."""

    NEW = "new", "New report"
    UNCHANGED = "unchanged", "Already kept, unchanged"
    NEW_VERSION = "new_version", "New version of a report"


@dataclass(frozen=True, slots=True)
class Captured:
    """The report that a page holds, in its current version, and whether it was new."""

    report: Report
    outcome: Outcome


def limits() -> Limits:
    """What the settings allow a fetch."""
    default = Limits()
    return Limits(
        size=getattr(settings, "CAREO_REPORT_LIMIT", default.size),
        seconds=getattr(settings, "CAREO_FETCH_SECONDS", default.seconds),
        hosts=tuple(getattr(settings, "CAREO_FETCH_HOSTS", ())),
    )


def capture(url: str, *, by: AbstractBaseUser | None = None) -> Captured:
    """Fetch a page and take it in. Raises PressError, or OSError where its bytes cannot be kept."""
    return take_in(fetch(url, limits=limits()), by=by)


def take_in(fetched: Fetched, *, by: AbstractBaseUser | None = None) -> Captured:
    """Keep a fetched page and its report. The same page again changes nothing; a changed headline or text is a
    new version. Raises PressError, or OSError where its bytes cannot be kept; then no report was made."""
    found = extract(fetched.body, url=fetched.url, content_type=fetched.content_type)
    sha256 = snapshots.keep(fetched.body)
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _record(fetched, found, sha256, by)
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def stored_json(report: Report) -> dict[str, Any]:
    """A kept report as the *report* object of docs/capture.md; its number stands in `id`, its version in `version`."""
    found = Extracted(
        url=report.url,
        canonical_url=report.canonical_url,
        outlet=report.outlet.name,
        language=report.language,
        headline=report.headline,
        standfirst=report.standfirst,
        authors=tuple(report.authors),
        published=report.published or None,
        modified=report.modified or None,
        text=report.text,
        images=tuple(Picture(**image) for image in report.images),
    )
    told = report_json(found, snapshot=report.snapshot.sha256, near_duplicate_of=report.near_duplicate_of_id)
    return told | {"id": report.pk, "version": report.version}


def _record(fetched: Fetched, found: Extracted, sha256: str, by: AbstractBaseUser | None) -> Captured:
    """Find the report or make its next version; within a transaction."""
    outlet = _outlet(found)
    current = _current(found)
    if current is not None and (current.headline, current.text) == (found.headline, found.text):
        return Captured(current, Outcome.UNCHANGED)
    report = _version(found, current, outlet, _snapshot(fetched, sha256), by)
    Shingle.objects.bulk_create(
        Shingle(report=report, hash=value) for value in duplicates.sample(report.text)
    )
    transaction.on_commit(partial(report_captured.send, sender=Report, report=report))
    return Captured(report, Outcome.NEW if current is None else Outcome.NEW_VERSION)


def _current(found: Extracted) -> Report | None:
    """The report's current version: by its canonical address, else by the one it was fetched from."""
    current = Report.objects.current()
    return (
        current.filter(canonical_url=found.canonical_url).first()
        or current.filter(Q(canonical_url=found.url) | Q(url=found.url)).order_by("pk").first()
    )


def _version(
    found: Extracted,
    current: Report | None,
    outlet: Outlet,
    snapshot: Snapshot,
    by: AbstractBaseUser | None,
) -> Report:
    canonical = current.canonical_url if current is not None else found.canonical_url
    latest = Report.objects.filter(canonical_url=canonical).aggregate(latest=Max("version"))["latest"] or 0
    Report.objects.filter(canonical_url=canonical, is_current=True).update(is_current=False)
    return Report.objects.create(
        outlet=outlet,
        url=found.url,
        canonical_url=canonical,
        version=latest + 1,
        headline=found.headline,
        standfirst=found.standfirst,
        authors=list(found.authors),
        published=found.published or "",
        published_at=dates.instant(found.published),
        modified=found.modified or "",
        language=found.language,
        text=found.text,
        images=[{"url": p.url, "caption": p.caption, "alt": p.alt, "credit": p.credit} for p in found.images],
        snapshot=snapshot,
        near_duplicate_of=near_duplicate_of(found.text, but=canonical),
        captured_by_id=by.pk if by is not None else None,
    )


def near_duplicate_of(text: str, *, but: str) -> Report | None:
    """The recent report of another address (than `but`) that prints the same text: the first that did."""
    wanted = duplicates.sample(text)
    if not wanted:
        return None
    alike = (
        Shingle.objects.filter(
            hash__in=wanted, report__is_current=True, report__captured_at__gte=timezone.now() - RECENT
        )
        .exclude(report__canonical_url=but)
        .values("report")
        .annotate(n=Count("pk"))
        .order_by("-n", "report")[:CANDIDATES]
    )
    candidates = Report.objects.filter(pk__in=[row["report"] for row in alike]).select_related(
        "near_duplicate_of"
    )
    return _best(text, candidates.order_by("pk"))


def _best(text: str, candidates: Iterable[Report]) -> Report | None:
    scored = [(duplicates.shared(text, report.text), report) for report in candidates]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < duplicates.NEAR:
        return None
    return best[1].near_duplicate_of or best[1]


def _snapshot(fetched: Fetched, sha256: str) -> Snapshot:
    snapshot, _made = Snapshot.objects.get_or_create(
        sha256=sha256,
        url=fetched.url,
        defaults={
            "fetched_at": fetched.fetched_at,
            "content_type": fetched.content_type[:200],
            "headers": [list(pair) for pair in fetched.headers],
            "size": len(fetched.body),
        },
    )
    return snapshot


def _outlet(found: Extracted) -> Outlet:
    """The outlet of the report's host, made if need be, and locked: of two captures of one page at one moment the
    second must see what the first has made."""
    parts = urlsplit(found.canonical_url)
    outlet, _made = Outlet.objects.get_or_create(
        host=host_of(found.canonical_url),
        defaults={
            "name": found.outlet,
            "language": found.language,
            "home_page": f"{parts.scheme}://{parts.netloc}/",
        },
    )
    return Outlet.objects.select_for_update().get(pk=outlet.pk)
