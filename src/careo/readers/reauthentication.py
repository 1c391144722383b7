"""Pages for which the password, or another proof, is asked once more; a form that was sent is taken up again after it."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from careo.readers.second_factor import answered_here

View = Callable[[HttpRequest], HttpResponse]


def after_proof(view: View) -> View:
    """For who is logged in and has given a proof within ACCOUNT_REAUTHENTICATION_TIMEOUT, five minutes."""
    return login_required(answered_here(reauthentication_required(view)))
