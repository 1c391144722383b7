"""Citations of a body: marks looked up, numbered in the order of the text, and the sources they come from.

A mark whose passage is not there (no such report, or words beyond its end) is no citation: its words stand as words,
and the check says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.text import slugify

from careo.press.models import Outlet, Report
from careo.record.models import Statement
from careo.stories.marks import Mark
from careo.stories.rights import InPublic, Rights, runs
from careo.stories.style import Style

FAR = 400  # code points between a statement's source and its content beyond which the content alone is the passage


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """Words of a report under a citation. `public` is all that may be shown of them; `mark` names the language.

    `report` and `text` are for the check and the desk: no public page draws words from them.
    """

    report: Report
    begin: int
    end: int
    statement: Statement | None
    public: InPublic
    mark: str

    @property
    def text(self) -> str:
        return self.report.text[self.begin : self.end]

    @property
    def excerpt(self) -> str:
        """The words that may be shown; empty where none may."""
        return self.public.words

    def at_the_desk(self, style: Style) -> str:
        """The words as an editor may read them, whatever the public may: cut by the style alone."""
        return style.excerpt(self.text, whole=len(self.report.text))

    @property
    def outlet(self) -> str:
        return self.report.outlet.name

    @property
    def language(self) -> str:
        return self.report.language

    @property
    def link(self) -> str:
        """Where the report can be read; empty for anything but a web address."""
        return self.public.link

    @property
    def published_on(self) -> date | None:
        return self.report.published_on


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of the story that rest on passages; `number` is its place in the body, from 1."""

    number: int
    words: str
    passages: tuple[CitedPassage, ...]


class Source(NamedTuple):
    """An outlet as the sources line names it, with the mark of its language; `number` is the outlet's key."""

    outlet: str
    mark: str
    number: int

    @property
    def slug(self) -> str:
        """The name as the address of the outlet's page has it."""
        return slugify(self.outlet) or "outlet"


def passages(marks: Iterable[Mark], style: Style) -> dict[Mark, CitedPassage]:
    """The passage of each mark that has one, in three queries however many there are."""
    wanted = set(marks)
    reports = Report.objects.select_related("outlet").in_bulk({mark.report for mark in wanted})
    statements = Statement.objects.in_bulk({mark.statement for mark in wanted if mark.statement})
    rights = Rights(reports.values(), style)
    before = {
        number: runs((mark.begin, mark.end) for mark in wanted if mark.report == number) for number in reports
    }
    found = {}
    for mark in wanted:
        report = reports.get(mark.report)
        if report and mark.end <= len(report.text):
            statement = statements.get(mark.statement or 0)
            own = statement if statement and statement.report_id == report.pk else None
            after = before[report.pk][mark.begin, mark.end]
            public = rights.of_passage(report, mark.begin, mark.end, after=after)
            found[mark] = CitedPassage(
                report, mark.begin, mark.end, own, public, style.language_mark(report.language)
            )
    return found


def mark_of(statement: Statement) -> Mark:
    """The mark that cites a whole statement: who said it, and what, unless the two stand far apart."""
    spans = [*statement.source, *statement.cue, *statement.content]
    begin, end = min(span[0] for span in spans), max(span[1] for span in spans)
    inner, outer = min(b for b, _ in statement.content), max(e for _, e in statement.content)
    if inner - begin > FAR or end - outer > FAR:
        begin, end = inner, outer
    return Mark(statement.report_id, begin, end, statement.pk)


def sources(told: Sequence[tuple[Outlet, str]], style: Style) -> tuple[Source, ...]:
    """The outlets of (outlet, language), each once a language, in the order of the house."""
    named: dict[tuple[str, str], Source] = {}
    for outlet, language in told:
        mark = style.language_mark(language)
        named.setdefault((outlet.name, mark), Source(outlet.name, mark, outlet.pk))
    sorted_by_name = sorted(named.values(), key=lambda source: source.outlet.casefold())
    return tuple(named.values()) if style.order == "cited" else tuple(sorted_by_name)
