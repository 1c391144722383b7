"""Gives Django's answers the protection that the edge gives stored pages: see `careo.edge.protection`.

Django's own middleware sends the headers that are the same everywhere; here is the policy, which differs: Wagtail's
desk has inline scripts and styles, the public pages have none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from careo.edge.protection import DESK_POLICY, PAGE_POLICY

DESK = "/desk/"


class PolicyMiddleware:
    """Sets Content-Security-Policy where the view has set none."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = DESK_POLICY if request.path.startswith(DESK) else PAGE_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
