"""Pages for which the password, or another proof, is asked once more.

As allauth's own decorator, whose way of asking is an exception that passes by whatever was to be said of caches; this one
answers, so that the redirect is as private as the page. A form that was sent is taken up again after the proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def after_proof(view: View) -> View:
    """For who is logged in and has just given a proof (within ACCOUNT_REAUTHENTICATION_TIMEOUT, five minutes)."""

    @wraps(view)
    def proven(request: HttpRequest) -> HttpResponse:
        if not is_reauthentication_required(request, app="account"):
            return view(request)
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        if not ways:
            raise PermissionDenied
        answer: HttpResponse = suspend_request(request, ways[0]["url"])
        return answer

    return login_required(proven)
