"""Logging in without a password: a code by mail beside a link, and the list of log-ins that hold."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm as AllauthConfirmLoginCodeForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.account.views import ConfirmLoginCodeView as AllauthConfirmLoginCodeView
from allauth.account.views import RequestLoginCodeView as AllauthRequestLoginCodeView
from allauth.core import context, ratelimit
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careo.readers import log_in_links, sessions
from careo.readers.adapter import ReaderAdapter
from careo.readers.models import LogInLink, Reader

KEPT_LINK = "log_in_link"  # in the session of whoever asked for the mail: which mail the code must be of


class RequestLoginCodeForm(AllauthRequestLoginCodeForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Whoever has the address confirmed. One that a mere sign-up named, or that an account only claims, is nobody's:

        the code would open to its mailbox's owner an account to which somebody else knows the password.
        """
        email = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise ReaderAdapter().validation_error("rate_limited")
        confirmed = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True)
        address = confirmed.select_related("user").first()
        self._user = address.user if address else None
        return email


class StartsOver:
    """For doors: who asked for a mail may ask for another, or log in another way after all."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponse | None:
        if stage.key == LoginByCodeStage.key:
            return None
        answer: HttpResponse = super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]
        return answer


class PasskeyLogInView(StartsOver, LoginWebAuthnView): ...


class RequestLoginCodeView(StartsOver, AllauthRequestLoginCodeView):
    form_class = RequestLoginCodeForm

    def form_valid(self, form: RequestLoginCodeForm) -> HttpResponse:
        email, onward = form.cleaned_data["email"], self.get_next_url() or ""
        link, token = log_in_links.make(email, form._user, onward=onward)
        path = reverse("readers:log_in_by_link", args=[token])
        self.request.log_in_link = f"{settings.CAREO_ADDRESS}{path}"  # for the mail's template
        answer: HttpResponse = super().form_valid(form)
        self.request.session[KEPT_LINK] = link.pk
        return answer


class ConfirmLoginCodeForm(AllauthConfirmLoginCodeForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters"}


class ConfirmLoginCodeView(AllauthConfirmLoginCodeView):
    form_class = ConfirmLoginCodeForm

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Codes are counted by the address they went to, whoever tries them and however many mails were asked for."""
        email = str(self._process.state["email"])
        if limited := ratelimit.consume_or_429(request, action="confirm_login_code", key=email):
            return limited
        answer: HttpResponse = super().post(request, *args, **options)
        return answer

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """The code of a mail whose link was used is void."""
        if not log_in_links.spend(self.request.session.pop(KEPT_LINK, 0)):
            self._process.abort()
            messages.error(self.request, _("This mail was used already, or is too old; ask for another."))
            return redirect("account_request_login_code")
        answer: HttpResponse = super()._verify_form_valid(form)
        return answer


confirm_login_code = ConfirmLoginCodeView.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def log_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET, as link scanners send it, only shows a button; a POST uses the link up and logs in."""
    if limited := ratelimit.consume_or_429(request, action="log_in_link"):
        return limited
    link = log_in_links.find(token)
    if request.method == "POST" and link is not None and log_in_links.spend(link.pk):
        return _enter(request, link)
    shown = link if request.method != "POST" else None
    return render(request, "readers/log_in_by_link.html", {"link": shown}, status=200 if shown else 410)


def _enter(request: HttpRequest, link: LogInLink) -> HttpResponse:
    """As far as the code of the same mail would: a second factor is still asked for."""
    record_authentication(request, link.reader, method="code", email=link.email)
    login = Login(user=link.reader, email=link.email, redirect_url=link.onward or None)
    answer: HttpResponse = perform_login(request, login)
    return answer


@login_required
def kept_sessions(request: HttpRequest) -> HttpResponse:
    """Where the reader is logged in."""
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    shown = [(kept, kept.key == request.session.session_key) for kept in sessions.of(reader)]
    return render(request, "readers/sessions.html", {"sessions": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Log one device out; who only comes back from logging in is shown the list."""
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    if request.method == "POST" and sessions.end(reader, number):
        messages.success(request, _("That device is logged out."))
    return redirect("readers:sessions")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    if request.method == "POST":
        sessions.end_others(request, reader)
        messages.success(request, _("You are logged out everywhere but here."))
    return redirect("readers:sessions")
