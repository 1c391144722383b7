"""What moderators ask of the forum: the queue, the log, and a page with a reason for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careo.forum import appeals, moderation, notices, queue
from careo.forum.access import post_open_to, thread_open_to
from careo.forum.doors import editors_door, moderators_door, reader_of
from careo.forum.errors import BadPost, NoSuchReader
from careo.forum.forms import AmendForm, GroundsForm, ReasonForm, SanctionForm, SlowForm
from careo.forum.models import ModerationLog, Post, Sanction, Thread
from careo.readers.models import Reader

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENTRIES = 200  # of the log, newest
QUEUE = 50  # appeals, notices, sanctions on the queue's page
NEWEST = 20  # posts of an author in the record
LARGEST = 2**63  # numbers beyond it no column holds


@moderators_door
@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """Posts that wait, appeals and notices, and who is sanctioned. `?by=score` sorts by score, else by age."""
    order = "score" if request.GET.get("by") == "score" else "age"
    moderator = reader_of(request)
    context = {
        "items": queue.items(order, moderator),
        "order": order,
        "appeals": appeals.waiting_for(moderator)[:QUEUE],
        "notices": notices.waiting_for(moderator)[:QUEUE],
        "for_others": appeals.for_others(moderator),
        "alone": not appeals.moderators_besides([moderator.pk]).exists(),
        "sanctions": Sanction.objects.in_force().select_related("reader", "thread__story")[:QUEUE],
    }
    return render(request, "forum/moderation.html", context)


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


@moderators_door
@require_safe
def record(request: HttpRequest, reader_id: int) -> HttpResponse:
    """What is known here of an author: counts, sanctions, decisions, the newest posts."""
    reader = _reader(reader_id)
    posts = reader.posts.select_related("thread__story").order_by("-pk")[:NEWEST]
    decisions = reader.reasons_given.select_related("appeal")[:QUEUE]
    context = {"record": queue.records_of({reader})[reader.pk], "posts": posts, "decisions": decisions}
    return render(request, "forum/record.html", context)


def _post_act(
    act: Callable[..., None], heading: StrOrPromise, form_class: type[GroundsForm | ReasonForm]
) -> Callable[..., HttpResponse]:
    """A page that asks for a reason and then does `act` to a post."""

    @moderators_door
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, post_id: int) -> HttpResponse:
        post = post_open_to(request.user, post_id)
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            act(post, by=reader_of(request), why=form.cleaned_data["why"], **_told(form))
            return _back(request, post)
        return _ask(request, str(heading), form, back=post.get_absolute_url(), post=post)

    return view


def _told(form: Form) -> dict[str, Any]:
    return {"grounds": form.grounds} if isinstance(form, GroundsForm) else {}


def _thread_act(
    act: Callable[..., None], heading: StrOrPromise, form_class: type[Form]
) -> Callable[..., HttpResponse]:
    """A page that asks for a reason, and whatever else the form has, and then does `act` to a thread."""

    @moderators_door
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, story_id: int | str) -> HttpResponse:
        thread = thread_open_to(request.user, story_id)
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            act(thread, by=reader_of(request), **form.cleaned_data)
            return _back(request, thread)
        return _ask(request, str(heading), form, back=thread.get_absolute_url(), thread=thread)

    return view


hide = _post_act(moderation.hide, _("Hide this post"), GroundsForm)
restore = _post_act(moderation.restore, _("Restore this post"), ReasonForm)
keep = _post_act(moderation.keep, _("Let this post stand"), ReasonForm)
close = _thread_act(moderation.close, _("Close this thread"), ReasonForm)
reopen = _thread_act(moderation.reopen, _("Reopen this thread"), ReasonForm)
slow = _thread_act(moderation.slow, _("Slow this thread down"), SlowForm)


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, post_id: int) -> HttpResponse:
    """Another text in the post's place."""
    post = post_open_to(request.user, post_id)
    form = AmendForm(request.POST if request.method == "POST" else None, initial={"text": post.text})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            moderation.amend(post, told["text"], by=reader_of(request), why=told["why"], grounds=form.grounds)
        except BadPost as error:
            form.add_error("text", str(error))
        else:
            return _back(request, post)
    return _ask(request, gettext("Edit this post"), form, back=post.get_absolute_url(), post=post)


def _pick_act(act: Callable[..., None]) -> Callable[..., HttpResponse]:
    """Without a reason, so without a page of its own: a button in the post."""

    @editors_door
    @require_POST
    def view(request: HttpRequest, post_id: int) -> HttpResponse:
        post = post_open_to(request.user, post_id)
        act(post, by=reader_of(request))
        return redirect(post)

    return view


pick = _pick_act(moderation.pick)
unpick = _pick_act(moderation.unpick)


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def sanction(request: HttpRequest, reader_id: int) -> HttpResponse:
    """Warn, mute, suspend or ban; `?post=` names the post that led to it, and so the thread for a mute there."""
    reader, thread = _reader(reader_id), _thread_of(request)
    form = SanctionForm(request.POST if request.method == "POST" else None, in_thread=thread is not None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind, here = told["kind"].removesuffix("-here"), told["kind"].endswith("-here")
        moderation.sanction(
            reader, kind, by=reader_of(request), why=told["why"], hours=told["hours"],
            thread=thread if here else None, grounds=form.grounds,
        )  # fmt: skip
        messages.success(request, gettext("%(reader)s is told.") % {"reader": reader.byline})
        return redirect("forum:moderation")
    heading = gettext("Warn, mute, suspend or ban %(reader)s") % {"reader": reader.byline}
    return _ask(
        request,
        heading,
        form,
        record=queue.records_of({reader})[reader.pk],
        button=gettext("Do it, and write to them"),
    )


def _thread_of(request: HttpRequest) -> Thread | None:
    """Raises NoSuchPost."""
    asked = request.GET.get("post", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return post_open_to(request.user, int(asked)).thread


@moderators_door
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, reader_id: int) -> HttpResponse:
    reader = _reader(reader_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moderation.lift(reader, by=reader_of(request), why=form.cleaned_data["why"])
        messages.success(request, gettext("%(reader)s may write again.") % {"reader": reader.byline})
        return redirect("forum:moderation")
    heading = gettext("Lift the sanctions of %(reader)s") % {"reader": reader.byline}
    return _ask(request, heading, form, record=queue.records_of({reader})[reader.pk])


def _reader(reader_id: int) -> Reader:
    """Raises NoSuchReader."""
    reader = Reader.objects.filter(pk=reader_id).first() if reader_id < LARGEST else None
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
    record: queue.Record | None = None,
    button: str = "",
) -> HttpResponse:
    """The page with a reason's form. `back`: where "Leave it" leads."""
    context = {
        "heading": heading,
        "form": form,
        "back": back or reverse("forum:moderation"),
        "post": post,
        "thread": thread,
        "record": record,
        "button": button or heading,
        "from_queue": "queue" in request.GET,
    }
    return render(request, "forum/act.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, to: Post | Thread) -> HttpResponse:
    """To the queue for who came from it, else to what was acted on."""
    return redirect("forum:moderation" if "queue" in request.GET else to)
