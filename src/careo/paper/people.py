"""What a person has said, as far as stories that all may read have told it: one remark a row, the latest first.

Nothing that only reports hold is told here. A remark is told where the open part of a story cites a passage that holds
its words, or sets it face to face.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from careo.edge.variants import PUBLIC, Variant
from careo.paper.listing import visible_stories
from careo.record.models import Person, Statement, StatementQuerySet
from careo.stories.citations import CitedPassage, passages
from careo.stories.models import Story
from careo.stories.rights import InPublic, of_statements
from careo.stories.shown import marks_in, statements_in
from careo.stories.style import Style

# Laying a story out takes milliseconds, and a head of government speaks in thousands of them.
MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One statement as far as its outlet's words may be shown, with the stories that tell of it, newest first."""

    statement: Statement
    public: InPublic
    mark: str
    stories: tuple[Story, ...]

    @property
    def office(self) -> str:
        """The office in the outlet's words, where they may be shown."""
        return self.statement.office if self.public.is_told else ""

    @property
    def day(self) -> date | None:
        """When it was said, where the report tells the day; else when it was printed."""
        said = self.statement
        return said.said_from if said.said_granularity == "day" else said.report.published_on


def remarks_of(person: Person) -> list[Told]:
    """What the newest stories tell of a person in public; of one day the latest told first."""
    stories: dict[Statement, dict[Story, None]] = {}
    for story, told_there in telling(person):
        for said in told_there:
            stories.setdefault(said, {})[story] = None
    return newest_first(stories)


def newest_first(stories: Mapping[Statement, Iterable[Story]]) -> list[Told]:
    """Statements under the stories that tell them, in the house's words; of one day the latest told first."""
    told = _told({said: tuple(found) for said, found in stories.items()})
    return sorted(told, key=lambda one: (one.day or date.min, one.statement.pk), reverse=True)


def telling(person: Person) -> Iterator[tuple[Story, list[Statement]]]:
    """The newest stories whose open part tells what the person said, newest first, each with those statements."""
    citing = Q(citations__report__statements__person=person)
    for story in visible_stories().filter(citing).distinct()[:MOST_STORIES]:
        if told_there := [said for said in told_in(story) if said.person_id == person.pk]:
            yield story, told_there


def people_in(story: Story) -> list[Person]:
    """Whoever the open part of a story lets speak, in the order in which it does."""
    numbers = dict.fromkeys(said.person_id for said in told_in(story))
    found = Person.objects.in_bulk([number for number in numbers if number])
    return [found[number] for number in numbers if number]


def told_in(story: Story) -> list[Statement]:
    """The statements of people that the open part of a story tells, each once, in its order."""
    return [said for said in statements_told(story, PUBLIC) if said.person_id]


def speakers_in(story: Story, variant: Variant) -> list[tuple[str, str]]:
    """Whoever speaks in what the variant may see, in its order: a name, and the path of the person's page, if it has one."""
    open_to_all = {said.person_id for said in told_in(story)}
    found: dict[str, str] = {}
    statements = statements_told(story, variant)
    for said, public in zip(
        statements, of_statements(statements, story.house_style().as_style()), strict=True
    ):
        if not public.is_told:
            continue
        name = said.person.name if said.person else said.speaker
        found.setdefault(name, path_of(said.person) if said.person and said.person_id in open_to_all else "")
    return [(name, path) for name, path in found.items() if name]


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


Blocks = dict[Story, list[object]]


def _cited_in(blocks: Blocks) -> dict[Story, list[Statement]]:
    """The statements whose words stand in a passage that the blocks cite."""
    marks = {story: [mark for _, _, mark in marks_in(open_)] for story, open_ in blocks.items()}
    style = next(iter(blocks)).house_style().as_style() if blocks else Style()
    found = passages((mark for cited in marks.values() for mark in cited), style)
    known: dict[int, list[Statement]] = {}
    for said in _standing().filter(report__in={passage.report.pk for passage in found.values()}):
        known.setdefault(said.report_id, []).append(said)
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


def _told_by_passage(passage: CitedPassage, known: dict[int, list[Statement]]) -> list[Statement]:
    return [said for said in known.get(passage.report.pk, ()) if _tells(passage, said)]


def path_of(person: Person) -> str:
    """Where a person's page is; the name in it is for people, the number for us."""
    return reverse("paper:person", args=[person.pk, slugify(person.name) or "person"])


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


def _told(stories: dict[Statement, tuple[Story, ...]]) -> list[Told]:
    if not stories:
        return []
    style: Style = next(iter(stories.values()))[0].house_style().as_style()  # one paper, one house style
    shown = of_statements(list(stories), style)
    return [
        Told(said, public, style.language_mark(said.language), found)
        for (said, found), public in zip(stories.items(), shown, strict=True)
    ]
