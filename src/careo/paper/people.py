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

from careo.edge.variants import PUBLIC, Variant
from careo.paper.listing import visible_stories
from careo.record.models import Person, Statement, StatementQuerySet
from careo.stories.citations import CitedPassage
from careo.stories.models import Story
from careo.stories.shown import statements_in
from careo.stories.style import Style

# Laying a story out takes milliseconds, and a head of government speaks in thousands of them.
MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One statement as its outlet printed it, with the stories that tell of it, newest first."""

    statement: Statement
    wording: str
    mark: str
    stories: tuple[Story, ...]

    @property
    def link(self) -> str:
        """Where the report can be read; empty for anything but a web address."""
        url = self.statement.report.url
        return url if url.startswith(("https://", "http://")) else ""

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
    told = [_told(said, tuple(found)) for said, found in stories.items()]
    return sorted(told, key=lambda one: (one.day or date.min, one.statement.pk), reverse=True)


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
    for said in statements_told(story, variant):
        name = said.person.name if said.person else said.speaker
        found.setdefault(name, path_of(said.person) if said.person and said.person_id in open_to_all else "")
    return [(name, path) for name, path in found.items() if name]


def statements_told(story: Story, variant: Variant) -> list[Statement]:
    """The statements that what the variant may see tells, whoever made them, each once, in its order."""
    passages = [passage for cited in story.shown(variant).citations for passage in cited.passages]
    known: dict[int, list[Statement]] = {}
    reports = {passage.report.pk for passage in passages}
    for said in _standing().filter(report__in=reports):
        known.setdefault(said.report_id, []).append(said)
    cited = [
        said for passage in passages for said in known.get(passage.report.pk, ()) if _tells(passage, said)
    ]
    facing = [said.pk for said in statements_in(list(story.body)[: story.limit(variant)])]
    faced = _standing().filter(pk__in=facing)
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


def _told(said: Statement, stories: tuple[Story, ...]) -> Told:
    style: Style = stories[0].house_style().as_style()
    wording = style.excerpt(said.wording, whole=len(said.report.text))
    return Told(said, wording, style.language_mark(said.language), stories)
