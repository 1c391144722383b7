"""The gate: the only way to a thread, a post or a list of them.

Everything is asked of the database at each request, never of the pass. Whoever may not read is refused before anything
is looked up, with the same answer for what exists and what does not, so that no status, length or time tells of a post.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Permission
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from careo.forum import limits
from careo.forum.errors import (
    ForumError,
    ManyPostsOfTheDay,
    ModeratorsOnly,
    NoSuchDecision,
    NoSuchPost,
    NoSuchThread,
    NotAnOpener,
    PenNameMissing,
    ReaderBanned,
    ReaderMuted,
    ReaderSuspended,
    SubscribersOnly,
    ThreadClosed,
    TooManyPosts,
)
from careo.forum.models import Post, Sanction, StatementOfReasons, Thread
from careo.forum.prepared import Prepared
from careo.readers.access import is_subscriber
from careo.readers.models import Reader
from careo.stories.models import Story

User = AbstractBaseUser | AnonymousUser
LARGEST_STORY = (
    2**31 - 1
)  # Wagtail numbers pages in four bytes; what is larger, PostgreSQL and SQLite answer with an error


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, which is one request, `let_in` asks the database once of who was let in."""
    token = _let_in.set([])
    try:
        yield
    finally:
        _let_in.reset(token)


_let_in: ContextVar[list[User] | None] = ContextVar("let_in", default=None)


def let_in(user: User) -> Reader:
    """Who may read the forum: subscribers who are not banned, and those who work here.

    Raises SubscribersOnly, ReaderBanned.
    """
    before = _let_in.get()
    if before is not None and any(one is user for one in before):
        return cast("Reader", user)
    reader = _asked(user)
    if before is not None:
        before.append(user)
    return reader


def _asked(user: User) -> Reader:
    if not (isinstance(user, Reader) and user.is_active and (is_subscriber(user) or works_here(user))):
        raise SubscribersOnly
    if ban := user.sanctions.in_force().bans().first():
        raise ReaderBanned(ban.ends_at, ban.why)
    return user


def restricted(user: User) -> Reader:
    """Who may see what was decided about them: everybody with a decision, suspended, banned or unsubscribed though they be.

    Raises SubscribersOnly for who has none and may not read the forum either: that somebody has is nobody else's business.
    """
    if isinstance(user, Reader) and user.is_active and user.reasons_given.exists():
        return user
    return let_in(user)


def decision_about(user: User, decision_id: int) -> StatementOfReasons:
    """One of the reader's own. Raises SubscribersOnly, NoSuchDecision."""
    found = (
        restricted(user)
        .reasons_given.filter(pk=decision_id)
        .select_related("post__thread__story", "sanction")
    )
    if not (decision := found.first()):
        raise NoSuchDecision
    return decision


def may_moderate(reader: Reader) -> bool:
    return reader.is_active and reader.has_perm("forum.moderate")


def moderator(user: User) -> Reader:
    """Raises SubscribersOnly, ModeratorsOnly."""
    reader = let_in(user)
    if not may_moderate(reader):
        raise ModeratorsOnly
    return reader


def editor(user: User) -> Reader:
    """Who picks posts: those who work here. Raises SubscribersOnly, ModeratorsOnly."""
    reader = let_in(user)
    if not works_here(reader):
        raise ModeratorsOnly
    return reader


def opener(user: User) -> Reader:
    """Who may open threads of the paper's own. Raises SubscribersOnly, NotAnOpener."""
    reader = let_in(user)
    if not may_open_threads(reader):
        raise NotAnOpener
    return reader


def may_open_threads(reader: Reader) -> bool:
    return reader.is_active and reader.has_perm("forum.open_threads")


def thread_open_to(user: User, story_id: int | str) -> Thread:
    """The thread of a published story, made when first asked for; by a key such as "t12" one of the editors' own.

    Raises SubscribersOnly, NoSuchThread.
    """
    let_in(user)
    if isinstance(story_id, str):
        return _own_thread(story_id)
    if story_id > LARGEST_STORY:
        raise NoSuchThread(story_id)
    thread = Thread.objects.select_related("story").filter(story_id=story_id).first()
    if thread is None:
        story = Story.objects.filter(pk=story_id).first()
        if story is None or not _is_published(story):
            raise NoSuchThread(story_id)
        thread, _ = Thread.objects.select_related("story").get_or_create(story=story)
    if not _is_open(thread):
        raise NoSuchThread(story_id)
    return thread


def _own_thread(key: str) -> Thread:
    number = int(key.removeprefix("t"))
    thread = Thread.objects.filter(pk=number, story=None).first() if number <= LARGEST_STORY else None
    if thread is None:
        raise NoSuchThread(key)
    return thread


def post_open_to(user: User, post_id: int) -> Post:
    """A post of a published story's thread, hidden ones too: their text is for templates to withhold.

    Raises SubscribersOnly, NoSuchPost.
    """
    let_in(user)
    post = Post.objects.select_related("thread__story", "author").filter(pk=post_id).first()
    if post is None or not _is_open(post.thread):
        raise NoSuchPost(post_id)
    return post


def writer(user: User, thread: Thread) -> Reader:
    """Who may write in the thread now. Raises what stands in the way."""
    reader = let_in(user)
    if obstacle := obstacle_to_writing(reader, thread):
        raise obstacle
    if thread.closed_at is not None:
        raise ThreadClosed
    if not reader.pen_name:
        raise PenNameMissing
    return reader


def obstacle_to_writing(reader: Reader, thread: Thread) -> ForumError | None:
    """The sanction that keeps the reader from writing there, longest first, as the sentence to be told."""
    row = _AGAINST_WRITING.one(reader=reader.pk, thread=thread.pk, now=timezone.now())
    sanction = Sanction.objects.filter(pk=row[0]).first() if row else None
    return as_error(sanction) if sanction else None


_AGAINST_WRITING = Prepared(
    lambda reader, thread, now: (
        Sanction.objects.in_force(now)
        .against_writing_in(Thread(pk=thread))
        .filter(reader_id=reader)
        .values_list("pk")
    ),
    reader=int,
    thread=int,
    now=datetime,
)


def as_error(sanction: Sanction) -> ForumError:
    if sanction.kind == Sanction.Kind.BAN:
        return ReaderBanned(sanction.ends_at, sanction.why)
    if sanction.kind == Sanction.Kind.MUTE:
        return ReaderMuted(sanction.ends_at, sanction.why, here=sanction.thread_id is not None)
    return ReaderSuspended(sanction.ends_at, sanction.why)


def unhurried(reader: Reader) -> None:
    """Raises TooManyPosts, ManyPostsOfTheDay for who wrote more than an account of that age may."""
    now, allowed = timezone.now(), limits.of(reader)
    minutes, day = now - timedelta(minutes=limits.MINUTES), now - timedelta(days=1)
    in_minutes, in_a_day = _WRITTEN.one(reader=reader.pk, minutes=minutes, day=day) or (0, 0)
    if in_minutes >= allowed.in_minutes:
        raise TooManyPosts(limits.MINUTES)
    if in_a_day >= allowed.in_a_day:
        raise ManyPostsOfTheDay(allowed.in_a_day)


def _ask_how_many(reader: int, minutes: datetime, day: datetime) -> QuerySet[Post, Any]:
    posts = Post.objects.filter(author_id=reader, posted_at__gt=day).order_by().values("author_id")
    lately = Count("pk", filter=Q(posted_at__gt=minutes))
    return posts.annotate(lately=lately, of_the_day=Count("pk")).values_list("lately", "of_the_day")


_WRITTEN = Prepared(_ask_how_many, reader=int, minutes=datetime, day=datetime)


def unsuspended(user: User) -> Reader:
    """Who may flag. Raises SubscribersOnly, ReaderBanned, ReaderSuspended."""
    reader = let_in(user)
    if sanction := suspension(reader):
        raise ReaderSuspended(sanction.ends_at, sanction.why)
    return reader


def suspension(reader: Reader) -> Sanction | None:
    """The suspension or ban that holds longest of those in force."""
    return reader.sanctions.in_force().against_flagging().first()


def works_here(reader: Reader) -> bool:
    return reader.has_perm("forum.moderate") or reader.has_perm("wagtailadmin.access_admin")


def in_open_thread(thread: str = "") -> Q:
    """For rows of which `thread` leads to their thread, such as "post__thread__": whether that is open to readers."""
    return Q(**{f"{thread}story": None}) | Q(**{f"{thread}story__in": published_stories()})


def published_stories() -> QuerySet[Story]:
    """Those that have a thread for whoever is let in; `_is_published` says it of one."""
    ended = Q(expire_at__lte=timezone.now())  # the scheduler may be late
    stories: QuerySet[Story] = Story.objects.live().public().exclude(ended)
    return stories


def moderators() -> QuerySet[Reader]:
    """Whoever `may_moderate`, administrators included; a row may come twice."""
    right = Permission.objects.filter(content_type__app_label="forum", codename="moderate")
    may = Q(user_permissions__in=right) | Q(groups__permissions__in=right) | Q(is_superuser=True)
    return Reader.objects.filter(may, is_active=True)


def _is_open(thread: Thread) -> bool:
    """The editors' own always are."""
    return thread.story is None or _is_published(thread.story)


def _is_published(story: Story) -> bool:
    """A draft's thread would tell its headline."""
    ended = story.expire_at is not None and story.expire_at <= timezone.now()  # the scheduler may be late
    return bool(story.live) and not ended and not story.get_view_restrictions().exists()
