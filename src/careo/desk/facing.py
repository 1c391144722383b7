"""An event's face-to-face as its page shows it: a row a remark, a column an outlet, relations put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from careo.desk.drawing import statements_in
from careo.desk.models import Event, Relation
from careo.press.models import Outlet
from careo.record.models import Statement

WORDS = {
    "same": "says the same as",
    "differs": "differs in detail from",
    "conflicts": "conflicts with",
    "follows": "is answered by",
    "none": "has nothing to do with",
}
TURNED = WORDS | {"follows": "answers"}
ITSELF = {
    "same": "is told alike by all",
    "differs": "is told with differing details",
    "conflicts": "is told in ways that conflict",
    "follows": "is told as it went on",
    "none": "is told alike by all",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row stands to another (`other`: its number; None when its own tellings differ)."""

    relation: Relation
    words: str
    other: int | None
    first: bool

    @property
    def settled(self) -> bool:
        return bool(self.relation.verdict)


@dataclass(slots=True)
class Row:
    """One remark: for each column, in its order, the statements by which that outlet tells it."""

    number: int
    remark: int
    cells: list[list[Statement]]
    standings: list[Standing] = field(default_factory=list)

    @property
    def tellings(self) -> list[Statement]:
        return [one for cell in self.cells for one in cell]

    @property
    def outlets(self) -> int:
        return sum(1 for cell in self.cells if cell)

    @property
    def speaker(self) -> str:
        """The fullest name any telling gives; nothing where none gives one."""
        return max((_name(one) for one in self.tellings), key=len)

    @property
    def source(self) -> Statement:
        """A telling whose words for who said it may stand where nobody is named."""
        return next((one for one in self.tellings if one.source), self.tellings[0])

    @property
    def said_on(self) -> Statement | None:
        """A telling that says when, the most exact one."""
        dated = [one for one in self.tellings if one.said_from and one.said_to]
        return min(dated, key=lambda one: one.said_to - one.said_from, default=None)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class FaceToFace:
    outlets: list[Outlet]
    rows: list[Row]

    @property
    def shared(self) -> list[Row]:
        """Told by several outlets, or standing to another remark."""
        return [row for row in self.rows if row.outlets > 1 or row.standings]

    @property
    def alone(self) -> list[Row]:
        return [row for row in self.rows if not (row.outlets > 1 or row.standings)]


def face_to_face(event: Event) -> FaceToFace:
    """In two queries. Statements that are not drawn yet are left out; they come with the next drawing."""
    statements = [one for one in statements_in(event) if one.remark_id]
    outlets = sorted({one.report.outlet for one in statements}, key=lambda outlet: outlet.name)
    told: defaultdict[int, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.remark_id:
            told[one.remark_id].append(one)
    rows = [_row(remark, tellings, outlets) for remark, tellings in told.items()]
    rows.sort(key=lambda row: (-row.outlets, row.remark))
    for number, row in enumerate(rows, 1):
        row.number = number
    _stand(
        rows,
        list(
            Relation.objects.filter(first__in=told, second__in=told)
            .select_related("settled_by")
            .order_by("pk")
        ),
    )
    return FaceToFace(outlets, rows)


def _row(remark: int, tellings: Sequence[Statement], outlets: Sequence[Outlet]) -> Row:
    return Row(
        0, remark, [[one for one in tellings if one.report.outlet_id == outlet.pk] for outlet in outlets]
    )


def _stand(rows: Sequence[Row], relations: Sequence[Relation]) -> None:
    by_remark = {row.remark: row for row in rows}
    for relation in relations:
        first, second = by_remark[relation.first_id], by_remark[relation.second_id]
        kind = relation.verdict or relation.kind
        if first is second:
            first.standings.append(Standing(relation, ITSELF[kind], None, True))
            continue
        first.standings.append(Standing(relation, WORDS[kind], second.number, True))
        second.standings.append(Standing(relation, TURNED[kind], first.number, False))


def _name(statement: Statement) -> str:
    return statement.person.name if statement.person else statement.speaker
