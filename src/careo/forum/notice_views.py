"""The form for notices of illegal content, open to anybody, and the page on which moderators settle one."""

from __future__ import annotations

from hashlib import sha256
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from careo.forum import notices
from careo.forum.doors import moderators_door, open_door, reader_of
from careo.forum.errors import TooManyNotices
from careo.forum.forms import NoticeForm, SettleNoticeForm

# A person writes a few; each sends a mail to an address that was typed, which must not become a way to flood somebody.
MOST_NOTICES, IN_MINUTES = 5, 60


@open_door
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """Looks nothing up for the answer: it is the same whatever the address names. `?at=` a path fills it in."""
    path = request.GET.get("at", "")
    at = f"{settings.CAREO_ADDRESS.rstrip('/')}{path}" if path.startswith("/") else ""
    form = NoticeForm(request.POST if request.method == "POST" else None, initial={"address": at})
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and status == 200:
        try:
            _count(request, form.cleaned_data["email"])
        except TooManyNotices as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            notices.notify(form.save(commit=False))
            return render(request, "forum/notice_received.html", {"email": form.cleaned_data["email"]})
    return render(request, "forum/notice.html", {"form": form}, status=status)


def _count(request: HttpRequest, email: str) -> None:
    """Raises TooManyNotices for more than MOST_NOTICES of one client, or for one mailbox."""
    _count_one(_network(get_adapter().get_client_ip(request)))
    if email:
        _count_one(sha256(email.lower().encode()).hexdigest())  # not every cache takes every sign in a key


def _count_one(who: str) -> None:
    key = f"forum.notices:{who}"
    cache.add(key, 0, IN_MINUTES * 60)
    try:
        sent = cache.incr(key)
    except ValueError:  # it ran out between the two
        return
    if sent > MOST_NOTICES:
        raise TooManyNotices(IN_MINUTES)


def _network(address: str) -> str:
    """Of IPv6 the half that tells networks apart: whoever has one such network has 2**64 addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Act on a notice or not, with a reason; the button says which."""
    moderator = reader_of(request)
    found = notices.to_settle(moderator, notice_id)
    form = SettleNoticeForm(request.POST if request.method == "POST" else None)
    acts = request.POST.get("verdict") == "act"
    if request.method == "POST" and form.is_valid():
        if acts and not form.cleaned_data["rule"]:
            form.add_error("rule", gettext("Say which law: the author must be told."))
        else:
            told = form.cleaned_data
            notices.settle(found, act=acts, by=moderator, why=told["why"], rule=told["rule"])
            messages.success(request, gettext("Whoever sent the notice is told."))
            return redirect("forum:moderation")
    context = {"notice": found, "post": found.post, "form": form}
    return render(request, "forum/settle_notice.html", context, status=422 if form.errors else 200)
