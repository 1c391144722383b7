"""What moderators ask of the forum: the queue, the log, and a page with a reason for each act."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careo.forum import moderation
from careo.forum.access import post_open_to, suspension, thread_open_to
from careo.forum.doors import moderators_door, reader_of
from careo.forum.errors import NoSuchReader
from careo.forum.forms import HideForm, ReasonForm, SuspendForm
from careo.forum.models import Flag, ModerationLog, Post, Sanction, Thread
from careo.readers.models import Reader

ENTRIES = 200  # of the log, newest
QUEUE = 50  # flagged posts, longest waiting first


@moderators_door
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Flagged posts, and who is suspended."""
    flags = Flag.objects.filter(settled_at=None).select_related("reader")
    posts = Post.objects.flagged().filter(hidden_at=None, thread__story__live=True)
    posts = posts.select_related("author", "thread__story").prefetch_related(
        Prefetch("flags", queryset=flags, to_attr="unsettled")
    )[:QUEUE]
    sanctions = Sanction.objects.in_force().select_related("reader", "imposed_by")
    return render(request, "forum/moderation.html", {"posts": posts, "sanctions": sanctions})


@moderators_door
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    entries = ModerationLog.objects.select_related("moderator")[:ENTRIES]
    return render(request, "forum/log.html", {"entries": entries})


@moderators_door
@require_safe
def history(request: HttpRequest, post_id: int) -> HttpResponse:
    """A post's earlier texts, as typed."""
    post = post_open_to(request.user, post_id)
    return render(request, "forum/history.html", {"post": post, "earlier": post.earlier_texts.all()})


def _post_act(
    act: Callable[..., None], heading: str, form_class: type[HideForm | ReasonForm]
) -> Callable[..., HttpResponse]:
    """A page that asks for a reason and then does `act` to a post."""

    @moderators_door
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, post_id: int) -> HttpResponse:
        post = post_open_to(request.user, post_id)
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            act(post, by=reader_of(request), why=form.cleaned_data["why"])
            return _back(request, post)
        return _ask(request, heading, form, back=post.get_absolute_url(), post=post)

    return view


def _thread_act(act: Callable[..., None], heading: str) -> Callable[..., HttpResponse]:
    """A page that asks for a reason and then does `act` to a thread."""

    @moderators_door
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, story_id: int) -> HttpResponse:
        thread = thread_open_to(request.user, story_id)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            act(thread, by=reader_of(request), why=form.cleaned_data["why"])
            return _back(request, thread)
        return _ask(request, heading, form, back=thread.get_absolute_url(), thread=thread)

    return view


hide = _post_act(moderation.hide, "Hide this post", HideForm)
restore = _post_act(moderation.restore, "Restore this post", ReasonForm)
keep = _post_act(moderation.keep, "Let this post stand", ReasonForm)
close = _thread_act(moderation.close, "Close this thread")
reopen = _thread_act(moderation.reopen, "Reopen this thread")


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, reader_id: int) -> HttpResponse:
    reader = _reader(reader_id)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moderation.suspend(
            reader, by=reader_of(request), why=form.cleaned_data["why"], days=form.cleaned_data["days"]
        )
        messages.success(request, f"{reader.byline} is suspended.")
        return redirect("forum:moderation")
    return _ask(request, f"Suspend {reader.byline}", form, sanction=suspension(reader))


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, reader_id: int) -> HttpResponse:
    reader = _reader(reader_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moderation.lift(reader, by=reader_of(request), why=form.cleaned_data["why"])
        messages.success(request, f"{reader.byline} may write again.")
        return redirect("forum:moderation")
    return _ask(request, f"Lift the suspension of {reader.byline}", form, sanction=suspension(reader))


def _reader(reader_id: int) -> Reader:
    """Raises NoSuchReader."""
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None:
        raise NoSuchReader(reader_id)
    return reader


def _ask(
    request: HttpRequest,
    heading: str,
    form: Form,
    *,
    back: str = "",
    post: Post | None = None,
    thread: Thread | None = None,
    sanction: Sanction | None = None,
) -> HttpResponse:
    """The page with a reason's form. `back`: where "Leave it" leads."""
    context = {
        "heading": heading,
        "form": form,
        "back": back or reverse("forum:moderation"),
        "post": post,
        "thread": thread,
        "sanction": sanction,
        "from_queue": "queue" in request.GET,
    }
    return render(request, "forum/act.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, to: Post | Thread) -> HttpResponse:
    """To the queue for who came from it, else to what was acted on."""
    return redirect("forum:moderation" if "queue" in request.GET else to)
