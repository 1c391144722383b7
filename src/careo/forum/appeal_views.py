"""What an author asks about decisions, and what moderators ask of appeals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from careo.forum import appeals
from careo.forum.access import decision_about, restricted
from careo.forum.doors import moderators_door, reader_of, restricted_door
from careo.forum.errors import ForumError
from careo.forum.forms import AppealForm, SettleForm
from careo.forum.models import StatementOfReasons

DECISIONS = 200  # newest of a reader's


@restricted_door
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided about the reader, newest first."""
    found = restricted(request.user).reasons_given.select_related("appeal")[:DECISIONS]
    return render(request, "forum/decisions.html", {"decisions": found})


@restricted_door
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One of them with its reasons; a POST appeals against it."""
    found = decision_about(request.user, decision_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        appeals.appeal(found, form.cleaned_data["text"])
        messages.success(
            request,
            gettext("Your appeal is with somebody else than who decided. The answer comes by e-mail."),
        )
        return redirect(found)
    context = {"decision": found, "form": form, "obstacle": _obstacle(found)}
    return render(request, "forum/decision.html", context, status=422 if form.errors else 200)


def _obstacle(found: StatementOfReasons) -> ForumError | None:
    try:
        appeals.refuse_appeal(found)
    except ForumError as error:
        return error
    return None


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Grant an appeal or refuse it, with a reason; the button says which."""
    moderator = reader_of(request)
    found = appeals.to_settle(moderator, appeal_id)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        granted = request.POST.get("verdict") == "grant"
        appeals.settle(found, granted=granted, by=moderator, why=form.cleaned_data["why"])
        messages.success(request, gettext("The author is told."))
        return redirect("forum:moderation")
    context = {"appeal": found, "decision": found.reasons, "form": form}
    return render(request, "forum/settle_appeal.html", context, status=422 if form.errors else 200)
