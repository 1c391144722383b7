"""What a person has said, as far as stories that all may read have told it: remarks by month, the latest first.

Nothing that only reports hold is told here. All of it comes from the catalogue, which holds what the open parts of
stories tell, and no story is laid out for it. How much of the outlets' words is shown, `stories.rights` says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from careo.edge.variants import Variant
from careo.paper.catalogue import Told
from careo.paper.listing import visible_stories
from careo.paper.telling import statements_told, told_in
from careo.reading.folding import fold
from careo.record.models import Person, Statement
from careo.stories.models import Story
from careo.stories.rights import InPublic, of_statements
from careo.stories.style import Style

# A head of government speaks in thousands of them; the others are found by search.
MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Quoted:
    """One statement as far as its outlet's words may be shown, with the stories that tell of it, newest first."""

    statement: Statement
    public: InPublic
    mark: str
    stories: tuple[Story, ...]

    @property
    def office(self) -> str:
        """The office in the outlet's words, where they may be shown."""
        return self.public.office

    @property
    def day(self) -> date | None:
        """When it was said, where the report tells the day; else when it was printed."""
        said = self.statement
        return said.said_from if said.said_granularity == "day" else said.report.published_on


@dataclass(frozen=True, slots=True)
class Wording:
    """Words with all who printed them so, a report once; `words` is empty where they may not be shown or are withheld."""

    words: str
    withheld_on: date | None
    language: str
    mark: str
    told: tuple[Quoted, ...]


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
    """A person's page: remarks by month, the offices held meanwhile (the latest first). Empty for nobody.

    `statements` are all that it was drawn from.
    """

    months: tuple[Month, ...] = ()
    offices: tuple[Held, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def remarks(self) -> list[Remark]:
        return [remark for month in self.months for remark in month.remarks]


def spoken_by(person: Person) -> Spoken:
    """What the newest stories tell of a person in public."""
    rows = _rows_of(person, MOST_STORIES)
    where: dict[Statement, list[Story]] = {}
    for story, told_there in rows.items():
        for row in told_there:
            where.setdefault(row.statement, []).append(story)
    quoted = newest_first(where)
    remarks = [_remark(some, list(rows)) for some in _remarks_apart(quoted)]
    remarks.sort(key=lambda remark: remark.day or date.min, reverse=True)
    named = {row.statement_id for some in rows.values() for row in some if row.names_office}
    offices = _offices(one for one in quoted if one.statement.pk in named)
    return Spoken(tuple(_by_month(remarks)), tuple(offices), tuple(where))


def telling(person: Person, most: int = MOST_STORIES) -> list[tuple[Story, list[Statement]]]:
    """The newest stories whose open part tells what the person said, newest first, each with those statements."""
    return [(story, [row.statement for row in rows]) for story, rows in _rows_of(person, most).items()]


def is_heard(person: Person) -> bool:
    """Whether a story that all may read tells what the person said: only then is the person's name ours to tell."""
    told = Told.objects.of_people().filter(statement__person=person)
    return told.filter(story__in=visible_stories().values("pk")).exists()


def newest_first(stories: Mapping[Statement, Iterable[Story]]) -> list[Quoted]:
    """Statements under the stories that tell them, as far as they may be shown; of one day the latest told first."""
    quoted = _quoted({said: tuple(found) for said, found in stories.items()})
    return sorted(quoted, key=lambda one: (one.day or date.min, one.statement.pk), reverse=True)


def people_in(story: Story) -> list[Person]:
    """Whoever the open part of a live story lets speak, in the order in which it does."""
    told = Told.objects.of_people().filter(story=story).order_by("number")
    said = (row.statement for row in told.select_related("statement__person"))
    return list(dict.fromkeys(one.person for one in said if one.person))


def people_heard(told: QuerySet[Told]) -> list[Person]:
    """The people whose statements these are, by name."""
    return by_name(Person.objects.filter(pk__in=told.values("statement__person")))


def by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (fold(person.name), person.pk))


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


def path_of(person: Person) -> str:
    """Where a person's page is; the name in it is for people, the number for us."""
    return reverse("paper:person", args=[person.pk, slugify(person.name) or "person"])


def _rows_of(person: Person, most: int) -> dict[Story, list[Told]]:
    """The newest stories that tell what the person said, newest first, each with its rows in its own order."""
    told = Told.objects.of_people().filter(statement__person=person)
    newest = {story.pk: story for story in visible_stories().filter(pk__in=told.values("story"))[:most]}
    rows: dict[Story, list[Told]] = {story: [] for story in newest.values()}
    there = told.filter(story__in=newest).order_by("number")
    for row in there.select_related("statement__report__outlet", "statement__person"):
        rows[newest[row.story_id]].append(row)
    return rows


def _quoted(stories: dict[Statement, tuple[Story, ...]]) -> list[Quoted]:
    if not stories:
        return []
    style: Style = next(iter(stories.values()))[0].house_style().as_style()  # one paper, one house style
    shown = of_statements(list(stories), style)
    return [
        Quoted(said, public, style.language_mark(said.language), found)
        for (said, found), public in zip(stories.items(), shown, strict=True)
    ]


def _remarks_apart(quoted: Iterable[Quoted]) -> list[list[Quoted]]:
    """The tellings of one remark together; a statement that nothing joins is one by itself. The latest first."""
    apart: dict[tuple[bool, int], list[Quoted]] = {}
    for one in sorted(quoted, key=lambda one: one.statement.pk, reverse=True):
        said = one.statement
        apart.setdefault((True, said.remark_id) if said.remark_id else (False, said.pk), []).append(one)
    return list(apart.values())


def _remark(quoted: Sequence[Quoted], newest: Sequence[Story]) -> Remark:
    first_told = sorted(quoted, key=lambda one: one.statement.pk)
    tell = {story for one in quoted for story in one.stories}
    return Remark(
        day=_day(one.statement for one in quoted),
        wordings=tuple(_wordings(first_told)),
        stories=tuple(story for story in newest if story in tell),
    )


def _day(statements: Iterable[Statement]) -> date | None:
    """The day that a report gives is better than the one on which another was printed."""
    said = list(statements)
    given = [one.said_from for one in said if one.said_granularity == "day" and one.said_from]
    printed = [day for one in said if (day := one.report.published_on)]
    return min(given or printed, default=None)


def _wordings(quoted: Iterable[Quoted]) -> Iterator[Wording]:
    """The same words, word for word, stand once with all who printed them; so does that they may not be shown."""
    apart: dict[tuple[str, date | None, str], dict[int, Quoted]] = {}
    for one in quoted:
        key = (one.public.words, one.public.withheld_on, one.statement.language)
        apart.setdefault(key, {}).setdefault(one.statement.report_id, one)
    for (words, withheld_on, language), told in apart.items():
        printed = tuple(told.values())
        yield Wording(words, withheld_on, language, printed[0].mark, printed)


def _by_month(remarks: Collection[Remark]) -> Iterator[Month]:
    for begins, some in groupby(remarks, key=lambda remark: remark.day and remark.day.replace(day=1)):
        yield Month(begins, tuple(some))


def _offices(quoted: Iterable[Quoted]) -> list[Held]:
    """Those that may be shown, of statements whose story names them."""
    days: dict[tuple[str, str], list[date]] = {}
    titles: dict[tuple[str, str], str] = {}
    for one in quoted:
        if one.office:
            key = (fold(one.office), one.statement.language)
            titles.setdefault(key, one.office)
            days.setdefault(key, []).extend([one.day] if one.day else [])
    held = [
        Held(title, key[1], min(days[key], default=None), max(days[key], default=None))
        for key, title in titles.items()
    ]
    return sorted(held, key=lambda one: one.last or date.min, reverse=True)
