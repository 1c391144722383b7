"""Every address of the forum stands behind `door`: the gate first, one shape of refusal, nothing kept by any cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from careo.forum.access import let_in, moderator
from careo.forum.errors import ForumError, SubscribersOnly
from careo.readers.models import Reader

P = ParamSpec("P")


def door(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For those whom the gate lets in; whatever is refused further on is answered in the forum's own page."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        try:
            let_in(request.user)
            response = view(request, *args, **named)
        except SubscribersOnly:
            response = render(request, "forum/subscribers_only.html", status=403)
        except ForumError as error:
            response = render(request, "forum/refusal.html", {"error": error}, status=error.status)
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def moderators_door(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For moderators alone; others are told so, or shut out like everybody."""

    def behind(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        moderator(request.user)
        return view(request, *args, **named)

    return wraps(view)(door(behind))


def reader_of(request: HttpRequest) -> Reader:
    """Who asks, behind the door."""
    return let_in(request.user)
