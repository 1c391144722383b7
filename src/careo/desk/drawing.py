"""Draw an event's face-to-face: its statements become remarks and relations, by the machine under the editors' word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from careo.desk.grouping import Pair, group
from careo.desk.models import Bond, Event, Relation
from careo.reading.compare import Comparison, compare
from careo.reading.compare import Relation as Suggested
from careo.record.models import Remark, Statement
from careo.record.telling import told

FOUND_BY = "careo.reading.compare"


def statements_in(event: Event) -> list[Statement]:
    """What stands in the current versions of the event's reports."""
    standing = Statement.objects.standing().filter(report__placement__event=event, report__is_current=True)
    return list(standing.with_reports().order_by("report__published_at", "report", "begin", "pk"))


def draw(event: Event) -> None:
    """Compare, then keep: rows are reused, so that a remark keeps its number and what editors said of it."""
    statements = statements_in(event)
    comparison = compare([told(one) for one in statements])
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        remarks = _keep_remarks(statements, comparison)
        _keep_relations(event, comparison.relations, remarks)
        event.compared_at, event.trouble = timezone.now(), ""
        event.save(update_fields=["compared_at", "trouble"])


def _keep_remarks(statements: Sequence[Statement], comparison: Comparison) -> dict[int, Remark]:
    """Statement's key → its remark."""
    rows = {one.pk: one for one in statements}
    together, apart = _bonds(rows)
    groups = group(
        list(rows),
        machine=[[int(key) for key in members] for members in comparison.remarks],
        together=together,
        apart=apart,
    )
    free = _own_remarks(rows)
    placed: dict[int, Remark] = {}
    for members in sorted(groups, key=len, reverse=True):  # the largest keeps the number most of it has
        remark = _remark_for([rows[key] for key in members], free)
        Statement.objects.filter(pk__in=members).exclude(remark=remark).update(remark=remark)
        placed |= dict.fromkeys(members, remark)
    return placed


def _bonds(rows: dict[int, Statement]) -> tuple[list[Pair], list[Pair]]:
    """What editors joined and what they parted, said of these statements or of earlier versions of them."""
    now = {one.origin: one.pk for one in rows.values()}
    said = Bond.objects.filter(first__origin__in=now, second__origin__in=now).order_by("at", "pk")
    last = {
        (now[first], now[second]): together
        for first, second, together in said.values_list("first__origin", "second__origin", "together")
    }
    return [pair for pair, together in last.items() if together], [
        pair for pair, together in last.items() if not together
    ]


def _own_remarks(rows: dict[int, Statement]) -> dict[int, Remark]:
    """Remarks that nothing outside the event tells, by key: those that may be used again."""
    keys = {one.remark_id for one in rows.values()}
    elsewhere = (
        Statement.objects.standing().filter(remark__in=keys, report__is_current=True).exclude(pk__in=rows)
    )
    return Remark.objects.exclude(pk__in=elsewhere.values("remark")).in_bulk([key for key in keys if key])


def _remark_for(members: Sequence[Statement], free: dict[int, Remark]) -> Remark:
    votes = Counter(one.remark_id for one in members if one.remark_id in free)
    if not votes:
        return Remark.objects.create()
    key = min(votes, key=lambda remark: (-votes[remark], remark))
    return free.pop(key)


def _keep_relations(event: Event, suggested: Sequence[Suggested], remarks: dict[int, Remark]) -> None:
    """The best suggestion for two remarks is kept; what an editor settled is left as it stands."""
    keys = {remark.pk for remark in remarks.values()}
    rows = {
        frozenset((row.first_id, row.second_id)): row
        for row in Relation.objects.filter(first__in=keys, second__in=keys)
    }
    kept: set[frozenset[int]] = set()
    for one in sorted(suggested, key=lambda relation: -relation.score):
        a, b = int(one.a), int(one.b)
        pair = frozenset((remarks[a].pk, remarks[b].pk))
        if pair in kept or (len(pair) == 1 and one.kind == "same"):
            continue
        kept.add(pair)
        row = rows.get(pair) or Relation()
        if row.verdict:
            continue
        row.event, row.first, row.second, row.kind, row.score = (
            event,
            remarks[a],
            remarks[b],
            one.kind,
            one.score,
        )
        row.first_telling_id, row.second_telling_id, row.why, row.found_by = a, b, list(one.why), FOUND_BY
        row.save()
    gone = [row.pk for pair, row in rows.items() if pair not in kept and not row.verdict]
    left = Q(event=event, verdict="") & ~Q(first__in=keys, second__in=keys)  # a report was moved elsewhere
    Relation.objects.filter(Q(pk__in=gone) | left).delete()
