"""How a reader from whose address mail came back has it sent there again."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careo.readers import bouncing
from careo.readers.models import Reader


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest) -> HttpResponse:
    """The button beside the notice on the account's page."""
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    if request.method == "POST" and bouncing.is_bouncing(reader):
        if bouncing.ask_to_confirm(reader):
            messages.success(request, _("A letter is on its way to %(email)s.") % {"email": reader.email})
        else:
            messages.error(request, _("A letter went out just now; wait ten minutes for another."))
    return redirect("readers:account")


@require_http_methods(["GET", "HEAD", "POST"])
def mail_arrives(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: a GET, as link scanners send it, only asks; a POST confirms."""
    reader = bouncing.reader_called(token)
    if reader is not None and request.method == "POST":
        bouncing.confirm(reader)
        return render(request, "readers/mail_arrives.html", {"done": True})
    status = HTTPStatus.OK if reader else HTTPStatus.NOT_FOUND
    return render(request, "readers/mail_arrives.html", {"found": reader is not None}, status=status)
