"""Answers what holds a null byte before anything looks it up: PostgreSQL refuses such text, which would be a fault of ours.

No address of ours has one, and no browser sends one by itself. Forms refuse it field by field, as Django's do.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

_ASKING = ("/account/", "/forum/")  # the paper's own pages read such words as text, and find nothing


class NullByteMiddleware:
    """Stands before whatever asks the database. A cookie with one is no cookie of ours, and is passed over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        asks = request.path.startswith(_ASKING)
        if asks and ("\0" in request.path or "\0" in query or "%00" in query):
            raise Http404
        for name in [name for name, worth in request.COOKIES.items() if "\0" in worth]:
            del request.COOKIES[name]  # written `\000` within quotation marks, it comes over the wire
        return self.get_response(request)
