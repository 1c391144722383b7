"""A post by an ordinary subscriber, taken before sessions and views are looked at: the act is `actions.add_post` as ever.

    form against forgery? ─▶ session? ─▶ reader, subscription, nothing against them? ─▶ thread of a published story? ─▶ add_post
         └──────────────────────┴─────────────── anything else, any refusal: None, and the view answers as ever ───────┘

As with a page (`quick`), nobody is refused here. Whatever the act raises has undone what it wrote, and the view does all of it
again and says why; so does a post that is held, of which the view tells the author. Previews are not taken here either.
What was kept when this answers is on the disk, and listeners are told when it is committed, as ever.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from careo.forum import quick
from careo.forum.access import LARGEST_STORY, unhurried
from careo.forum.actions import add_post
from careo.forum.errors import ForumError, NoSuchPost
from careo.forum.forms import PostForm
from careo.forum.models import Post, Thread
from careo.readers.models import Reader
from careo.readers.turns import in_turn

_FIELDS = {"text", "form_token", "to", "csrfmiddlewaretoken"}


def answer(request: HttpRequest, story_id: int) -> HttpResponse | None:
    """The way to the post that was kept; None where it is the view's to answer, and nothing was."""
    if (
        story_id > LARGEST_STORY
        or request.GET
        or not _is_genuine(request)
        or not set(request.POST) <= _FIELDS
    ):
        return None
    now = timezone.now()
    known = quick.reader_of(request, now)
    found = quick.thread_for(story_id, known.reader, now) if known else None
    form = PostForm(request.POST)
    if known is None or found is None or not form.is_valid():
        return None
    try:
        answered = _answered(found.thread, request.POST.get("to", ""))
        post = _kept(found.thread, form, author=known.reader, in_reply_to=answered)
    except (ForumError, _Held):
        return None
    response = redirect(post)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


@in_turn
@transaction.atomic
def _kept(thread: Thread, form: PostForm, *, author: Reader, in_reply_to: Post | None) -> Post:
    unhurried(author)
    text, token = form.cleaned_data["text"], form.cleaned_data["form_token"]
    post = add_post(thread, text, author=author, form_token=token, in_reply_to=in_reply_to)
    if post.is_hidden:
        raise _Held
    return post


def _answered(thread: Thread, asked: str) -> Post | None:
    """Of this thread, which is open; `add_post` looks whether it is hidden. Raises NoSuchPost."""
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    if (post := Post.objects.filter(pk=number, thread=thread).first()) is None:
        raise NoSuchPost(number)
    return post


class _Held(Exception):
    """Undoes it: the view does it again, and tells the author."""


class _Question(CsrfViewMiddleware):
    """Django's own check; says what is amiss instead of refusing it, which the view's turn does."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _is_genuine(request: HttpRequest) -> bool:
    """Django asks this of a request when it has found its view, further down than here."""
    return _Question(_unasked).process_view(request, _unasked, (), {}) is None


def _unasked(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError  # stands for a view that is exempt from nothing
