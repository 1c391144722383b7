"""Gives Django's answers the protection that the edge gives stored pages: see `careo.edge.protection`.

The policy differs: Wagtail's desk has inline scripts and styles, the public pages have none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from careo.edge.protection import COMMON, DESK_POLICY, PAGE_POLICY

DESK = "/desk/"


class PolicyMiddleware:
    """Sets each where neither the view nor Django's own middleware has."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = DESK_POLICY if request.path.startswith(DESK) else PAGE_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in COMMON:
            response.headers.setdefault(name, value)
        return response
