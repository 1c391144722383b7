"""The reader's own pages. What allauth answers stands in its own urls, in our templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.views import LoginView as AllauthLoginView
from allauth.account.views import SignupView as AllauthSignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careo.readers import mailing
from careo.readers.access import is_subscriber
from careo.readers.account_links import links_for
from careo.readers.actions import choose_pen_name
from careo.readers.errors import ReadersError
from careo.readers.forms import LoginForm, MailEditionForm, PenNameForm, SignupForm
from careo.readers.log_in_views import StartsOver
from careo.readers.models import Reader

private = cache_control(private=True, no_store=True)


class LoginView(StartsOver, AllauthLoginView):
    form_class = LoginForm

    def get_authenticated_redirect_url(self) -> str:
        """Where who is logged in already goes. Not back to the desk that sent them here for want of rights: a circle."""
        url: str = super().get_authenticated_redirect_url()
        if urlsplit(url).path.startswith(reverse("wagtailadmin_home")) and not self.request.user.has_perms(
            ["wagtailadmin.access_admin"]
        ):
            return reverse("readers:account")
        return url


class SignupView(AllauthSignupView):
    form_class = SignupForm


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What we know of the reader, and where to change it."""
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    form = PenNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_pen_name(reader, form.cleaned_data["pen_name"])
        except ReadersError as error:
            form.add_error("pen_name", str(error))
        else:
            messages.success(request, _("You write in the forum as %(name)s.") % {"name": reader.pen_name})
            return redirect("readers:account")
    subscriptions = reader.subscriptions.select_related("plan")
    context = {
        "form": form,
        "mail_form": _mail_form(reader),
        "links": links_for(reader),
        "subscriptions": subscriptions,
        "is_subscriber": is_subscriber(reader),
    }
    return render(request, "readers/account.html", context, status=422 if form.errors else 200)


def _mail_form(reader: Reader, **options: Any) -> MailEditionForm | None:
    """None where no edition is sent and the reader has asked for none."""
    offered = mailing.offered()
    if not offered and not reader.mail_edition:
        return None
    return MailEditionForm(offered=offered, initial={"mail_edition": reader.mail_edition}, **options)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_mail_edition(request: HttpRequest) -> HttpResponse:
    """Which e-mail edition the reader gets from now on; who only comes back from logging in is shown the form."""
    if request.method != "POST":
        return redirect("readers:account")
    reader = request.user
    assert isinstance(reader, Reader)  # noqa: S101
    form = _mail_form(reader, data=request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("There is no such edition; choose another."))
        return redirect("readers:account")
    mailing.choose(reader, form.cleaned_data["mail_edition"])
    messages.success(
        request,
        _("The e-mail edition is sent to {email}.").format(email=reader.email)
        if reader.mail_edition
        else _("No e-mail edition is sent to you."),
    )
    return redirect("readers:account")


@csrf_exempt  # a mail program sends this for the reader, without a cookie or a form; the address itself is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End the e-mail edition: a GET, as link scanners send it, only asks; a POST ends it (RFC 8058)."""
    try:
        mailing.leave(token) if request.method == "POST" else mailing.check(token)
    except BadSignature:
        raise Http404("This address ends nothing: it is not whole.") from None
    return render(request, "readers/leave.html", {"done": request.method == "POST"})


@require_safe
def corner(request: HttpRequest) -> HttpResponse:
    """The corner of the page's head: who is logged in. Fetched on its own, so that kept pages name nobody."""
    return render(request, "readers/corner.html", {"login": f"{reverse('account_login')}{_back_to(request)}"})


def _back_to(request: HttpRequest) -> str:
    """`?next=` the page that asked for the corner, where its address is ours and no page of the account."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or came_from.path.startswith(reverse("readers:account")):
        return ""
    return f"?{urlencode({'next': came_from.path})}"
