"""What a visitor is told where a request failed: that the fault is ours, or that a part is away for a moment.

A database that is locked for long or gone, or a store that cannot be reached, is no fault of the code: 503, with the time
after which to come again. Nothing of the error is told to a visitor; the desk is told which part it is.
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from careo.project.storage.errors import StoreTrouble

RETRY_SECONDS = 10
DESK = "/desk/"


def fault(request: HttpRequest) -> HttpResponse:
    """Django's handler of 500; it is called while the exception is being handled."""
    error = sys.exc_info()[1]
    passing = _passing(error)
    if passing is None:
        return server_error(request)
    told = {"store": passing if isinstance(passing, StoreTrouble) and request.path.startswith(DESK) else None}
    response = HttpResponse(render_to_string("503.html", told), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _passing(error: BaseException | None) -> BaseException | None:
    """What it is, or comes of, where that will be over by itself, or be mended without a change of ours."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | StoreTrouble):
            return error
        error = error.__cause__
    return None
