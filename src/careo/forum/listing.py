"""What the forum's pages show, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from careo.forum import text
from careo.forum.access import may_moderate, works_here, writer
from careo.forum.actions import may_still_edit
from careo.forum.errors import ForumError, ReaderMuted, ReaderSuspended
from careo.forum.models import PAGE, Flag, Notification, Post, Thread
from careo.readers.models import Reader
from careo.stories.models import Story

THREADS = 30  # in the forum's list, those last written in
UNWRITTEN = 5  # stories nobody has written about yet, offered below the list
NOTIFICATIONS = 100  # newest


@dataclass(frozen=True)
class ShownPost:
    """A post as one reader may see it: what is hidden has no text, but for moderators."""

    post: Post
    viewer: Reader
    moderates: bool
    may_write: bool
    flagged: bool
    picks: bool = False

    @cached_property
    def html(self) -> SafeString | None:
        return text.html(self.post.text) if self.post.text and self._sees_text else None

    @property
    def _sees_text(self) -> bool:
        """What is held its author may read; what is deleted moderators may, until it is erased."""
        return not self.post.is_hidden or self.moderates or (self.post.is_held and self.is_own)

    @property
    def is_own(self) -> bool:
        return self.post.author_id == self.viewer.pk

    @property
    def may_edit(self) -> bool:
        return self.may_write and self.is_own and not self.post.is_hidden and may_still_edit(self.post)

    @property
    def may_delete(self) -> bool:
        return self.is_own and (not self.post.is_hidden or self.post.is_held)

    @property
    def may_answer(self) -> bool:
        return self.may_write and not self.post.is_hidden

    @property
    def may_flag(self) -> bool:
        return not self.is_own and not self.post.is_hidden


@dataclass(frozen=True)
class ShownThread:
    """One page of a thread. `obstacle` says why the viewer cannot write, if so."""

    thread: Thread
    page: int
    posts: list[ShownPost]
    moderates: bool
    obstacle: ForumError | None

    @property
    def may_appeal(self) -> bool:
        return isinstance(self.obstacle, (ReaderMuted, ReaderSuspended))

    @property
    def pages(self) -> list[int | None]:
        """The first, the last and those around this one; None stands for what is left out."""
        there = Paginator(range(self.thread.posts_made), PAGE)
        return [
            number if isinstance(number, int) else None for number in there.get_elided_page_range(self.page)
        ]


def shown(thread: Thread, viewer: Reader, page: int) -> ShownThread:
    moderates, obstacle, picks = may_moderate(viewer), _obstacle(viewer, thread), works_here(viewer)
    posts = list(
        thread.posts.on_page(page)
        .select_related("author", "in_reply_to__author", "thread")
        .order_by("number")
    )
    flagged = set(Flag.objects.filter(reader=viewer, post__in=posts).values_list("post_id", flat=True))
    return ShownThread(
        thread,
        page,
        [ShownPost(post, viewer, moderates, obstacle is None, post.pk in flagged, picks) for post in posts],
        moderates,
        obstacle,
    )


def _obstacle(viewer: Reader, thread: Thread) -> ForumError | None:
    try:
        writer(viewer, thread)
    except ForumError as error:
        return error
    return None


def page_asked(request: HttpRequest, thread: Thread) -> int:
    """The page named in the address, kept within the thread; the first where none is."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return min(max(number, 1), thread.pages)


def threads() -> QuerySet[Thread]:
    """Those last written in, first; of published stories only."""
    written = Thread.objects.filter(posts_made__gt=0, story__in=_published())
    return written.select_related("story").order_by(F("last_post_at").desc(), "-pk")[:THREADS]


def unwritten_stories() -> QuerySet[Story]:
    stories: QuerySet[Story] = _published().exclude(thread__posts_made__gt=0)
    return stories.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:UNWRITTEN]


def notifications(reader: Reader) -> QuerySet[Notification]:
    """Answers to what the reader wrote; none that a moderator hid, none from an unpublished story."""
    return _standing(reader).select_related("post__author", "post__thread__story")[:NOTIFICATIONS]


def unseen(reader: Reader) -> int:
    """How many of them the reader has not seen."""
    return _standing(reader).filter(seen_at=None).count()


def _standing(reader: Reader) -> QuerySet[Notification]:
    return reader.notifications.filter(post__hidden_at=None, post__thread__story__in=_published())


def _published() -> QuerySet[Story]:
    ended = Q(expire_at__lte=timezone.now())  # the scheduler may be late
    stories: QuerySet[Story] = Story.objects.live().public().exclude(ended)
    return stories
