"""The desk's pages: an event face to face, and the acts of an editor upon it."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks
from wagtail.admin import messages

from careo.desk import actions
from careo.desk.access import event_open_to
from careo.desk.errors import DeskError
from careo.desk.facing import face_to_face
from careo.desk.forms import MergeForm, MoveForm, RemarksForm, TitleForm, VerdictForm
from careo.desk.models import Event, Placement, Relation
from careo.desk.tasks import draw_event
from careo.record.access import at_the_desk
from careo.record.models import Statement

# Others may put buttons into an event's header: functions of (event, user) that give Wagtail's `HeaderButton`s.
BUTTONS_HOOK = "careo_event_buttons"

VERDICTS = [
    ("same", "They say the same"),
    ("differs", "They differ in detail"),
    ("conflicts", "They conflict"),
    ("follows", "They are remark and answer"),
    ("none", "Nothing of the kind"),
]


@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """The event's reports, its remarks face to face, and the forms to put them right."""
    shown = event_open_to(request.user, pk)
    if shown.merged_into:
        messages.warning(request, f"“{shown.title}” was merged into this event.")
        return redirect("desk:event", shown.merged_into.pk)
    return _page(request, shown)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    shown, form = event_open_to(request.user, pk), TitleForm(request.POST)
    if not form.is_valid():
        return _refused(request, shown, form)
    actions.rename(shown, form.cleaned_data["title"], editor=at_the_desk(request.user))
    return _done(request, shown, "The event has a new title.")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    shown = event_open_to(request.user, pk)
    actions.close(shown, editor=at_the_desk(request.user))
    return _done(request, shown, "The event is closed: no further report is put into it but by hand.")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    shown = event_open_to(request.user, pk)
    actions.reopen(shown, editor=at_the_desk(request.user))
    return _done(request, shown, "The event is open again.")


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the face-to-face drawn once more; what editors settled stays."""
    shown = event_open_to(request.user, pk)
    draw_event.enqueue(shown.pk)
    return _done(request, shown, "The face-to-face is being drawn anew; what editors settled stays.")


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen reports go into another event, or into a new one."""
    shown, editor = event_open_to(request.user, pk), at_the_desk(request.user)
    form = MoveForm(shown, request.POST)
    if not form.is_valid():
        return _refused(request, shown, form)
    reports, into = list(form.cleaned_data["reports"]), form.cleaned_data["into"]
    try:
        if into is None:
            into = actions.split(reports, form.cleaned_data["title"], editor=editor)
        else:
            actions.move(reports, into, editor=editor)
    except DeskError as refusal:
        return _refused(request, shown, refusal)
    return _done(request, into, "The reports are in this event now.")


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    shown = event_open_to(request.user, pk)
    form = MergeForm(shown, request.POST)
    if not form.is_valid():
        return _refused(request, shown, form)
    into = form.cleaned_data["into"]
    actions.merge(shown, into, editor=at_the_desk(request.user))
    return _done(request, into, f"“{shown.title}” was merged into this event.")


@require_POST
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen rows are joined into one remark, or related to each other."""
    shown, editor = event_open_to(request.user, pk), at_the_desk(request.user)
    form = RemarksForm(shown, request.POST)
    if not form.is_valid():
        return _refused(request, shown, form)
    numbers = {row.remark: row.number for row in face_to_face(shown).rows}
    chosen = sorted(form.cleaned_data["remarks"], key=lambda remark: numbers.get(remark.pk, 0))
    kind = form.cleaned_data["act"]
    try:
        if kind == "join":
            actions.join(shown, chosen, editor=editor)
        elif kind == "answers":
            actions.relate(shown, chosen[::-1], "follows", editor=editor)
        else:
            actions.relate(shown, chosen, kind, editor=editor)
    except DeskError as refusal:
        return _refused(request, shown, refusal)
    return _done(request, shown, "The remarks are joined." if kind == "join" else "The relation is settled.")


@require_POST
def part(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """One telling leaves its row."""
    shown = event_open_to(request.user, pk)
    told = get_object_or_404(Statement.objects.standing(), pk=statement, report__placement__event=shown)
    actions.part(shown, told, editor=at_the_desk(request.user))
    return _done(request, shown, "It stands in a row of its own now.")


@require_POST
def settle(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """An editor's verdict on how two remarks stand to each other."""
    shown, form = event_open_to(request.user, pk), VerdictForm(request.POST)
    found = get_object_or_404(Relation, pk=relation, event=shown)
    if not form.is_valid():
        return _refused(request, shown, form)
    actions.settle(found, form.cleaned_data["verdict"], editor=at_the_desk(request.user))
    return _done(request, shown, "The relation is settled.")


def _page(request: HttpRequest, shown: Event, status: int = 200) -> HttpResponse:
    placements = Placement.objects.filter(event=shown, report__is_current=True)
    buttons = [button for give in hooks.get_hooks(BUTTONS_HOOK) for button in give(shown, request.user)]
    context: dict[str, Any] = {
        "event": shown,
        "placements": placements.select_related("report__outlet", "placed_by")
        .defer("report__text")
        .order_by("report__published_at", "report"),
        "facing": face_to_face(shown),
        "title_form": TitleForm(initial={"title": shown.title}),
        "move_form": MoveForm(shown),
        "merge_form": MergeForm(shown),
        "remarks_form": RemarksForm(shown),
        "kinds": [
            ("same", "say the same"),
            ("differs", "differ"),
            ("conflicts", "conflict"),
            ("follows", "answers"),
        ],
        "header_buttons": sorted(buttons),
        "header_title": shown.title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("desk:events"), "label": "Events"},
            {"url": "", "label": f"Event {shown.pk}"},
        ],
    }
    return render(request, "desk/event.html", context, status=status)


def _done(request: HttpRequest, shown: Event, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect("desk:event", shown.pk)


def _refused(request: HttpRequest, shown: Event, why: DeskError | Form) -> HttpResponse:
    for sentence in _sentences(why):
        messages.error(request, sentence)
    return _page(request, shown, status=422)


def _sentences(why: DeskError | Form) -> list[str]:
    if isinstance(why, DeskError):
        return [str(why)]
    return [f"{why[name].label}: {sentence}" for name, told in why.errors.items() for sentence in told]
