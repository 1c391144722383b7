"""The desk's doors to stories: the check, beginning one from an event, and the citation chooser."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.modal_workflow import render_modal_workflow

from careo.desk.models import Event
from careo.press.models import Report
from careo.record.access import at_the_desk
from careo.stories import access, actions, citing, gate, marks
from careo.stories.check import check
from careo.stories.choosers import StatementFilter
from careo.stories.errors import StoriesError
from careo.stories.forms import BeginForm, OverrideForm


@require_http_methods(["GET", "POST"])
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings on a story's newest draft; POST overrides those that stop it, with a reason."""
    page = access.story_open_to(request.user, pk)
    story = page.get_latest_revision_as_object()
    form = OverrideForm(request.POST or None)
    may_override = page.permissions_for_user(request.user).can_publish()
    if request.method == "POST":
        if not may_override:
            raise PermissionDenied
        if form.is_valid():
            try:
                actions.override(story, editor=at_the_desk(request.user), reason=form.cleaned_data["reason"])
            except StoriesError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, "The findings will not stop this story. Publish it from its page.")
                return redirect("wagtailadmin_pages:edit", pk)
    findings = check(story)
    context = {
        "story": story,
        "findings": findings,
        "stopping": gate.standing(story, findings),
        "form": form,
        "may_override": may_override,
        "overrides": story.check_overrides.select_related("editor"),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[pk]),
    }
    return render(request, "stories/desk/check.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, event_id: int) -> HttpResponse:
    """Begin a story about an event in a section; its statements are at hand there."""
    editor = at_the_desk(request.user)
    event = get_object_or_404(Event.objects.standing(), pk=event_id)
    sections = access.sections_open_to(request.user)
    form = BeginForm(
        request.POST or None, sections=sections, initial={"title": event.title, "section": sections.first()}
    )
    if request.method == "POST" and form.is_valid():
        section = form.cleaned_data["section"]
        story = actions.begin(event, section=section, title=form.cleaned_data["title"], editor=editor)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    return render(request, "stories/desk/begin.html", {"event": event, "form": form, "sections": sections})


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """The open events, to begin a story from."""
    at_the_desk(request.user)
    open_events = Event.objects.open().order_by("-opened_at")[: citing.SHOWN]
    return render(request, "stories/desk/events.html", {"events": open_events})


@require_GET
def citing_modal(request: HttpRequest) -> HttpResponse:
    """The chooser, with the passages that the chosen words rest on already."""
    at_the_desk(request.user)
    form = StatementFilter(request.GET, auto_id="citing-%s")
    context = {
        "form": form,
        "words": request.GET.get("words", "")[:300],
        "results": _results(form),
    }
    told = citing.told(marks.parse(request.GET.get(marks.PASSAGES)))
    return render_modal_workflow(
        request, "stories/desk/citing.html", None, context, json_data={"step": "citing", "told": told}
    )


@require_GET
def citing_results(request: HttpRequest) -> HttpResponse:
    at_the_desk(request.user)
    return render(
        request,
        "stories/desk/_citing_results.html",
        {"results": _results(StatementFilter(request.GET, auto_id="citing-%s"))},
    )


@require_GET
def citing_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report's text, of which any words may be chosen."""
    at_the_desk(request.user)
    report = get_object_or_404(Report.objects.select_related("outlet"), pk=pk)
    return render(request, "stories/desk/_citing_report.html", {"report": report})


@require_GET
def told(request: HttpRequest) -> JsonResponse:
    """What the passages of a mark say, for the editor's tooltip."""
    at_the_desk(request.user)
    return JsonResponse({"told": citing.told(marks.parse(request.GET.get(marks.PASSAGES)))})


def _results(form: StatementFilter) -> dict[str, object]:
    """What the filter finds; a filter that cannot be used (an event long gone) finds nothing, and says so."""
    if not form.is_valid():
        return {"statements": [], "reports": []}
    return {"statements": citing.statements(form), "reports": citing.reports(form)}
