"""Which statements and reports a story tells of: worked out from its blocks, as far as one variant may see them.

Nothing that only reports hold is told. A statement is told where a passage holds its words, or where it stands face to
face; a report is rested on where it is cited or one of its statements stands face to face. What the open part tells is
kept in the catalogue, by way of `telling_of`; pages that show a draft, a closed part or a strip ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careo.edge.variants import PUBLIC, Variant
from careo.reading.folding import fold
from careo.record.models import Statement, StatementQuerySet
from careo.stories.citations import CitedPassage, passages
from careo.stories.models import Story
from careo.stories.rights import FAR, Rights
from careo.stories.shown import Shown, marks_in, statements_in
from careo.stories.style import Style

Blocks = dict[Story, list[object]]


@dataclass(frozen=True, slots=True)
class Telling:
    """Numbers of reports and of statements, each once, in the order of the story; `offices`: whose office it names."""

    reports: tuple[int, ...]
    statements: tuple[int, ...]
    offices: frozenset[int]


def telling_of(story: Story, laid: Shown | None = None) -> Telling:
    """What the open part tells; `laid` is that part, where the caller has it already.

    Rejected statements are in it, and what may not be shown: an editor may decide otherwise at any time, so both are
    asked when a page is drawn. Statements of those whose very name is withheld are not: no list may have it.
    """
    laid = laid or story.shown(PUBLIC)
    cited = [passage for one in laid.citations for passage in one.passages]
    faced = list(statements_in(_blocks_shown(story, PUBLIC)))
    reports = {
        one.pk: one for one in [*(passage.report for passage in cited), *(said.report for said in faced)]
    }
    rights = Rights(reports.values(), laid.style)
    told = [said for said in dict.fromkeys([*_cited(cited), *faced]) if not rights.speaker_withheld(said)]
    words = fold("\n".join([laid.text, *_in_the_houses_length(laid.style, cited)]))
    return Telling(
        tuple(reports),
        tuple(said.pk for said in told),
        frozenset(said.pk for said in told if said.office and fold(said.office) in words),
    )


def told_in(story: Story) -> list[Statement]:
    """The statements of people that the open part of a story tells, each once, in its order; a draft's, too."""
    return [said for said in statements_told(story, PUBLIC) if said.person_id]


def statements_told(story: Story, variant: Variant) -> list[Statement]:
    """The statements that what the variant may see tells, whoever made them, each once, in its order."""
    return told_by([story], variant)[story]


def told_by(stories: Sequence[Story], variant: Variant = PUBLIC) -> dict[Story, list[Statement]]:
    """What the variant may see of each story tells, whoever said it, in its order; in as many queries for twenty
    stories as for one, but for one more for each that sets statements face to face."""
    blocks = {story: _blocks_shown(story, variant) for story in stories}
    cited, faced = _cited_in(blocks), _faced_in(blocks)
    return {story: list(dict.fromkeys([*cited[story], *faced[story]])) for story in blocks}


def reports_under(story: Story) -> set[int]:
    """The reports that its open part cites or sets face to face, by number: a change in one may change what is told."""
    blocks = _blocks_shown(story, PUBLIC)
    cited = {mark.report for _, _, mark in marks_in(blocks)}
    return cited | {said.report_id for said in statements_in(blocks)}


def _in_the_houses_length(style: Style, cited: Iterable[CitedPassage]) -> list[str]:
    """The passages as far as the house shows any, whatever their outlets allow today."""
    return [style.excerpt(passage.text, whole=FAR) for passage in cited]


def _cited(found: Sequence[CitedPassage]) -> list[Statement]:
    wanted = Statement.objects.filter(report__in={passage.report.pk for passage in found})
    known = _by_report(wanted.only("report_id", "content", "office", "speaker"))
    return [said for passage in found for said in _told_by_passage(passage, known)]


def _cited_in(blocks: Blocks) -> dict[Story, list[Statement]]:
    """The statements whose words stand in a passage that the blocks cite."""
    marks = {story: [mark for _, _, mark in marks_in(open_)] for story, open_ in blocks.items()}
    style = next(iter(blocks)).house_style().as_style() if blocks else Style()
    found = passages((mark for cited in marks.values() for mark in cited), style)
    known = _by_report(_standing().filter(report__in={passage.report.pk for passage in found.values()}))
    return {
        story: [said for mark in cited if mark in found for said in _told_by_passage(found[mark], known)]
        for story, cited in marks.items()
    }


def _faced_in(blocks: Blocks) -> dict[Story, list[Statement]]:
    """The statements that the blocks set face to face."""
    numbers = {story: [said.pk for said in statements_in(open_)] for story, open_ in blocks.items()}
    standing = _standing().in_bulk({number for faced in numbers.values() for number in faced})
    return {
        story: [standing[number] for number in faced if number in standing]
        for story, faced in numbers.items()
    }


def _by_report(statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    known: dict[int, list[Statement]] = {}
    for said in statements:
        known.setdefault(said.report_id, []).append(said)
    return known


def _told_by_passage(passage: CitedPassage, known: dict[int, list[Statement]]) -> list[Statement]:
    return [said for said in known.get(passage.report.pk, ()) if _tells(passage, said)]


def _standing() -> StatementQuerySet:
    return Statement.objects.standing().with_reports()


def _tells(passage: CitedPassage, said: Statement) -> bool:
    """Whether the passage holds the statement's words, a mark at their ends aside: more is not shown than it shows."""
    if passage.statement is not None and passage.statement.pk == said.pk:
        return True
    inside = sum(max(0, min(end, passage.end) - max(begin, passage.begin)) for begin, end in said.content)
    return inside + 2 >= sum(end - begin for begin, end in said.content)


def _blocks_shown(story: Story, variant: Variant) -> list[object]:
    return list(story.body)[: story.limit(variant)]
