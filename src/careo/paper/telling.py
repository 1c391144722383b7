"""Which statements and reports the open part of a story tells of: worked out from the story as all may see it.

Nothing that only reports hold is told. A statement is told where a passage holds its words, or where it stands face to
face; a report is rested on where it is cited or one of its statements stands face to face.
"""

from __future__ import annotations

from dataclasses import dataclass

from careo.edge.variants import PUBLIC
from careo.reading.folding import fold
from careo.record.models import Statement
from careo.stories.citations import CitedPassage
from careo.stories.models import Story
from careo.stories.shown import Shown, statements_in


@dataclass(frozen=True, slots=True)
class Telling:
    """Numbers of reports and of statements, each once, in the order of the story; `offices`: whose office it names."""

    reports: tuple[int, ...]
    statements: tuple[int, ...]
    offices: frozenset[int]


def telling_of(story: Story, laid: Shown | None = None) -> Telling:
    """What the open part tells; `laid` is that part, where the caller has it already. Rejected statements are in it."""
    laid = laid or story.shown(PUBLIC)
    passages = [passage for cited in laid.citations for passage in cited.passages]
    faced = list(statements_in(_open_blocks(story)))
    told = list(dict.fromkeys([*_cited(passages), *faced]))
    words = fold("\n".join([laid.text, *(passage.excerpt for passage in passages)]))
    reports = dict.fromkeys(
        [*(passage.report.pk for passage in passages), *(said.report_id for said in faced)]
    )
    return Telling(
        tuple(reports),
        tuple(said.pk for said in told),
        frozenset(said.pk for said in told if said.office and fold(said.office) in words),
    )


def _cited(passages: list[CitedPassage]) -> list[Statement]:
    known: dict[int, list[Statement]] = {}
    wanted = Statement.objects.filter(report__in={passage.report.pk for passage in passages})
    for said in wanted.only("report_id", "content", "office"):
        known.setdefault(said.report_id, []).append(said)
    return [
        said for passage in passages for said in known.get(passage.report.pk, ()) if _tells(passage, said)
    ]


def _tells(passage: CitedPassage, said: Statement) -> bool:
    """Whether the passage holds the statement's words, a mark at their ends aside: more is not shown than it shows."""
    if passage.statement is not None and passage.statement.pk == said.pk:
        return True
    inside = sum(max(0, min(end, passage.end) - max(begin, passage.begin)) for begin, end in said.content)
    return inside + 2 >= sum(end - begin for begin, end in said.content)


def _open_blocks(story: Story) -> list[object]:
    blocks = list(story.body)
    return blocks[: story.open_blocks] if story.is_closed else blocks
