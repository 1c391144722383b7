"""What the forum's pages show, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from careo.forum import text
from careo.forum.access import in_open_thread, may_moderate, published_stories, works_here, writer
from careo.forum.actions import may_still_edit
from careo.forum.blocking import blocked_by
from careo.forum.citing import cited_by
from careo.forum.errors import ForumError, ReaderMuted, ReaderSuspended
from careo.forum.models import PAGE, Flag, Post, Recommendation, Seen, Thread
from careo.readers.models import Reader
from careo.stories.citations import Cited
from careo.stories.models import Story

THREADS = 30  # in the forum's list, those last written in
UNWRITTEN = 5  # stories nobody has written about yet, offered below the list
RECOMMENDED = (
    10 * PAGE
)  # the most recommended posts of a thread that are listed: whoever reads on reads by time


@dataclass(frozen=True)
class ShownPost:
    """A post as one reader may see it: what is hidden has no text, but for moderators."""

    post: Post
    viewer: Reader
    moderates: bool
    may_write: bool
    flagged: bool
    picks: bool = False
    recommended: bool = False
    is_new: bool = False
    folded: bool = False  # the viewer blocked its author
    meant: Mapping[int, Cited] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Where the marks of its citations lead."""
        return f"cited-{self.post.pk}"

    @property
    def is_withheld(self) -> bool:
        """What is held its author may read; what is deleted moderators may, until it is erased."""
        return self.post.is_hidden and not self.moderates and not (self.post.is_held and self.is_own)

    @cached_property
    def html(self) -> SafeString | None:
        if self.is_withheld or not self.post.text:
            return None
        numbers = {typed: cited.number for typed, cited in self.meant.items()}
        return text.html(self.post.text, numbers, anchor=self.anchor)

    @property
    def cited(self) -> list[Cited]:
        """The story's citations that the post cites, in their order there."""
        found = {} if self.is_withheld else {cited.number: cited for cited in self.meant.values()}
        return [found[number] for number in sorted(found)]

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
    def may_recommend(self) -> bool:
        return not self.is_own and not self.post.is_hidden

    @property
    def may_block(self) -> bool:
        return not self.is_own and not self.folded

    @property
    def may_flag(self) -> bool:
        return not self.is_own and not self.post.is_hidden


@dataclass(frozen=True)
class ShownThread:
    """One page of posts. `obstacle` says why the viewer cannot write, if so; `posts_in_all` stand on all pages.

    `sort` is "" by time, "recommended" or "picked"; `unread`: how many posts came since the viewer was last in the thread.
    """

    thread: Thread
    page: int
    posts: list[ShownPost]
    moderates: bool
    obstacle: ForumError | None
    posts_in_all: int
    sort: str = ""
    unread: int = 0

    @property
    def last(self) -> int:
        """The number of the last post shown; 0 where there is none."""
        return max((one.post.number for one in self.posts), default=0)

    @property
    def first_unread(self) -> str:
        """Where it stands; by its number, since the page that tells of it is seen already."""
        number = self.thread.posts_made - self.unread + 1
        page = (number - 1) // PAGE + 1
        here = "" if page == self.page else f"{self.thread.get_absolute_url()}?page={page}"
        return f"{here}#number-{number}"

    @property
    def is_end(self) -> bool:
        """Whether what is new belongs below it."""
        return not self.sort and self.page == self.thread.pages

    @property
    def may_appeal(self) -> bool:
        return isinstance(self.obstacle, (ReaderMuted, ReaderSuspended))

    @property
    def pages(self) -> list[int | None]:
        """The first, the last and those around this one; None stands for what is left out."""
        there = Paginator(range(self.posts_in_all), PAGE)
        return [
            number if isinstance(number, int) else None for number in there.get_elided_page_range(self.page)
        ]


def shown(thread: Thread, viewer: Reader, page: int, *, seen: int | None = None) -> ShownThread:
    """A page by time; `seen`: the last number that the viewer saw before, None for who was never there."""
    unread = max(0, thread.posts_made - seen) if seen is not None else 0
    posts = thread.posts.on_page(page).order_by("number")
    return _page(thread, viewer, posts, page=page, posts_in_all=thread.posts_made, seen=seen, unread=unread)


def after(thread: Thread, viewer: Reader, number: int) -> ShownThread:
    """What came after the post of that number, a page of it at most."""
    posts = thread.posts.filter(number__gt=number).order_by("number")[:PAGE]
    return _page(thread, viewer, posts, page=1, posts_in_all=thread.posts_made, seen=number)


def recommended(thread: Thread, viewer: Reader, page: int) -> ShownThread:
    """The posts that most readers recommend, by an index: the cost is bounded by RECOMMENDED."""
    listed = thread.posts.filter(recommended__gt=0, hidden_at=None).order_by("-recommended", "number")
    in_all = listed[:RECOMMENDED].count()
    page = min(page, max(1, -(-in_all // PAGE)))
    posts = listed[(page - 1) * PAGE : page * PAGE]
    return _page(thread, viewer, posts, page=page, posts_in_all=in_all, sort="recommended")


def picked(thread: Thread, viewer: Reader, page: int) -> ShownThread:
    """The posts that editors picked, by time and by an index."""
    listed = thread.posts.filter(picked_at__isnull=False, hidden_at=None).order_by("number")
    in_all = listed.count()
    page = min(page, max(1, -(-in_all // PAGE)))
    posts = listed[(page - 1) * PAGE : page * PAGE]
    return _page(thread, viewer, posts, page=page, posts_in_all=in_all, sort="picked")


def answers(post: Post, viewer: Reader, page: int) -> ShownThread:
    """A page of the answers to a post, by time."""
    page = min(page, max(1, -(-post.answers_made // PAGE)))
    posts = post.replies.order_by("number")[(page - 1) * PAGE : page * PAGE]
    return _page(post.thread, viewer, posts, page=page, posts_in_all=post.answers_made)


def alone(post: Post, viewer: Reader) -> ShownPost:
    found = _page(post.thread, viewer, Post.objects.filter(pk=post.pk), page=1, posts_in_all=1)
    return found.posts[0]


def _page(
    thread: Thread,
    viewer: Reader,
    found: QuerySet[Post],
    *,
    page: int,
    posts_in_all: int,
    seen: int | None = None,
    sort: str = "",
    unread: int = 0,
) -> ShownThread:
    """`found`, with what each may do and has done to it, in a fixed number of queries."""
    moderates, obstacle, picks = may_moderate(viewer), _obstacle(viewer, thread), works_here(viewer)
    posts = list(found.select_related("author", "in_reply_to__author", "thread"))
    mine = {
        model: set(model.objects.filter(reader=viewer, post__in=posts).values_list("post_id", flat=True))
        for model in (Flag, Recommendation)
    }
    meant = cited_by(posts, thread.story)
    blocked = set() if moderates else blocked_by(viewer, {post.author_id for post in posts})
    shown_posts = [
        ShownPost(
            post,
            viewer,
            moderates,
            may_write=obstacle is None,
            flagged=post.pk in mine[Flag],
            picks=picks,
            recommended=post.pk in mine[Recommendation],
            is_new=seen is not None and post.number > seen and post.author_id != viewer.pk,
            folded=post.author_id in blocked,
            meant=meant.get(post.pk, {}),
        )
        for post in posts
    ]
    return ShownThread(thread, page, shown_posts, moderates, obstacle, posts_in_all, sort, unread)


def _obstacle(viewer: Reader, thread: Thread) -> ForumError | None:
    try:
        writer(viewer, thread)
    except ForumError as error:
        return error
    return None


def page_asked(request: HttpRequest, pages: int) -> int:
    """The page named in the address, kept within so many; the first where none is."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return min(max(number, 1), pages)


@dataclass(frozen=True)
class ListedThread:
    """A thread in the forum's list; `unread` posts came since the viewer was there last."""

    thread: Thread
    unread: int


def threads(viewer: Reader) -> list[ListedThread]:
    """Those last written in, first; of published stories, and the editors' own."""
    written = Thread.objects.filter(in_open_thread(), posts_made__gt=0)
    found = list(written.select_related("story").order_by(F("last_post_at").desc(), "-pk")[:THREADS])
    unread = Seen.objects.unread(viewer, found)
    return [ListedThread(thread, unread.get(thread.pk, 0)) for thread in found]


def unwritten_stories() -> QuerySet[Story]:
    stories: QuerySet[Story] = _published().exclude(thread__posts_made__gt=0)
    return stories.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:UNWRITTEN]


def _published() -> QuerySet[Story]:
    return published_stories()
