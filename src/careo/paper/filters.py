"""By what a search can be narrowed: section, person, outlet and days of stories that all may read.

Only what the open parts of such stories tell is offered, and a value that is not among it narrows nothing: whoever
guesses at numbers learns no more from the answer than from the page of that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from careo.paper.catalogue import Resting, Told
from careo.paper.listing import beginning_of, visible_stories
from careo.press.models import Outlet
from careo.reading.folding import fold
from careo.record.models import Person
from careo.stories.models import Section

MOST_OFFERED = 200  # people, and outlets: those in most stories; the others are chosen on their own pages
LONGEST_NUMBER = 9  # digits, so that it is a number to either database
# The years in which a day may be asked for.
FIRST_YEAR, LAST_YEAR = 1600, 2999

Option = tuple[str, str]  # value and name


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search. `sections` are those of the paper; `not_days` is what was typed for a day and is none."""

    sections: tuple[Section, ...] = ()
    section: Section | None = None
    person: Person | None = None
    outlet: Outlet | None = None
    since: date | None = None
    until: date | None = None
    not_days: tuple[str, ...] = ()

    @classmethod
    def asked(cls, form: Mapping[str, str], sections: tuple[Section, ...]) -> Filters:
        typed = {name: form.get(name, "").strip()[:40] for name in ("from", "to")}
        days = {name: _day(text) for name, text in typed.items()}
        return cls(
            sections=sections,
            section=next((one for one in sections if one.slug == form.get("section")), None),
            person=_person(form),
            outlet=_outlet(form),
            since=days["from"],
            until=days["to"],
            not_days=tuple(text for name, text in typed.items() if text and days[name] is None),
        )

    def __bool__(self) -> bool:
        return any((self.section, self.person, self.outlet, self.since, self.until))

    def narrow(self, stories: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the stories that pass; days are the paper's own, both included."""
        if self.section:
            stories = stories.child_of(self.section)  # type: ignore[attr-defined]  # Wagtail's, untyped
        if self.person:
            told = Told.objects.of_people().filter(statement__person=self.person)
            stories = stories.filter(pk__in=told.values("story"))
        if self.outlet:
            stories = stories.filter(
                pk__in=Resting.objects.filter(report__outlet=self.outlet).values("story")
            )
        if self.since:
            stories = stories.filter(first_published_at__gte=beginning_of(self.since))
        if self.until:
            stories = stories.filter(first_published_at__lt=beginning_of(self.until + timedelta(days=1)))
        return stories

    @property
    def values(self) -> dict[str, str]:
        """Those set, as an address says them."""
        said = {
            "section": self.section.slug if self.section else "",
            "person": str(self.person.pk) if self.person else "",
            "outlet": str(self.outlet.pk) if self.outlet else "",
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in said.items() if value}

    def in_sections(self) -> list[Option]:
        return [(section.slug, section.title) for section in self.sections]

    def people(self) -> list[Option]:
        """Those in most stories and the one chosen, by name."""
        rows = _heard().values_list("statement__person").annotate(stories=Count("story", distinct=True))
        return _offered(Person.objects.all(), rows.order_by("-stories", "statement__person"), self.person)

    def outlets(self) -> list[Option]:
        rows = _cited().values_list("report__outlet").annotate(stories=Count("story", distinct=True))
        return _offered(Outlet.objects.all(), rows.order_by("-stories", "report__outlet"), self.outlet)


def _heard() -> QuerySet[Told]:
    return Told.objects.of_people().filter(story__in=visible_stories().order_by().values("pk"))


def _cited() -> QuerySet[Resting]:
    return Resting.objects.filter(story__in=visible_stories().order_by().values("pk"))


def _person(form: Mapping[str, str]) -> Person | None:
    """The one asked for, where a story tells what that person said."""
    heard = _heard().filter(statement__person=_number(form, "person"))
    return Person.objects.filter(pk__in=heard.values("statement__person")).first()


def _outlet(form: Mapping[str, str]) -> Outlet | None:
    """The one asked for, where a story rests on it."""
    cited = _cited().filter(report__outlet=_number(form, "outlet"))
    return Outlet.objects.filter(pk__in=cited.values("report__outlet")).first()


def _offered(kind: QuerySet[Any], rows: QuerySet[Any], chosen: Person | Outlet | None) -> list[Option]:
    most = [number for number, _ in rows[:MOST_OFFERED]]
    options = {(str(one), name) for one, name in kind.filter(pk__in=most).values_list("pk", "name")}
    if chosen:
        options.add((str(chosen.pk), chosen.name))
    return sorted(options, key=lambda option: (fold(option[1]), int(option[0])))


def _number(form: Mapping[str, str], name: str) -> int | None:
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
