"""What a person has said, as far as stories that all may read have told it: one remark a row, newest first.

Nothing that only reports hold is told here. A remark is told where a story's open part cites it or sets it face to face;
the words are those the story shows of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from careo.edge.variants import PUBLIC
from careo.paper.listing import visible_stories
from careo.record.models import Person, Statement
from careo.stories.citations import CitedPassage
from careo.stories.models import Story


@dataclass(frozen=True, slots=True)
class Told:
    """One statement as its outlet printed it, with the stories that tell of it, newest first."""

    statement: Statement
    wording: str
    mark: str
    link: str
    day: date | None
    stories: tuple[Story, ...]


def remarks_of(person: Person) -> list[Told]:
    """All that is told of a person in public, the latest said first; of one day the latest told."""
    cited: dict[int, tuple[Statement, CitedPassage]] = {}
    stories: dict[int, dict[Story, None]] = {}
    for story, passage, said in _public_passages(person):
        cited.setdefault(said.pk, (said, passage))
        stories.setdefault(said.pk, {})[story] = None
    told = [_told(*cited[number], tuple(stories[number])) for number in cited]
    return sorted(told, key=lambda one: (one.day or date.min, one.statement.pk), reverse=True)


def people_in(story: Story) -> list[Person]:
    """Whoever a story's open part cites, in the order in which it does."""
    said = (
        passage.statement
        for cited in story.shown(PUBLIC).citations
        for passage in cited.passages
        if passage.statement and passage.statement.status != Statement.Status.REJECTED
    )
    numbers = dict.fromkeys(statement.person_id for statement in said if statement.person_id)
    found = Person.objects.in_bulk(list(numbers))
    return [found[number] for number in numbers]


def path_of(person: Person) -> str:
    """Where a person's page is; the name in it is for people, the number for us."""
    return reverse("paper:person", args=[person.pk, slugify(person.name) or "person"])


def everybody() -> Iterator[Person]:
    """Whoever has a page."""
    cited = Person.objects.filter(statements__citations__story__in=visible_stories()).distinct()
    return (person for person in cited if remarks_of(person))


def _public_passages(person: Person) -> Iterator[tuple[Story, CitedPassage, Statement]]:
    """The passages with a statement of this person that open parts of stories cite."""
    cites = Q(citations__statement__person=person)
    for story in visible_stories().filter(cites).distinct():
        for cited in story.shown(PUBLIC).citations:
            for passage in cited.passages:
                said = passage.statement
                if said and said.person_id == person.pk and said.status != Statement.Status.REJECTED:
                    yield story, passage, said


def _told(said: Statement, passage: CitedPassage, stories: tuple[Story, ...]) -> Told:
    one_day = said.said_granularity == "day"
    return Told(
        statement=said,
        wording=passage.excerpt,
        mark=passage.mark,
        link=passage.link,
        day=said.said_from if one_day else passage.published_on,
        stories=stories,
    )
