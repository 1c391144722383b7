"""Put what several reports tell face to face: which statements tell one remark, and which differ or conflict.

The machine suggests, the editor decides: every relation has a score in 0..1 and the words it rests on (`why`).
`tellings.py` makes statements ready, `relating.py` judges two of them, this module goes through all pairs.

What a process has encoded once it keeps (`similarity.Remembering`): an event is compared anew with each report that
arrives. The demonstration's largest event, processor time on one core (2026-11):

    reports, statements       2, 14    3, 19    4, 24
    each compared afresh      44 ms    62 ms    89 ms
    as its reports arrive     46 ms    32 ms    48 ms
    compared once more        10 ms    21 ms    36 ms
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from careo.reading import similarity
from careo.reading.relating import RelationKind, judge
from careo.reading.similarity import Encoder
from careo.reading.tellings import Source, tellings
from careo.reading.types import Statement

__all__ = ["Comparison", "Relation", "RelationKind", "Told", "compare"]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in its report: `text` is the whole report's text, in which the statement's spans lie."""

    id: str
    report: str
    outlet: str
    language: str
    text: str
    published: date | None
    statement: Statement


@dataclass(frozen=True, slots=True)
class Relation:
    """How statement `b` stands to statement `a` (ids). For "follows", `b` answers `a`."""

    a: str
    b: str
    kind: RelationKind
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`remarks` holds every statement's id once, those told alone too, in the order they came."""

    remarks: tuple[tuple[str, ...], ...]
    relations: tuple[Relation, ...]


def compare(told: Sequence[Told], *, encoder: Encoder | None = None) -> Comparison:
    """Group `told` into remarks and relate them, a relation a pair at most.

    Without an encoder the shared one is loaded. The order of `told` decides nothing but the order of the answer.
    """
    if not told:
        return Comparison((), ())
    sources = [Source(one.statement, one.text, one.language, one.published) for one in told]
    made = tellings(sources, encoder or similarity.encoder())
    relations = []
    for first, second in combinations(range(len(told)), 2):
        same_report = told[first].report == told[second].report
        judged = judge(made[first], made[second], same_report=same_report)
        if judged is not None:
            a, b = (second, first) if judged.turned else (first, second)
            relations.append(
                Relation(told[a].id, told[b].id, judged.kind, round(judged.score, 3), judged.why)
            )
    remarks = _remarks(told, relations)
    return Comparison(remarks, tuple(one for one in relations if _holds(one, remarks)))


def _holds(relation: Relation, remarks: Sequence[tuple[str, ...]]) -> bool:
    """Two tellings are of one remark only as far as they were put into one."""
    if relation.kind not in ("same", "differs"):
        return True
    return any(relation.a in remark and relation.b in remark for remark in remarks)


def _remarks(told: Sequence[Told], relations: Sequence[Relation]) -> tuple[tuple[str, ...], ...]:
    """Join what tells one remark, the surest first; no report tells one remark twice."""
    remark = {one.id: [one.id] for one in told}
    report = {one.id: one.report for one in told}
    joining = [relation for relation in relations if relation.kind in ("same", "differs")]
    for relation in sorted(joining, key=lambda relation: -relation.score):
        one, other = remark[relation.a], remark[relation.b]
        if one is other or {report[id_] for id_ in one} & {report[id_] for id_ in other}:
            continue
        one.extend(other)
        for id_ in other:
            remark[id_] = one
    place = {one.id: at for at, one in enumerate(told)}
    groups = {id(group): tuple(sorted(group, key=place.__getitem__)) for group in remark.values()}
    return tuple(sorted(groups.values(), key=lambda group: place[group[0]]))
