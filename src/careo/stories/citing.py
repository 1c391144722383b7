"""What the citation chooser offers: statements and reports by event, outlet and words, and passages as they are told."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Q, QuerySet

from careo.press.models import Report
from careo.record.models import Statement
from careo.stories.choosers import StatementFilter, standing_statements
from careo.stories.citations import CitedPassage, mark_of, passages
from careo.stories.marks import Mark
from careo.stories.style import Style

SHOWN = 20  # of each kind: more cannot be looked through; the filters narrow
LOOKED_AT = 400  # statements among which those whose own words match come first
# Of a passage told in the chooser and the editor; what the public may not see, an editor sees all the same.
AT_THE_DESK = Style(passage_limit=240)


class Told(TypedDict):
    """A passage as the editor is told of it: plain text, to be put on the page as text."""

    mark: str
    outlet: str
    language: str
    wording: str
    speaker: str


class Offer(TypedDict):
    statement: Statement
    mark: Mark


def statements(form: StatementFilter) -> list[Offer]:
    """Statements the filter finds, those in whose own words it is found first."""
    found = form.filter(standing_statements())[:LOOKED_AT]
    words = [word.casefold() for word in form.search_query.split()] if form.search_query else []
    ranked = sorted(
        found, key=lambda one: not all(word in f"{one.speaker} {one}".casefold() for word in words)
    )
    return [Offer(statement=one, mark=mark_of(one)) for one in ranked[:SHOWN] if one.content]


def reports(form: StatementFilter) -> QuerySet[Report]:
    """Reports in their newest version, of any length of text."""
    chosen = form.cleaned_data
    found = Report.objects.current().select_related("outlet").order_by("-published_at", "-pk")
    if chosen["event"]:
        found = found.filter(placement__event=chosen["event"])
    if chosen["outlet"]:
        found = found.filter(outlet=chosen["outlet"])
    for word in chosen["q"].split():
        found = found.filter(Q(headline__icontains=word) | Q(text__icontains=word))
    return found[:SHOWN]


def told(marks: tuple[Mark, ...]) -> list[Told]:
    """Each mark with its passage; one without says so."""
    found = passages(marks, AT_THE_DESK)
    return [_told(mark, found.get(mark)) for mark in marks]


def _told(mark: Mark, passage: CitedPassage | None) -> Told:
    if passage is None:
        return Told(
            mark=str(mark), outlet="", language="", wording="This passage is not there any more.", speaker=""
        )
    return Told(
        mark=str(mark),
        outlet=passage.outlet,
        language=passage.language,
        wording=passage.at_the_desk(AT_THE_DESK),
        speaker=passage.statement.speaker if passage.statement else "",
    )
