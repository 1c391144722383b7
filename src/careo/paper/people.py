"""What a person has said, as far as stories that all may read have told it: one remark a row, the latest first.

Nothing that only reports hold is told here. A remark is told where the open part of a story cites a passage that holds
its words, or sets it face to face.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from careo.edge.variants import PUBLIC
from careo.paper.listing import visible_stories
from careo.record.models import Person, Statement, StatementQuerySet
from careo.stories.citations import CitedPassage
from careo.stories.models import Story
from careo.stories.rights import InPublic, of_statements
from careo.stories.shown import statements_in
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
    citing = Q(citations__report__statements__person=person)
    for story in visible_stories().filter(citing).distinct()[:MOST_STORIES]:
        for said in told_in(story):
            if said.person_id == person.pk:
                stories.setdefault(said, {})[story] = None
    told = _told({said: tuple(found) for said, found in stories.items()})
    return sorted(told, key=lambda one: (one.day or date.min, one.statement.pk), reverse=True)


def people_in(story: Story) -> list[Person]:
    """Whoever the open part of a story lets speak, in the order in which it does."""
    numbers = dict.fromkeys(said.person_id for said in told_in(story))
    found = Person.objects.in_bulk([number for number in numbers if number])
    return [found[number] for number in numbers if number]


def told_in(story: Story) -> list[Statement]:
    """The statements of people that the open part of a story tells, each once, in its order."""
    passages = [passage for cited in story.shown(PUBLIC).citations for passage in cited.passages]
    known: dict[int, list[Statement]] = {}
    reports = {passage.report.pk for passage in passages}
    for said in _standing().filter(report__in=reports).exclude(person=None):
        known.setdefault(said.report_id, []).append(said)
    cited = [
        said for passage in passages for said in known.get(passage.report.pk, ()) if _tells(passage, said)
    ]
    facing = [said.pk for said in statements_in(_open_blocks(story))]
    faced = _standing().filter(pk__in=facing).exclude(person=None)
    return list(dict.fromkeys([*cited, *faced]))


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


def _open_blocks(story: Story) -> list[object]:
    blocks = list(story.body)
    return blocks[: story.open_blocks] if story.is_closed else blocks


def _told(stories: dict[Statement, tuple[Story, ...]]) -> list[Told]:
    if not stories:
        return []
    style: Style = next(iter(stories.values()))[0].house_style().as_style()  # one paper, one house style
    shown = of_statements(list(stories), style)
    return [
        Told(said, public, style.language_mark(said.language), found)
        for (said, found), public in zip(stories.items(), shown, strict=True)
    ]
