"""What waits for a moderator: flagged posts, held ones, and new members' first ones, in one queue.

A post is in it by a row of `Waiting`, put there by whatever brings it before moderators and taken out by whoever
settles it; so the queue costs the same however many posts there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from careo.forum.access import works_here
from careo.forum.lists import found_in
from careo.forum.models import Flag, ForumSettings, Post, Sanction, Waiting
from careo.forum.prepared import Prepared
from careo.forum.scoring import scored
from careo.readers.models import Reader

SHOWN = 25  # posts of the queue on its page
AROUND = 2  # posts before and after each: what it answers and what it led to
IN_PLAY = Q(post__thread__story=None) | Q(post__thread__story__live=True)
ORDERS = {"age": ("since", "pk"), "score": ("-score", "since", "pk")}


class FirstPosts(NamedTuple):
    held: bool
    shown: bool


def first_posts(post: Post) -> FirstPosts:
    """Whether the post is among its author's first, of which the desk holds so many and wants to see so many."""
    held, shown = _DESK.one() or _as_from_the_start()
    most = max(held, shown)
    if not most or works_here(post.author):
        return FirstPosts(False, False)
    place = len(_up_to(most + 1).rows(author=post.author_id, post=post.pk))
    return FirstPosts(place <= held, place <= most)


_DESK = Prepared(
    lambda: ForumSettings.objects.order_by("pk").values_list("first_posts_held", "first_posts_shown")[:1]
)


def _as_from_the_start() -> tuple[int, int]:
    desk = ForumSettings.load()
    return desk.first_posts_held, desk.first_posts_shown


@cache
def _up_to(most: int) -> Prepared:
    """The author's posts up to that one, so many at most: of who has written much the rest is not counted."""

    def ask(author: int, post: int) -> QuerySet[Post, tuple[int]]:
        return Post.objects.filter(author_id=author, pk__lte=post).order_by().values_list("pk")[:most]

    return Prepared(ask, author=int, post=int)


def put(post: Post, *, is_first: bool = False) -> Waiting:
    """Let the post wait, if it does not yet, and reckon its score anew."""
    waiting, _ = Waiting.objects.get_or_create(post=post, defaults={"is_first": is_first})
    listed = found_in(post.text)
    told = scored(
        post.text,
        account_days=(timezone.now() - post.author.date_joined).total_seconds() / 86_400,
        posts_before=post.author.posts.filter(pk__lt=post.pk)[:10].count(),
        listed=len(listed.hold) + len(listed.refuse),
        flags=post.flags.filter(settled_at=None).count(),
    )
    waiting.score, waiting.found = told.score, ", ".join(told.found)
    waiting.save(update_fields=["score", "found"])
    return waiting


@dataclass(frozen=True)
class Record:
    """What moderators should know of an author before they judge: counts, and every sanction there was."""

    reader: Reader
    posts: int = 0
    hidden: int = 0
    sanctions: list[Sanction] = field(default_factory=list)


@dataclass(frozen=True)
class Item:
    """One post that waits, with the posts around it and its author's record."""

    waiting: Waiting
    before: list[Post]
    after: list[Post]
    record: Record

    @property
    def post(self) -> Post:
        return self.waiting.post


def waiting(order: str, viewer: Reader) -> QuerySet[Waiting]:
    """Those of published stories and the editors' own threads, but for the viewer's own posts.

    `order`: "age" or "score", anything else as age.
    """
    flags = Flag.objects.filter(settled_at=None).select_related("reader")
    rows = Waiting.objects.filter(IN_PLAY).exclude(post__author=viewer)
    return (
        rows.order_by(*ORDERS.get(order, ORDERS["age"]))
        .select_related("post__author", "post__thread__story")
        .prefetch_related(Prefetch("post__flags", queryset=flags, to_attr="unsettled"))
    )


def items(order: str, viewer: Reader) -> list[Item]:
    """The head of the queue, in a bounded number of queries."""
    rows = list(waiting(order, viewer)[:SHOWN])
    around = _around([row.post for row in rows])
    records = records_of({row.post.author for row in rows})
    return [
        Item(
            row,
            [post for post in around if _is_near(post, row.post, -AROUND, -1)],
            [post for post in around if _is_near(post, row.post, 1, AROUND)],
            records[row.post.author_id],
        )
        for row in rows
    ]


def records_of(readers: set[Reader]) -> dict[int, Record]:
    counts, sanctions = _counts(readers), _sanctions(readers)
    return {
        reader.pk: Record(reader, *counts.get(reader.pk, (0, 0)), sanctions.get(reader.pk, []))
        for reader in readers
    }


def _counts(readers: set[Reader]) -> dict[int, tuple[int, int]]:
    """Posts, and those that moderators hid, by author."""
    by_author = Post.objects.filter(author__in=readers).order_by().values("author_id")
    counted = by_author.annotate(made=Count("pk"), taken=Count("pk", filter=_BY_MODERATORS))
    return {row["author_id"]: (row["made"], row["taken"]) for row in counted}


def _sanctions(readers: set[Reader]) -> dict[int, list[Sanction]]:
    """Newest first."""
    found = Sanction.objects.filter(reader__in=readers).select_related("thread__story")
    by_reader: dict[int, list[Sanction]] = {}
    for sanction in found.order_by("-begins_at"):
        by_reader.setdefault(sanction.reader_id, []).append(sanction)
    return by_reader


_BY_MODERATORS = Q(hidden_at__isnull=False, hidden_as=Post.HiddenAs.MODERATOR)


def _around(posts: list[Post]) -> list[Post]:
    near = Q(pk=None)
    for post in posts:
        near |= Q(thread=post.thread_id, number__range=(post.number - AROUND, post.number + AROUND))
    return list(Post.objects.filter(near).select_related("author").order_by("number")) if posts else []


def _is_near(post: Post, to: Post, least: int, most: int) -> bool:
    return post.thread_id == to.thread_id and least <= post.number - to.number <= most
