"""Middleware that keeps the reader's list of log-ins: see `careo.readers.sessions`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from careo.readers import sessions
from careo.readers.models import Reader


class NoteSessionMiddleware:
    """Stands after AuthenticationMiddleware. A request without a session costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(request.user, Reader):
            sessions.note(request, request.user)
        return response
