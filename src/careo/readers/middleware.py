"""Sets, renews and clears the pass, and tells the paper which variant a request may see.

The session and the subscription are asked, never the pass: the pass speaks at the edge alone. It is set with the very
answer that logs a reader in, and renewed with the first answer after its end; the cookie therefore outlives the pass
it carries, and goes with the session.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from careo.edge.passes import Verdict, issue, judge
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant
from careo.readers.access import is_subscriber

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class PassMiddleware:
    """Stands after AuthenticationMiddleware. A request without a session costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.user
        variant = variant_for(before)
        request.variant = variant  # type: ignore[attr-defined]
        response = self.get_response(request)
        changed = request.user.pk != before.pk or request.method not in SAFE
        settle(request, response, entitled=(variant_for(request.user) if changed else variant) == SUBSCRIBER)
        patch_vary_headers(response, ["Cookie"])
        return response


def variant_for(user: AbstractBaseUser | AnonymousUser) -> Variant:
    return SUBSCRIBER if is_subscriber(user) else PUBLIC


def carries_genuine_pass(request: HttpRequest) -> bool:
    """Whether an entitled bearer's pass would be left as it is."""
    carried = request.COOKIES.get(settings.CAREO_PASS_COOKIE)
    return judge(settings.CAREO_PASS_KEY, carried, now=time.time()) is Verdict.GENUINE


def settle(request: HttpRequest, response: HttpResponse, *, entitled: bool) -> None:
    """Make the bearer's pass agree with what the reader may read."""
    carried = request.COOKIES.get(settings.CAREO_PASS_COOKIE)
    if entitled:
        if judge(settings.CAREO_PASS_KEY, carried, now=time.time()) is not Verdict.GENUINE:
            give_pass(request, response)
    elif carried is not None:
        response.delete_cookie(settings.CAREO_PASS_COOKIE, samesite="Lax")
        _keep_out_of_shared_caches(response)


def give_pass(request: HttpRequest, response: HttpResponse) -> None:
    reader = request.user.pk
    assert reader is not None  # entitled, therefore known  # noqa: S101
    worth = issue(settings.CAREO_PASS_KEY, reader, now=time.time(), seconds=settings.CAREO_PASS_SECONDS)
    response.set_cookie(
        settings.CAREO_PASS_COOKIE,
        worth,
        max_age=None if request.session.get_expire_at_browser_close() else request.session.get_expiry_age(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    _keep_out_of_shared_caches(response)


def _keep_out_of_shared_caches(response: HttpResponse) -> None:
    patch_cache_control(response, private=True)
