"""The statement of reasons that goes with each restriction, and the letter that brings it to the author."""

from __future__ import annotations

from dataclasses import dataclass

from careo.forum.log import name_of
from careo.forum.models import Post, Sanction, StatementOfReasons
from careo.forum.tasks import send_reasons
from careo.readers.models import Reader


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: the law or our rules, which of them, and how it came before us."""

    ground: str = StatementOfReasons.Ground.RULES
    rule: str = ""
    source: str = ""  # empty: as the post tells, flagged or seen


def state_for_post(
    post: Post, restriction: str, *, why: str, by: Reader | None, grounds: Grounds | None = None
) -> StatementOfReasons:
    grounds = grounds or Grounds()
    return _state(
        StatementOfReasons(
            reader=post.author,
            post=post,
            restriction=restriction,
            scope=name_of(post),
            facts=why,
            ground=grounds.ground,
            rule=grounds.rule,
            source=grounds.source or _source(post),
            by_machine=by is None,
            decided_by=by,
        )
    )


def state_for_sanction(
    sanction: Sanction, *, scope: str, grounds: Grounds | None = None
) -> StatementOfReasons:
    grounds = grounds or Grounds()
    return _state(
        StatementOfReasons(
            reader=sanction.reader,
            sanction=sanction,
            restriction=sanction.kind,
            scope=scope,
            ends_at=sanction.ends_at,
            facts=sanction.why,
            ground=grounds.ground,
            rule=grounds.rule,
            source=grounds.source or StatementOfReasons.Source.LOOK,
            decided_by=sanction.imposed_by,
        )
    )


def _state(reasons: StatementOfReasons) -> StatementOfReasons:
    reasons.save()
    send_reasons.enqueue(reasons.pk)
    return reasons


def _source(post: Post) -> str:
    flagged = post.flags.exists()
    return StatementOfReasons.Source.FLAG if flagged else StatementOfReasons.Source.LOOK
