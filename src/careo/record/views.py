"""The record at the desk: a report beside its statements, and the acts of an editor upon them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from careo.press.models import Report
from careo.reading.types import UNSURE
from careo.record import actions
from careo.record.access import at_the_desk, report_open_to, statement_open_to
from careo.record.errors import RecordError
from careo.record.forms import StatementForm
from careo.record.marking import Marked, paragraphs
from careo.record.models import Statement
from careo.record.places import places
from careo.record.spans import words_of
from careo.record.tasks import read_report
from careo.record.withholding import withheld_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A statement as the report's page lists it, under its number there."""

    number: int
    statement: Statement
    text: str

    @property
    def wording(self) -> str:
        return words_of(self.text, self.statement.content)

    @property
    def source_words(self) -> str:
        return words_of(self.text, self.statement.source)

    @property
    def rejected(self) -> bool:
        return self.statement.status == Statement.Status.REJECTED

    @property
    def unsure(self) -> bool:
        """Whether the machine itself doubts it: that orders an editor's work, nothing is dropped for its score."""
        scores = (self.statement.score, self.statement.speaker_score)
        return not self.statement.settled and any(score is not None and score < UNSURE for score in scores)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's text with its statements marked, beside their list."""
    shown = report_open_to(request.user, pk)
    statements = shown.statements.select_related("person", "settled_by").order_by("begin", "pk")
    listed = [Listed(number, statement, shown.text) for number, statement in enumerate(statements, 1)]
    context = {
        "report": shown,
        "paragraphs": paragraphs(shown.text, [_marked(one.statement, one.number) for one in listed]),
        "standing": [one for one in listed if not one.rejected],
        "rejected": [one for one in listed if one.rejected],
        "versions": _versions(shown),
        "places": places([shown]).get(shown.pk, []),
        "withheld": withheld_of([shown]).get(shown.pk),
    }
    return render(request, "record/report.html", context | furniture(shown))


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the report read once more; what editors settled stays."""
    shown = report_open_to(request.user, pk)
    read_report.enqueue(shown.pk)
    messages.success(request, "The report is being read again; what editors settled stays.")
    return redirect("record:report", shown.pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    statement = statement_open_to(request.user, pk)
    actions.confirm(statement, editor=at_the_desk(request.user))
    return _done(request, statement, "Confirmed")


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    statement = statement_open_to(request.user, pk)
    actions.reject(statement, editor=at_the_desk(request.user))
    return _done(request, statement, "Rejected")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to put a statement right, beside the report's text to choose words in."""
    statement = statement_open_to(request.user, pk)
    form = StatementForm(request.POST or None, report=statement.report, statement=statement)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(statement, form.wording(), editor=at_the_desk(request.user))
        except RecordError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, statement, "Corrected")
    return _form_page(request, form, statement.report, [_marked(statement)], "Correct a statement")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form, for a statement that was missed."""
    shown = report_open_to(request.user, pk)
    form = StatementForm(request.POST or None, report=shown)
    if request.method == "POST" and form.is_valid():
        try:
            statement = actions.add(shown, form.wording(), editor=at_the_desk(request.user))
        except RecordError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, statement, "Added")
    return _form_page(request, form, shown, [], "Add a statement")


def _form_page(
    request: HttpRequest, form: StatementForm, shown: Report, marked: list[Marked], title: str
) -> HttpResponse:
    context = {"form": form, "report": shown, "paragraphs": paragraphs(shown.text, marked)}
    status = 422 if form.is_bound else 200
    return render(request, "record/statement_form.html", context | furniture(shown, title), status=status)


def _done(request: HttpRequest, statement: Statement, what: str) -> HttpResponse:
    messages.success(request, f"{what}: “{statement.wording[:60]}”")
    return redirect(f"{reverse('record:report', args=[statement.report_id])}#statement-{statement.pk}")


def _marked(statement: Statement, number: int = 1) -> Marked:
    return Marked(
        number=number,
        key=statement.pk,
        source=statement.source,
        cue=statement.cue,
        content=statement.content,
        dropped=statement.status == Statement.Status.REJECTED,
    )


def _versions(shown: Report) -> list[Report]:
    same = Report.objects.filter(canonical_url=shown.canonical_url).only(
        "pk", "version", "captured_at", "is_current"
    )
    return list(same.order_by("version"))


def furniture(shown: Report, title: str = "") -> dict[str, Any]:
    """What Wagtail's slim header asks for."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("record:reports"), "label": "Incoming reports"},
        {"url": reverse("record:report", args=[shown.pk]) if title else "", "label": f"Report {shown.pk}"},
    ]
    if title:
        trail.append({"url": "", "label": title})
    return {
        "breadcrumbs_items": trail,
        "header_title": title or shown.headline,
        "header_icon": "doc-full-inverse",
    }
