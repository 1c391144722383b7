"""A page of a thread to an ordinary subscriber, in four short questions to the database and from pieces drawn before.

    session? ─▶ reader, subscription, nothing against them, no right here? ─▶ thread of a published story? ─▶ posts ─▶ joined
       └───────────────┴────────────── anything else: None, and the view answers as ever ──┴──────────────┘

The gate holds as everywhere in the forum: session, account, subscription, sanctions and the story are asked of the database
at this request, by the query sets that `access` asks too. But here nobody is refused and nothing is decided: whoever is not
beyond doubt, or shown more or less than others (who moderates or edits, is sanctioned, has no pen name, is to be told
something, needs a new pass), goes on to the view. So does a page on which a post cites the story. What comes of both ways is
the same, byte for byte but for the tokens: tests/forum/test_quick.py. What is shown and how it is kept: `drawing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from wagtail.models import PageViewRestriction

from careo.forum import drawing, telling
from careo.forum.access import LARGEST_STORY
from careo.forum.actions import may_still_edit
from careo.forum.citing import PostCitation
from careo.forum.drawing import Standing
from careo.forum.errors import ThreadClosed
from careo.forum.listing import ShownPost, ShownThread, page_asked
from careo.forum.models import (
    PAGE,
    Block,
    Flag,
    Notification,
    Post,
    Recommendation,
    Sanction,
    Seen,
    Thread,
)
from careo.forum.prepared import Prepared, Row
from careo.forum.seen import see
from careo.readers.models import Reader, Subscription
from careo.stories.models import Story

_MESSAGES = ("messages", "_messages")  # of Django's storage: its cookie, its name in the session


def answer(request: HttpRequest, story_id: int, generation: str) -> HttpResponse | None:
    """The page; None where it is the view's to answer. `generation`: a word that is another one after whatever stands
    around each page has changed (masthead, menus, footer), asked for before this."""
    if story_id > LARGEST_STORY or not set(request.GET) <= {"page"}:
        return None
    now = timezone.now()
    known = reader_of(request, now)
    thread = thread_for(story_id, known.reader, now) if known else None
    if known is None or thread is None:
        return None
    reader = known.reader
    page = page_asked(request, thread.thread.pages)
    rows = _POSTS.rows(thread=thread.thread.pk, above=(page - 1) * PAGE, to=page * PAGE, reader=reader.pk)
    if not rows or any(row[_MINE + _CITES] for row in rows):
        return None
    holes = {"csrf": drawing.token(get_token(request)), "form": str(uuid4()), "reader": str(reader.pk)}
    holes["posts"] = "".join(f"{_post(row, reader, thread).fill(holes)}\n" for row in rows)
    shown = ShownThread(
        thread.thread, page, [], False, thread.obstacle, thread.thread.posts_made, "", thread.unread
    )
    holes["unread"] = drawing.unread(thread.unread, shown.first_unread)
    frame = thread.frame(generation, page, request.path)
    if frame is None:
        return None
    see(reader, thread.thread, rows[-1][_NUMBER], before=thread.seen)
    holes["head"] = drawing.head(known.waiting([row[_ID] for row in rows]))
    response = HttpResponse(frame.fill(holes))
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


# Who asks.

_READER_FIELDS = [field.attname for field in Reader._meta.concrete_fields]
_SESSION = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    key=str,
    now=datetime,
)


def _ask_for_reader(pk: int, now: datetime) -> QuerySet[Reader, Any]:
    subscriptions = Subscription.objects.in_force(now).filter(reader=OuterRef("pk"))
    sanctions = Sanction.objects.in_force(now).filter(reader=OuterRef("pk"))
    rights = Reader.user_permissions.through.objects.filter(reader=OuterRef("pk"))
    groups = Reader.groups.through.objects.filter(reader=OuterRef("pk"))
    ordinary = Q(is_active=True, is_superuser=False, is_staff=False) & ~Q(pen_name="")
    found = Reader.objects.filter(ordinary, Exists(subscriptions), ~Exists(sanctions), pk=pk)
    found = found.filter(~Exists(rights), ~Exists(groups))
    told = Notification.objects.filter(reader=OuterRef("pk"), seen_at=None)
    beyond = Greatest("number", "noticed")
    news = Seen.objects.filter(reader=OuterRef("pk"), follows=True, thread__posts_made__gt=beyond)
    waits = Exists(told) | Exists(news)
    return found.annotate(waits=ExpressionWrapper(Q(waits), BooleanField())).values_list(
        *_READER_FIELDS, "waits"
    )


_READER = Prepared(_ask_for_reader, pk=int, now=datetime)


@dataclass(frozen=True)
class _Known:
    """`may_wait`: something may be told to the reader, hidden, blocked or seen though it be; else there is nothing."""

    reader: Reader
    may_wait: bool

    def waiting(self, posts: list[int]) -> telling.Unseen:
        """What waits when these posts have been shown. Reckoned after the thread was seen, as `heading.see` has it."""
        if not self.may_wait:
            return telling.Unseen(frozenset(), 0)
        return telling.see_posts(self.reader, telling.unseen(self.reader), posts)


def reader_of(request: HttpRequest, now: datetime) -> _Known | None:
    """Whose session it is: a subscriber whom nothing sets apart from others."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or _MESSAGES[0] in request.COOKIES or not _sessions_in_table():
        return None
    row = _SESSION.one(key=key, now=now)
    told = _decoded(row[0]) if row else {}
    pk = str(told.get(SESSION_KEY, ""))
    if not pk.isdecimal() or _MESSAGES[1] in told:
        return None
    if told.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not (
        row := _READER.one(pk=int(pk), now=now)
    ):
        return None
    *fields, may_wait = _READER.converted(row)
    reader = Reader.from_db(connection.alias, _READER_FIELDS, fields)
    reader._perm_cache = set()  # type: ignore[attr-defined]  # as Django remembers rights: `_ask_for_reader` found none
    agreed = constant_time_compare(told.get(HASH_SESSION_KEY, ""), reader.get_session_auth_hash())
    return _Known(reader, bool(may_wait)) if agreed else None


def _sessions_in_table() -> bool:
    """Is the table asked here the one in which a session that is ended is missing at once?"""
    return settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


@lru_cache(maxsize=5_000)
def _decoded(data: str) -> dict[str, Any]:
    """What a session says; signed, so that the same words always say the same."""
    told: dict[str, Any] = import_module(settings.SESSION_ENGINE).SessionStore().decode(data)
    return told


# Where.

_THREAD_FIELDS = [field.attname for field in Thread._meta.concrete_fields]
_STORY_FIELDS = ["title", "url_path", "last_published_at", "latest_revision_id"]
_SEEN = ["number", "follows"]


def _ask_for_thread(story: int, reader: int, now: datetime) -> QuerySet[Thread, Any]:
    """None while the paper has pages for some alone: then each is looked at by itself, by the view."""
    lasting = Q(story__expire_at=None) | Q(story__expire_at__gt=now)
    found = Thread.objects.filter(
        lasting, ~Exists(PageViewRestriction.objects.all()), story_id=story, story__live=True
    )
    seen = Seen.objects.filter(reader_id=reader, thread=OuterRef("pk"))
    mine = {name: Subquery(seen.values(name)[:1]) for name in _SEEN}
    fields = [*_THREAD_FIELDS, *(f"story__{name}" for name in _STORY_FIELDS)]
    return found.annotate(**mine).values_list(*fields, *mine)


_THREAD = Prepared(_ask_for_thread, story=int, reader=int, now=datetime)


@dataclass(frozen=True)
class _Found:
    """A thread as this reader finds it; `row` is as the database has it."""

    thread: Thread
    row: Row
    seen: int | None
    follows: bool

    @property
    def obstacle(self) -> ThreadClosed | None:
        return None if self.thread.closed_at is None else ThreadClosed()

    @property
    def unread(self) -> int:
        return 0 if self.seen is None else max(0, self.thread.posts_made - self.seen)

    def frame(self, generation: str, page: int, path: str) -> drawing.Mould | None:
        """None where the story has changed since the row was read."""

        def shown() -> ShownThread:
            story = Story.objects.get(pk=self.thread.story_id)
            if [getattr(story, name) for name in _STORY_FIELDS] != told:
                raise _Changed
            self.thread.story = story
            return ShownThread(self.thread, page, [], False, self.obstacle, self.thread.posts_made)

        told = _THREAD.converted(self.row)[len(_THREAD_FIELDS) : -len(_SEEN)]
        try:
            key = (generation, self.row[: -len(_SEEN)], page)
            return drawing.frame(key, shown, path, follows=self.follows)
        except (_Changed, Story.DoesNotExist):
            return None


class _Changed(Exception):
    pass


def thread_for(story_id: int, reader: Reader, now: datetime) -> _Found | None:
    """The thread of a published story, as the reader finds it."""
    row = _THREAD.one(story=story_id, reader=reader.pk, now=now)
    if row is None:
        return None
    values = _THREAD.converted(row)
    thread = Thread.from_db(connection.alias, _THREAD_FIELDS, values[: len(_THREAD_FIELDS)])
    seen, follows = values[-len(_SEEN) :]
    return _Found(thread, row, seen, bool(follows))


# What.

_POST_FIELDS = [field.attname for field in Post._meta.concrete_fields]
_NAMES = ["pen_name", "first_name", "last_name"]
_AUTHOR = [f"author__{name}" for name in _NAMES]
_ANSWERED = ["in_reply_to__author_id", *(f"in_reply_to__author__{name}" for name in _NAMES)]
_MINE = len(_POST_FIELDS) + len(_AUTHOR) + len(_ANSWERED)  # from there on the row is of this reader alone
_FLAGGED, _RECOMMENDED, _FOLDED, _CITES = range(4)
_ID, _NUMBER, _BY = (_POST_FIELDS.index(name) for name in ("id", "number", "author_id"))


def _ask_for_posts(thread: int, above: int, to: int, reader: int) -> QuerySet[Post, Any]:
    mine = {
        f"is_in_{model.__name__}": Exists(model.objects.filter(reader_id=reader, post=OuterRef("pk")))
        for model in (Flag, Recommendation)
    }
    mine["folded"] = Exists(Block.objects.in_force().filter(reader_id=reader, blocked=OuterRef("author")))
    cites = Exists(PostCitation.objects.filter(post=OuterRef("pk")))
    found = Post.objects.filter(thread_id=thread, number__gt=above, number__lte=to).order_by("number")
    return found.annotate(**mine, cites=cites).values_list(
        *_POST_FIELDS, *_AUTHOR, *_ANSWERED, *mine, "cites"
    )


_POSTS = Prepared(_ask_for_posts, thread=int, above=int, to=int, reader=int)


def _post(row: Row, reader: Reader, found: _Found) -> drawing.Mould:
    is_own, writes = row[_BY] == reader.pk, found.obstacle is None
    standing = Standing(
        is_own=is_own,
        may_write=writes,
        may_edit=is_own and writes and may_still_edit(_post_in(row)),
        flagged=bool(row[_MINE + _FLAGGED]),
        recommended=bool(row[_MINE + _RECOMMENDED]),
        is_new=found.seen is not None and row[_NUMBER] > found.seen and not is_own,
        folded=bool(row[_MINE + _FOLDED]),
    )
    return drawing.post(
        (found.thread.story_id, row[:_MINE]), standing, lambda: _shown(row, standing, found.thread)
    )


def _shown(row: Row, standing: Standing, thread: Thread) -> ShownPost:
    """For drawing: the viewer is nobody, or the author, of whom nothing is known but the number."""
    post = _post_in(row)
    post.thread = thread
    viewer = Reader(pk=post.author_id) if standing.is_own else Reader()
    return ShownPost(
        post,
        viewer,
        moderates=False,
        may_write=standing.may_write,
        flagged=standing.flagged,
        recommended=standing.recommended,
        is_new=standing.is_new,
        folded=standing.folded,
    )


def _post_in(row: Row) -> Post:
    values = _POSTS.converted(row)
    post = Post.from_db(connection.alias, _POST_FIELDS, values[: len(_POST_FIELDS)])
    author, answered = (
        values[len(_POST_FIELDS) : _MINE - len(_ANSWERED)],
        values[_MINE - len(_ANSWERED) : _MINE],
    )
    post.author = _named(post.author_id, author)
    if post.in_reply_to_id is not None:
        post.in_reply_to = Post.from_db(
            connection.alias, ["id", "author_id"], [post.in_reply_to_id, answered[0]]
        )
        post.in_reply_to.author = _named(answered[0], answered[1:])
    return post


def _named(pk: int, names: list[str]) -> Reader:
    return Reader.from_db(connection.alias, ["id", *_NAMES], [pk, *names])
