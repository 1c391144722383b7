"""What readers are told: that somebody answered or mentioned them, that their post was picked, what followed threads hold.

Answers, mentions and picks are rows, made within the act that they tell of, one for each reader and post. What is new in
followed threads is reckoned (`following`). Whether a row still stands is asked at each showing and at each mailing: not
where the post was hidden, the story withdrawn, the author blocked or the pick taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass

from django.db import OperationalError, transaction
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from careo.forum import following, mentions
from careo.forum.access import in_open_thread
from careo.forum.blocking import stands_between, without_blockers
from careo.forum.models import Notification, Post, Seen
from careo.readers.models import Reader
from careo.readers.turns import in_turn

log = logging.getLogger(__name__)

Kind = Notification.Kind
SHOWN = 100  # newest, in the list
COUNTED = 200  # beyond it a count says nothing more


def of_post(post: Post) -> None:
    """Tell whom the post answers and whom it mentions; once, however often it is edited. Within the act that writes it."""
    told: dict[int, str] = {reader.pk: Kind.MENTION for reader in mentions.readers_named(post.text)}
    if post.in_reply_to is not None:
        told[post.in_reply_to.author_id] = Kind.ANSWER
    told.pop(post.author_id, None)
    readers = without_blockers(told, of=post.author)
    rows = [Notification(reader_id=reader, post=post, kind=told[reader]) for reader in readers]
    if rows:
        Notification.objects.bulk_create(rows, ignore_conflicts=True)


def of_pick(post: Post, *, by: Reader) -> None:
    """Within the act that picks it; picked anew after it was taken back, it is told no second time."""
    if post.author_id != by.pk:
        Notification.objects.get_or_create(reader=post.author, post=post, defaults={"kind": Kind.PICK})


def standing(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Those of the rows that may still be told."""
    rows = rows.filter(in_open_thread("post__thread__"), post__hidden_at=None)
    rows = rows.exclude(kind=Kind.PICK, post__picked_at=None)
    return rows.exclude(~Q(kind=Kind.PICK) & Q(stands_between(OuterRef("reader"), "post__author")))


def notices(reader: Reader) -> QuerySet[Notification]:
    """The newest, first."""
    rows = standing(Notification.objects.filter(reader=reader))
    return rows.select_related("post__author", "post__thread__story")[:SHOWN]


def news(reader: Reader) -> QuerySet[Seen]:
    """Rows of the followed threads in which something is new that no notice tells, and was not marked as seen."""
    rows = Seen.objects.filter(reader=reader)
    return following.with_news(rows, "number", "noticed", told_otherwise=False)


@dataclass(frozen=True)
class Unseen:
    """What waits for a reader: `posts` has those of which a notice was not seen."""

    posts: frozenset[int]
    threads: int

    @property
    def count(self) -> int:
        return len(self.posts) + self.threads


def unseen(reader: Reader) -> Unseen:
    """One question, since every page of the forum asks it."""
    rows = standing(Notification.objects.filter(reader=reader, seen_at=None)).order_by()
    threads = (
        news(reader).annotate(post_asked=Value(0, IntegerField())).values_list("post_asked", "thread_id")
    )
    asked = rows.values_list("post_id", "post_id").union(threads, all=True)
    found = [post for post, _ in asked[:COUNTED]]
    return Unseen(frozenset(post for post in found if post), found.count(0))


def see_posts(reader: Reader, unseen: Unseen, shown: Collection[int]) -> Unseen:
    """The reader was shown these posts: what is told of them is seen. Gives what is left."""
    seen = unseen.posts & set(shown)
    if not seen:
        return unseen
    try:
        _note_seen(reader, seen)
    except OperationalError as error:
        # Locked for long: the posts are drawn, and worth more than the mark, which the next visit makes.
        log.warning("Which notices a reader has seen was not noted (%s).", error)
        return unseen
    return Unseen(unseen.posts - seen, unseen.threads)


@in_turn
@transaction.atomic  # within another's transaction a failure must not spoil the rest
def _note_seen(reader: Reader, posts: Collection[int]) -> None:
    reader.notifications.filter(post__in=posts, seen_at=None).update(seen_at=timezone.now())


def see_all(reader: Reader) -> None:
    """Mark all notices as seen; which posts are unread stays as it is."""
    reader.notifications.filter(seen_at=None).update(seen_at=timezone.now())
    for row in news(reader).select_related("thread"):
        Seen.objects.filter(pk=row.pk).update(noticed=row.thread.posts_made)
