"""The e-mail editions at the desk: what the coming one would hold, its introduction, sending it now, those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from careo.paper import composing
from careo.paper.access import publisher_only
from careo.paper.composing import Composition
from careo.paper.errors import PaperError
from careo.paper.letters import letter
from careo.paper.listing import Teaser, teasers
from careo.paper.mail_models import MailEdition, Period

SHOWN = 30  # editions that went out: a month of daily ones

# A function of the editions shown → a sentence for some of them, by key: whoever sends them registers it.
SENDING_HOOK = "told_of_sending_mail_editions"
NOBODY = "#"  # where the link to end it leads in a preview, which is nobody's


class IntroductionForm(forms.Form):
    introduction = forms.CharField(
        required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}), strip=True
    )


@dataclass(frozen=True)
class Coming:
    """The coming edition of a period; `at` is when it is composed by the clock."""

    composition: Composition
    at: datetime
    teasers: list[Teaser]
    form: IntroductionForm


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The coming edition of each period that is turned on, and those that went out."""
    publisher_only(request.user)
    gone = list(MailEdition.objects.composed()[:SHOWN])
    told = sending_of(gone)
    context = {
        "coming": [_coming(period) for period in composing.mailing().periods],
        "gone": [(edition, told.get(edition.pk, "")) for edition in gone],
        "setting": composing.mailing(),
    }
    return render(request, "paper/desk/mail_editions.html", context)


def _coming(period: Period) -> Coming:
    found = composing.coming(period)
    at = composing.next_hour(period, composing.mailing(), timezone.now())
    form = IntroductionForm(initial={"introduction": found.introduction}, prefix=period.value)
    return Coming(found, at, teasers(found.stories), form)


def sending_of(editions: Sequence[MailEdition]) -> dict[int, str]:
    """What became of sending them, by the key of each."""
    return {pk: line for tell in hooks.get_hooks(SENDING_HOOK) for pk, line in tell(editions).items()}


@require_POST
def introduce(request: HttpRequest, period: str) -> HttpResponse:
    """Keep what the coming edition begins with."""
    publisher_only(request.user)
    wanted = _turned_on(period)
    form = IntroductionForm(request.POST, prefix=period)
    if form.is_valid():
        composing.introduce(wanted, form.cleaned_data["introduction"])
        messages.success(request, f"The coming {period} edition begins with this.")
    else:
        messages.error(request, " ".join(map(str, form.errors["introduction"])))
    return redirect("paper_desk:mail_editions")


@require_POST
def send(request: HttpRequest, period: str) -> HttpResponse:
    """Compose the coming edition now and have it sent."""
    publisher_only(request.user)
    try:
        edition = composing.send_now(_turned_on(period))
    except PaperError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{edition}” is on its way.")
    return redirect("paper_desk:mail_editions")


@require_safe
def preview(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """The coming edition's mail, as `html` or as `text`."""
    publisher_only(request.user)
    drawn = letter(composing.coming(_turned_on(period)))
    if form == "text":
        answer = HttpResponse(drawn.text(leave=NOBODY), content_type="text/plain; charset=utf-8")
    else:
        answer = HttpResponse(drawn.html(leave=NOBODY))
    answer["Cache-Control"] = "private, no-store"
    return answer


def _turned_on(period: str) -> Period:
    """Raises Http404 for a period that is off, or none."""
    for wanted in composing.mailing().periods:
        if wanted.value == period:
            return wanted
    raise Http404("No such edition is turned on.")
