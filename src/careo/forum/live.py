"""A thread as it grows: that there is something new, what it is, and where the first unread post stands.

What is heard at `live/` is a number and nothing else; the words are asked for at `new/`, through the gate like any page,
and drawn as this reader may see them. The answer of `live/` is short and plain: the edge holds the client who got it
(`careo.edge.holding`, header X-Careo-Hold) and asks again every minute. Where nothing holds, the browser comes back by
itself after `retry`: it polls.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careo.forum import heading, listing
from careo.forum.access import thread_open_to
from careo.forum.doors import door, reader_of
from careo.forum.models import Seen, Thread
from careo.forum.seen import see

RETRY_MILLISECONDS = (2_000, 5_000)  # drawn, so that after a restart not everybody comes at once
_STORY, _OWN = "story-", "thread-"  # as in Thread.topic


def newest_of(topics: Collection[str]) -> Mapping[str, int]:
    """The number of the newest post of each, by one query."""
    stories, own = (
        [int(one.removeprefix(kind)) for one in topics if one.startswith(kind)] for kind in (_STORY, _OWN)
    )
    found = Thread.objects.filter(Q(story__in=stories) | Q(pk__in=own, story=None))
    return {thread.topic: thread.posts_made for thread in found.only("story_id", "posts_made")}


@door
@require_safe
def live(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """The beginning of a stream of events: what is new since `Last-Event-ID`, or `?after=` at first."""
    thread = thread_open_to(request.user, story_id)
    after = _number(request.headers.get("Last-Event-ID") or request.GET.get("after", ""))
    words = f"retry: {random.randint(*RETRY_MILLISECONDS)}\n\n"  # noqa: S311  # no secret
    if after is not None and thread.posts_made > after:
        told = json.dumps({"newest": thread.posts_made, "listeners": 1})
        words += f"id: {thread.posts_made}\ndata: {told}\n\n"
    response = HttpResponse(words, content_type="text/event-stream")
    response["X-Careo-Hold"] = f"{thread.topic} {thread.posts_made}"
    response["X-Accel-Buffering"] = "no"  # nginx would keep the events until there are some kilobytes
    return response


@door
@require_safe
def new(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """What came after `?after=`, a page of it at most, drawn for who asks: a piece of a page, for the script."""
    thread, reader = thread_open_to(request.user, story_id), reader_of(request)
    after = _number(request.GET.get("after", ""))
    if after is None:
        after = thread.posts_made
    page = listing.after(thread, reader, after)
    last = max([after, *(one.post.number for one in page.posts)])
    see(reader, thread, last, before=Seen.objects.number(reader, thread))
    heading.see(request, page)
    context = {"shown": page, "last": last, "more": thread.posts_made - last}
    return render(request, "forum/_new.html", context)


@door
@require_safe
def unread(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """Leads to the first post the reader has not seen; to the newest where there is none."""
    thread, reader = thread_open_to(request.user, story_id), reader_of(request)
    seen = Seen.objects.number(reader, thread) or 0
    number = max(1, min(seen + 1, thread.posts_made))
    post = thread.posts.filter(number__gte=number).order_by("number").first()  # a place may be empty
    return redirect(post or thread)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
