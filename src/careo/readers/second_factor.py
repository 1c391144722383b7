"""Codes of an app and recovery codes: how allauth's second factor behaves in our house.

Wrong codes are counted by account and by client, as wrong passwords are, and besides by the day: six digits could be
found by trying in some weeks at five in five minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careo.readers.adapter import paper_name
from careo.readers.models import Reader


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _(
            "Recovery codes are for accounts with a passkey or an app; set up one of them first."
        ),
        "incorrect_code": _("This was not right, or is too old; try again."),
    }

    def _get_site_name(self) -> str:
        return paper_name(context.request)

    def generate_authenticator_name(self, user: Reader, type: Authenticator.Type) -> str:  # noqa: A002
        """What a passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}


class CodeForm(forms.Form):
    """A code typed in: from the app or from the list of recovery codes."""

    user: Reader

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        field.help_text = _("Six digits of your app, or one of your recovery codes.")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        """Besides what allauth counts: wrong codes for one account in a day."""
        counted = ratelimit.consume(
            context.request,
            app="allauth.account",
            action="second_factor",
            key=f"second-factor-{self.user.pk}",
        )
        if counted is None:
            raise get_account_adapter().validation_error("too_many_codes")
        code: str = super().clean_code()  # type: ignore[misc]
        counted.rollback()
        return code


class AuthenticateForm(CodeForm, AllauthAuthenticateForm): ...


class ReauthenticateForm(CodeForm, AllauthReauthenticateForm): ...


class ActivateTOTPForm(AllauthActivateTOTPForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("The six digits that the app shows now.")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def answered_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is not set up, or not any more, has no page of its own; who must show who they are is sent to do so.

    Both leave allauth's views as exceptions; answered here, the answers get the headers of an account's pages.
    """

    def shown(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return view(request, *args, **options)
        except Http404:
            return redirect("mfa_index")
        except ReauthenticationRequired:
            ways = get_account_adapter().get_reauthentication_methods(request.user)
            return suspend_request(request, ways[0]["url"] if ways else reverse("account_login"))

    return shown
