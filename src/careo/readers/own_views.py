"""What a reader takes along, and leaving: both only after the password was given once more."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careo.readers.adapter import ReaderAdapter
from careo.readers.download import as_zip
from careo.readers.errors import CannotLeave
from careo.readers.forms import LeavingForm
from careo.readers.leaving import ask_to_leave, works_here
from careo.readers.leaving import stay as stay_here
from careo.readers.leaving_models import DAYS, Leaving
from careo.readers.models import Reader
from careo.readers.reauthentication import after_proof


@after_proof
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest) -> HttpResponse:
    """A page with a button, which gives the file."""
    if request.method != "POST":
        return render(request, "readers/download.html")
    with as_zip(reader_of(request)) as file:
        answer = HttpResponse(file.read(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="careo-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer


@after_proof
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask for it; the week then runs, and the way back is at `stay`."""
    reader = reader_of(request)
    if Leaving.objects.filter(reader=reader).exists():
        return redirect("readers:stay")
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not works_here(reader):
        ask_to_leave(reader, keeps_posts=form.cleaned_data["posts"] == LeavingForm.KEEP)
        return redirect("readers:stay")
    refused = CannotLeave() if works_here(reader) else None
    context = {"form": form, "refused": refused, "days": DAYS}
    status = (
        HTTPStatus.FORBIDDEN if refused else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    )
    return render(request, "readers/delete_account.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """For who asked to be deleted: whoever logs in comes by here. Staying needs no password: it takes nothing away."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    onward = asked if ReaderAdapter(request).is_safe_url(asked) else reverse("readers:account")
    leaving = Leaving.objects.filter(reader=reader_of(request)).first()
    if leaving is None:
        return redirect(onward)
    if request.method == "POST":
        stay_here(reader_of(request))
        messages.success(request, _("Your account stays. We are glad."))
        return redirect(onward)
    return render(request, "readers/stay.html", {"leaving": leaving, "next": onward})


def reader_of(request: HttpRequest) -> Reader:
    assert isinstance(request.user, Reader)  # behind login_required  # noqa: S101
    return request.user
