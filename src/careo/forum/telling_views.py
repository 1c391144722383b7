"""The pages on which readers are told, and choose what they are told of."""

from __future__ import annotations

from django.contrib import messages
from django.core.signing import BadSignature
from django.db.models import Value
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careo.forum import choosing, following, telling
from careo.forum.access import thread_open_to
from careo.forum.blocking import stands_between
from careo.forum.doors import door, open_door, reader_of
from careo.forum.forms import ChoicesForm
from careo.readers.models import Reader

PARTICIPANTS = 300  # of a thread, offered behind an @: a list that a browser searches in no time


@door
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What the reader is told; a POST marks all as seen."""
    reader = reader_of(request)
    if request.method == "POST":
        telling.see_all(reader)
        return redirect("forum:notices")
    news = telling.news(reader).select_related("thread__story").order_by("-thread__last_post_at", "pk")
    context = {"notices": telling.notices(reader), "news": news[: following.SHOWN]}
    return render(request, "forum/notices.html", context)


@door
def former_address(request: HttpRequest) -> HttpResponse:
    """Where answers were listed once; a form sent there is sent on as it is."""
    return redirect("forum:notices", permanent=True, preserve_request=True)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """What is told by e-mail, and how often."""
    reader = reader_of(request)
    kept = choosing.choices_of(reader)
    form = ChoicesForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        choosing.choose(
            reader, {kind: told[kind] for kind in choosing.KINDS}, follows_own=told["follows_own"]
        )
        messages.success(request, gettext("Your choices are kept."))
        return redirect("forum:choices")
    context = {"form": form, "email": reader.email}
    return render(request, "forum/choices.html", context, status=422 if form.errors else 200)


@csrf_exempt  # a mail program sends this for the reader, without a cookie or a form; the address itself is the secret
@open_door
@require_http_methods(["GET", "HEAD", "POST"])
def end_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End all mail of notices: a GET, as link scanners send it, only asks; a POST ends it (RFC 8058)."""
    try:
        choosing.leave(token) if request.method == "POST" else choosing.check(token)
    except BadSignature:
        raise Http404("This address ends nothing: it is not whole.") from None
    return render(request, "forum/end_mail.html", {"done": request.method == "POST"})


@door
@require_safe
def following_page(request: HttpRequest) -> HttpResponse:
    """The threads that the reader follows."""
    rows = following.followed(reader_of(request))[: following.SHOWN]
    return render(request, "forum/following.html", {"followed": rows})


@door
@require_POST
def follow(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """Follow a thread; with `off`, no more. `from_list`: back to the list of those followed."""
    thread, reader = thread_open_to(request.user, story_id), reader_of(request)
    if "off" in request.POST:
        following.unfollow(thread, by=reader)
        messages.success(request, gettext("You follow “%(title)s” no more.") % {"title": thread})
    else:
        following.follow(thread, by=reader)
        messages.success(request, gettext("You are told when somebody writes in it."))
    return redirect("forum:following" if "from_list" in request.POST else thread)


@door
@require_safe
def participants(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """Pen names of those who wrote in this thread, for the script that completes them; of nobody else."""
    thread, reader = thread_open_to(request.user, story_id), reader_of(request)
    seen = thread.posts.filter(hidden_at=None).exclude(author=reader)
    seen = seen.exclude(stands_between(Value(reader.pk), "author"))
    wrote = Reader.objects.filter(pk__in=seen.values("author"), is_active=True).exclude(pen_name="")
    names = wrote.order_by("pen_key").values_list("pen_name", flat=True)[:PARTICIPANTS]
    return JsonResponse({"names": list(names)})
