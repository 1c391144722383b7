"""Acts of an editor upon events, remarks and relations: one transaction each, logged, the event drawn anew on commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import combinations, product
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from careo.desk.errors import MergeIntoItself, NothingChosen, TwoRemarksNeeded
from careo.desk.models import Bond, Event, Placement, Relation
from careo.desk.tasks import draw_event
from careo.press.models import Report
from careo.record.actions import hold
from careo.record.models import DeskLog, Remark, Statement


@transaction.atomic
def rename(event: Event, title: str, *, editor: AbstractBaseUser) -> None:
    before, event.title, event.language = event.title, title, ""
    event.save(update_fields=["title", "language"])
    _log("renamed", event, editor, {"before": before, "after": title})


@transaction.atomic
def close(event: Event, *, editor: AbstractBaseUser) -> None:
    """The machine puts no more reports into it."""
    if event.closed_at is None:
        event.closed_at = timezone.now()
        event.save(update_fields=["closed_at"])
        _log("closed", event, editor, {})


@transaction.atomic
def reopen(event: Event, *, editor: AbstractBaseUser) -> None:
    if event.closed_at is not None:
        event.closed_at = None
        event.save(update_fields=["closed_at"])
        _log("opened", event, editor, {})


@transaction.atomic
def move(reports: Sequence[Report], event: Event, *, editor: AbstractBaseUser) -> None:
    """Put reports into an event; the machine will not move them again. Raises NothingChosen."""
    if not reports:
        raise NothingChosen("report")
    keys = [report.pk for report in reports]
    left = set(Placement.objects.filter(report__in=keys).values_list("event", flat=True))
    for report in reports:
        Placement.objects.update_or_create(
            report=report, defaults={"event": event, "score": None, "placed_by_id": editor.pk}
        )
    _leave_rows(keys)
    _log("moved reports into", event, editor, {"reports": keys, "from": sorted(left)})
    _draw(left | {event.pk})


@transaction.atomic
def split(reports: Sequence[Report], title: str, *, editor: AbstractBaseUser) -> Event:
    """Open a new event with these reports. Raises NothingChosen."""
    if not reports:
        raise NothingChosen("report")
    event = Event.objects.create(title=title[:300] or reports[0].headline[:300])
    _log("opened", event, editor, {})
    move(reports, event, editor=editor)
    return event


@transaction.atomic
def merge(event: Event, into: Event, *, editor: AbstractBaseUser) -> None:
    """All reports, matters and relations go over; the emptied event only points to the other from now on."""
    if event.pk == into.pk:
        raise MergeIntoItself(event.title)
    reports = list(Report.objects.filter(placement__event=event))
    if reports:
        move(reports, into, editor=editor)
    event.matters.update(event=into)
    event.relations.update(event=into)
    event.merged.update(merged_into=into)
    event.merged_into = into
    event.save(update_fields=["merged_into"])  # not by a query alone: what shows the event is told of it
    _log("merged", event, editor, {"into": into.pk})


@transaction.atomic
def settle(relation: Relation, verdict: str, *, editor: AbstractBaseUser) -> None:
    """Record an editor's verdict ("none": they do not stand so); no later comparison overrides it."""
    before, relation.verdict, relation.settled_by_id = relation.verdict, verdict, editor.pk
    relation.save(update_fields=["verdict", "settled_by"])
    hold(_tellings(relation.first_id, relation.second_id))
    _log("settled", relation, editor, {"found": relation.kind, "before": before, "verdict": verdict})


@transaction.atomic
def relate(event: Event, remarks: Sequence[Remark], kind: str, *, editor: AbstractBaseUser) -> Relation:
    """A relation the machine missed or saw otherwise, from the first remark to the second. Raises TwoRemarksNeeded."""
    if len(remarks) != 2:
        raise TwoRemarksNeeded(len(remarks))
    first, second = remarks
    found = Relation.objects.filter(Q(first=first, second=second) | Q(first=second, second=first)).first()
    relation = found or Relation(event=event, kind=kind, found_by="editor")
    relation.first, relation.second = first, second
    relation.save()
    settle(relation, kind, editor=editor)
    return relation


@transaction.atomic
def join(event: Event, remarks: Sequence[Remark], *, editor: AbstractBaseUser) -> None:
    """These remarks are one: their tellings stay together whatever is compared later. Raises TwoRemarksNeeded."""
    if len(remarks) < 2:
        raise TwoRemarksNeeded(len(remarks))
    tellings = {remark.pk: list(_tellings(remark.pk)) for remark in remarks}
    for a, b in combinations(tellings.values(), 2):
        _bind(product(a, b), together=True, editor=editor)
    hold(one for some in tellings.values() for one in some)
    _log("joined", event, editor, {"remarks": list(tellings)})
    _draw({event.pk})


@transaction.atomic
def part(event: Event, statement: Statement, *, editor: AbstractBaseUser) -> None:
    """The statement tells another remark than the others of its row."""
    others = [one for one in _tellings(statement.remark_id) if one.pk != statement.pk]
    _bind(((statement, other) for other in others), together=False, editor=editor)
    hold([statement, *others])
    _log("parted", statement, editor, {"from": [other.pk for other in others]})
    _draw({event.pk})


def _leave_rows(reports: Sequence[int]) -> None:
    """Moved tellings leave the remarks they share with reports that stay, which keep their numbers."""
    moved = Statement.objects.filter(report__in=reports)
    staying = Statement.objects.exclude(report__in=reports).filter(
        report__is_current=True, remark__in=moved.values("remark")
    )
    moved.filter(remark__in=list(staying.values_list("remark", flat=True))).update(remark=None)


def _tellings(*remarks: int | None) -> Iterable[Statement]:
    return Statement.objects.standing().filter(remark__in=[key for key in remarks if key]).order_by("pk")


def _bind(pairs: Iterable[tuple[Statement, Statement]], *, together: bool, editor: AbstractBaseUser) -> None:
    for a, b in pairs:
        older, newer = sorted((a.pk, b.pk))
        Bond.objects.update_or_create(
            first_id=older, second_id=newer, defaults={"together": together, "editor_id": editor.pk}
        )


def _log(
    act: str, about: Event | Relation | Statement, editor: AbstractBaseUser, detail: dict[str, Any]
) -> None:
    thing = f"{about._meta.model_name} {about.pk}"
    DeskLog.objects.create(editor_id=editor.pk, act=act, about=thing, detail=detail)


def _draw(events: Iterable[int]) -> None:
    for key in sorted(events):
        transaction.on_commit(partial(draw_event.enqueue, key))
