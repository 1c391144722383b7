"""The one gate to other outlets' words: what the public, subscribers among it, may see of a passage, and what it may not.

Every page, feed and file that tells of a report asks here; the desk alone looks at `Report.text` itself. An outlet
without a basis of use is told by name, link and day. Of any other a passage is shown up to the outlet's limit or the
house's, whichever is smaller. What an editor withheld gives way to the day since which it is withheld; it takes the
report's headline along, since headlines repeat what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from careo.press.models import Report
from careo.record.models import Statement
from careo.record.withholding import Withheld, withheld_of
from careo.stories.style import Style

ADJOINING = (
    5  # characters between two passages that are one all the same: a blank, a line's end, quotation marks
)
FAR = 10**9  # a headline is no part of the text, whose whole is never shown


@dataclass(frozen=True, slots=True)
class InPublic:
    """What may be shown: `words` and the report's `headline`, each empty where it may not. `link`: where the report is
    to be read, empty for anything but a web address; `withheld_on`: since when an editor withholds the words; `office`:
    the speaker's, as a statement's report has it."""

    words: str
    headline: str
    link: str
    withheld_on: date | None = None
    office: str = ""

    @property
    def is_told(self) -> bool:
        """Whether more is told than outlet, link and day: with the words go the names and offices read from them."""
        return bool(self.words)


class Rights:
    """Over some reports, looked up in one query; asking about any other is a mistake of ours (KeyError)."""

    def __init__(self, reports: Iterable[Report], style: Style) -> None:
        known = {report.pk: report for report in reports}
        found = withheld_of(known.values())
        self._withheld = {number: found.get(number, Withheld()) for number in known}
        self._style = style

    def of_passage(self, report: Report, begin: int, end: int, *, after: int = 0) -> InPublic:
        """`after`: how many characters of a longer run of passages lie before this one, which the limit counts, too."""
        since = self._withheld[report.pk].since([(begin, end)])
        return self._of(report, report.text[begin:end], since, after=after)

    def of_statement(self, statement: Statement) -> InPublic:
        """Its content's words. Who said it may be what is withheld: source and cue count, and so does a name that is
        told elsewhere in the report ("the girl", where the girl's name is withheld)."""
        report = statement.report
        withheld = self._withheld[report.pk]
        spans = [*statement.source, *statement.cue, *statement.content]
        public = self._of(
            report, statement.wording, withheld.since(spans) or self.speaker_withheld(statement)
        )
        named = public.is_told and not withheld.of_name(statement.office, report.text)
        return replace(public, office=statement.office if named else "")

    def speaker_withheld(self, statement: Statement) -> date | None:
        """Since when the words are that alone tell the speaker's name."""
        withheld = self._withheld[statement.report_id]
        return withheld.of_name(statement.speaker, statement.report.text) if withheld.spans else None

    def _of(self, report: Report, words: str, since: date | None, *, after: int = 0) -> InPublic:
        withheld, outlet = self._withheld[report.pk], report.outlet
        limit = min(outlet.passage_limit, self._style.passage_limit) if outlet.has_basis else 0
        shown = "" if since else self._style.excerpt(words, whole=len(report.text), limit=limit - after)
        headline = "" if withheld else self._style.excerpt(report.headline, whole=FAR, limit=limit)
        return InPublic(shown, headline, _link(report), since)


def runs(spans: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Of passages of one report, each with how much of a run lies before it: those that overlap or adjoin are one run.

    >>> runs([(300, 400), (0, 100), (101, 200)])
    {(0, 100): 0, (101, 200): 101, (300, 400): 0}
    """
    found: dict[tuple[int, int], int] = {}
    first = reached = -ADJOINING - 1
    for begin, end in sorted(set(spans)):
        if begin > reached + ADJOINING:
            first = begin
        reached = end if begin == first else max(reached, end)
        found[begin, end] = begin - first
    return found


def of_statements(statements: Sequence[Statement], style: Style) -> list[InPublic]:
    """What may be shown of each, in their order; one query for all. Statements come with their reports and outlets."""
    rights = Rights([statement.report for statement in statements], style)
    return [rights.of_statement(statement) for statement in statements]


def _link(report: Report) -> str:
    return report.url if report.url.startswith(("https://", "http://")) else ""
