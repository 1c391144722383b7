"""A reader's note at the desk: the sentence, what it rests on, and how it was settled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import ModelLogEntry

from careo.paper.actions import reopen_note, settle_note
from careo.paper.errors import PaperError
from careo.paper.forms import SettleForm
from careo.paper.models import ReadersNote
from careo.record.access import at_the_desk
from careo.stories import citations, marks
from careo.stories.findings import FIELDS
from careo.stories.style import Style

STYLE = Style(passage_limit=600)  # characters of a passage: the desk may see more of it than the public


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """The note; POST settles it with a word on what was done."""
    editor = at_the_desk(request.user)
    found = get_object_or_404(ReadersNote.objects.select_related("story", "settled_by"), pk=pk)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_note(found, editor=editor, answer=form.cleaned_data["answer"])
        except PaperError as error:
            messages.error(request, str(error))
        return redirect("notes:note", pk)
    cited = citations.passages(marks.parse(found.passages), STYLE).values()
    context = {
        "note": found,
        "form": form,
        "passages": [(one, one.at_the_desk(STYLE)) for one in cited],
        "place": _place(found.block),
        "log": ModelLogEntry.objects.for_instance(found).select_related("user"),
    }
    return render(request, "paper/desk/note.html", context)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    editor = at_the_desk(request.user)
    found = get_object_or_404(ReadersNote, pk=pk)
    try:
        reopen_note(found, editor=editor)
    except PaperError as error:
        messages.error(request, str(error))
    return redirect("notes:note", pk)


def _place(block: str) -> str:
    """The block's, or the field's, own place on the story's page in Wagtail's editor."""
    if block in FIELDS:
        return f"#panel-child-content-{block}-section"
    return f"#block-{block}-section" if block else ""
