"""What a person has said, as far as stories that all may read have told it: remarks by month, the latest first.

Nothing that only reports hold is told here. All of it comes from the catalogue, which holds what the open parts of
stories tell, and no story is laid out for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from careo.paper.catalogue import Told
from careo.paper.listing import visible_stories
from careo.press.models import Report
from careo.reading.folding import fold
from careo.record.models import Person, Statement
from careo.stories.models import Story
from careo.stories.style import Style

# A head of government speaks in thousands of them; the others are found by search.
MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """Words as one or more reports printed them. `text` is empty where they may not be shown; `mark` names the language."""

    text: str
    language: str
    mark: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One utterance with all its tellings, and the stories that tell of it, newest first."""

    day: date | None
    wordings: tuple[Wording, ...]
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The remarks of one month; `begins` is None for those whose day nobody gives."""

    begins: date | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An office as reports name it, and the days of the first and last of those remarks; not when it began or ended."""

    title: str
    language: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person's page: `count` remarks by month, the offices held meanwhile (the latest first). Empty for nobody."""

    months: tuple[Month, ...] = ()
    offices: tuple[Held, ...] = ()

    @property
    def remarks(self) -> list[Remark]:
        return [remark for month in self.months for remark in month.remarks]


def spoken_by(person: Person) -> Spoken:
    """What the newest stories tell of a person in public."""
    told = Told.objects.of_people().filter(statement__person=person)
    stories = {
        story.pk: story for story in visible_stories().filter(pk__in=told.values("story"))[:MOST_STORIES]
    }
    if not stories:
        return Spoken()
    rows = list(told.filter(story__in=stories).select_related("statement__report__outlet"))
    style = next(iter(stories.values())).house_style().as_style()
    remarks = [_remark(some, stories, style) for some in _remarks_apart(rows)]
    remarks.sort(key=lambda remark: remark.day or date.min, reverse=True)
    return Spoken(tuple(_by_month(remarks)), tuple(_offices(rows)))


def people_in(story: Story) -> list[Person]:
    """Whoever the open part of a live story lets speak, in the order in which it does."""
    told = Told.objects.of_people().filter(story=story).order_by("number")
    said = (row.statement for row in told.select_related("statement__person"))
    return list(dict.fromkeys(one.person for one in said if one.person))


def people_heard(told: QuerySet[Told]) -> list[Person]:
    """The people whose statements these are, by name."""
    found = Person.objects.filter(pk__in=told.values("statement__person"))
    return sorted(found, key=lambda person: (fold(person.name), person.pk))


def path_of(person: Person) -> str:
    """Where a person's page is; the name in it is for people, the number for us."""
    return reverse("paper:person", args=[person.pk, slugify(person.name) or "person"])


def day_of(said: Statement) -> date | None:
    """When it was said, where the report tells the day; else when it was printed."""
    return said.said_from if said.said_granularity == "day" else said.report.published_on


def _remarks_apart(rows: Iterable[Told]) -> list[list[Told]]:
    """The tellings of one remark together; a statement that nothing joins is one by itself. The latest first."""
    apart: dict[tuple[bool, int], list[Told]] = {}
    for row in sorted(rows, key=lambda row: row.statement_id, reverse=True):
        said = row.statement
        apart.setdefault((True, said.remark_id) if said.remark_id else (False, said.pk), []).append(row)
    return list(apart.values())


def _remark(rows: Sequence[Told], stories: dict[int, Story], style: Style) -> Remark:
    said = {row.statement_id: row.statement for row in sorted(rows, key=lambda row: row.statement_id)}
    tell = {row.story_id for row in rows}
    return Remark(
        day=_day(said.values()),
        wordings=tuple(_wordings(said.values(), style)),
        stories=tuple(story for number, story in stories.items() if number in tell),
    )


def _day(said: Collection[Statement]) -> date | None:
    """The day that a report gives is better than the one on which another was printed."""
    given = [one.said_from for one in said if one.said_granularity == "day" and one.said_from]
    printed = [day for one in said if (day := one.report.published_on)]
    return min(given or printed, default=None)


def _wordings(said: Iterable[Statement], style: Style) -> Iterable[Wording]:
    """The same words, word for word, stand once with all who printed them."""
    reports: dict[tuple[str, str], list[Report]] = {}
    for one in said:
        words = style.excerpt(one.wording, whole=len(one.report.text))
        reports.setdefault((words, one.language), []).append(one.report)
    for (words, language), printed in reports.items():
        yield Wording(words, language, style.language_mark(language), tuple(dict.fromkeys(printed)))


def _by_month(remarks: Sequence[Remark]) -> Iterable[Month]:
    for begins, some in groupby(remarks, key=lambda remark: remark.day and remark.day.replace(day=1)):
        yield Month(begins, tuple(some))


def _offices(rows: Iterable[Told]) -> list[Held]:
    days: dict[tuple[str, str], list[date]] = {}
    titles: dict[tuple[str, str], str] = {}
    for row in rows:
        said = row.statement
        if row.names_office and said.office:
            key = (fold(said.office), said.language)
            titles.setdefault(key, said.office)
            days.setdefault(key, []).extend([day] if (day := day_of(said)) else [])
    held = [
        Held(title, key[1], min(days[key], default=None), max(days[key], default=None))
        for key, title in titles.items()
    ]
    return sorted(held, key=lambda one: one.last or date.min, reverse=True)
