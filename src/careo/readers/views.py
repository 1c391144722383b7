"""The reader's own pages. What allauth answers stands in its own urls, in our templates."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from allauth.account.views import LoginView as AllauthLoginView
from allauth.account.views import SignupView as AllauthSignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careo.readers.access import is_subscriber
from careo.readers.actions import choose_pen_name
from careo.readers.errors import ReadersError
from careo.readers.forms import LoginForm, PenNameForm, SignupForm
from careo.readers.models import Reader

private = cache_control(private=True, no_store=True)


class LoginView(AllauthLoginView):
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
            messages.success(request, f"You write in the forum as {reader.pen_name}.")
            return redirect("readers:account")
    subscriptions = reader.subscriptions.select_related("plan")
    context = {"form": form, "subscriptions": subscriptions, "is_subscriber": is_subscriber(reader)}
    return render(request, "readers/account.html", context, status=422 if form.errors else 200)


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
