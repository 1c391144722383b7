"""Opening a thread of the paper's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from careo.forum.access import opener
from careo.forum.doors import door
from careo.forum.errors import BadPost
from careo.forum.forms import OpenForm
from careo.forum.opening import open_thread


@door
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """A title and the first post."""
    reader = opener(request.user)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            return redirect(
                open_thread(told["title"], told["text"], by=reader, form_token=told["form_token"])
            )
        except BadPost as error:
            form.add_error("text", str(error))
    return render(request, "forum/open.html", {"form": form}, status=422 if form.errors else 200)
