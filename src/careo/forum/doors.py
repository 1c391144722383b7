"""Every address of the forum stands behind `door`: the gate first, one shape of refusal, nothing kept by any cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from careo.forum import heading
from careo.forum.access import asked_once, editor, let_in, moderator, restricted
from careo.forum.errors import ForumError, ReaderBanned, ReaderMuted, ReaderSuspended, SubscribersOnly
from careo.readers.models import Reader

P = ParamSpec("P")
SANCTIONED = (ReaderBanned, ReaderMuted, ReaderSuspended)  # the sentence comes with the way to appeal


View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def door(view: View[P]) -> Callable[..., HttpResponse]:
    """For those whom the gate lets in; whatever is refused further on is answered in the forum's own page."""

    def behind(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        heading.begin(request, let_in(request.user))
        return view(request, *args, **named)

    return wraps(view)(open_door(behind))


def open_door(view: View[P]) -> Callable[..., HttpResponse]:
    """One shape of refusal, and nothing kept; by itself it lets everybody in, so it is for the form of notices alone."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        try:
            with asked_once():
                response = view(request, *args, **named)
        except SubscribersOnly:
            response = render(request, "forum/subscribers_only.html", status=403)
        except ForumError as error:
            appeals = isinstance(request.user, Reader) and isinstance(error, SANCTIONED)
            context = {"error": error, "appeals": appeals}
            response = render(request, "forum/refusal.html", context, status=error.status)
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def restricted_door(view: View[P]) -> Callable[..., HttpResponse]:
    """For those about whom something was decided, banned though they be; others as at every door."""

    def behind(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        restricted(request.user)
        return view(request, *args, **named)

    return wraps(view)(open_door(behind))


def editors_door(view: View[P]) -> Callable[..., HttpResponse]:
    """For those who work here."""

    def behind(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        editor(request.user)
        return view(request, *args, **named)

    return wraps(view)(door(behind))


def moderators_door(view: View[P]) -> Callable[..., HttpResponse]:
    """For moderators alone; others are told so, or shut out like everybody."""

    def behind(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        moderator(request.user)
        return view(request, *args, **named)

    return wraps(view)(door(behind))


def reader_of(request: HttpRequest) -> Reader:
    """Who asks, behind the door."""
    return let_in(request.user)
