"""Withholding at the desk: which words of a report the public is not shown, who said so and why, and lifting it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from careo.press.models import Report
from careo.record import actions
from careo.record.access import at_the_desk, report_open_to, withholding_open_to
from careo.record.errors import RecordError
from careo.record.marking import paragraphs
from careo.record.models import Withholding
from careo.record.views import furniture
from careo.record.withholding_form import WithholdForm

TITLE = "Withhold from public view"


@require_http_methods(["GET", "POST"])
def withheld(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was withheld of a report and its outlet, now or before; POST withholds more."""
    shown = report_open_to(request.user, pk)
    form = WithholdForm(request.POST or None, report=shown)
    if request.method == "POST" and form.is_valid():
        try:
            form.withhold(editor=at_the_desk(request.user))
        except RecordError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Withheld; what had been drawn with these words is dropped.")
            return redirect("record:withheld", shown.pk)
    rows = Withholding.objects.of(shown).select_related("report", "outlet", "lifts", "lifted_by")
    context = {"form": form, "report": shown, "paragraphs": paragraphs(shown.text, []), "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "record/withheld.html", context | furniture(shown, TITLE), status=status)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Show again what a row withholds. Back to the report from which it was asked, or another of the outlet's."""
    row = withholding_open_to(request.user, pk)
    try:
        actions.lift(row, editor=at_the_desk(request.user), reason=request.POST.get("reason", ""))
    except RecordError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Shown in public again; that it was withheld stays on record.")
    asked_from = request.POST.get("report", "")
    back = get_object_or_404(Report, pk=int(asked_from) if asked_from.isdecimal() else row.report_id)
    return redirect("record:withheld", back.pk)
