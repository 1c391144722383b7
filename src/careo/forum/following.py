"""Readers follow threads: by a button, or by writing there unless they choose otherwise.

No row is made for each follower when somebody posts: what is new in a followed thread is reckoned when it is asked for,
from how far the reader has come (`Seen`). So a post costs the same however many follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest

from careo.forum.access import in_open_thread
from careo.forum.blocking import stands_between
from careo.forum.choosing import NoticeChoices
from careo.forum.models import Notification, Post, Seen, Thread
from careo.forum.seen import kept

if TYPE_CHECKING:
    from careo.readers.models import Reader

SHOWN = 100  # followed threads in the list, those last written in


@transaction.atomic
def follow(thread: Thread, *, by: Reader) -> None:
    """From now on: what stands there already is no news."""
    row, made = Seen.objects.get_or_create(
        reader=by, thread=thread, defaults={"number": thread.posts_made, "follows": True}
    )
    if not made and not row.follows:
        Seen.objects.filter(pk=row.pk).update(
            follows=True, noticed=thread.posts_made, mailed=thread.posts_made
        )


def unfollow(thread: Thread, *, by: Reader) -> None:
    """Writing there does not begin it again."""
    Seen.objects.update_or_create(
        reader=by, thread=thread, defaults={"follows": False}, create_defaults={"number": 0, "follows": False}
    )


def by_writing(thread: Thread, number: int, *, author: Reader) -> None:
    """The author wrote the post of that number, within the act that makes it: follow the thread, where nothing was chosen."""
    row = kept(author, thread)
    if row is not None and row[1] is not None:
        return
    if NoticeChoices.objects.filter(reader=author, follows_own=False).exists():
        return
    if row is None:
        Seen.objects.get_or_create(reader=author, thread=thread, defaults={"number": number})
    mine = Seen.objects.filter(reader=author, thread=thread, follows=None)
    mine.update(follows=True, noticed=number, mailed=number)


def followed(reader: Reader) -> QuerySet[Seen]:
    """The reader's rows of the threads followed, those last written in first."""
    rows = Seen.objects.filter(in_open_thread("thread__"), reader=reader, follows=True)
    order = (F("thread__last_post_at").desc(nulls_last=True), "-thread")
    return rows.select_related("thread__story").order_by(*order)


def with_news(rows: QuerySet[Seen], *beyond: str, told_otherwise: bool = True) -> QuerySet[Seen]:
    """Those of the rows in whose threads something stands beyond these columns that the reader may see and did not write.

    `since` of each is the number beyond which it stands. `told_otherwise`: whether posts count that the reader has a
    notice of besides.
    """
    rows = rows.filter(in_open_thread("thread__"), follows=True)
    rows = rows.annotate(since=Greatest(*beyond)).filter(thread__posts_made__gt=F("since"))
    posts = Post.objects.filter(thread=OuterRef("thread"), number__gt=OuterRef("since"))
    theirs = _to_tell(posts, OuterRef("reader"), stands_between(OuterRef(OuterRef("reader")), "author"))
    if not told_otherwise:
        told = Notification.objects.filter(reader=OuterRef(OuterRef("reader")), post=OuterRef("pk"))
        theirs = theirs.exclude(Exists(told))
    return rows.filter(Exists(theirs))


def news_of(row: Seen, since: int) -> QuerySet[Post]:
    """What `with_news` found in one of its rows, oldest first."""
    posts = Post.objects.filter(thread=row.thread_id, number__gt=since)
    found = _to_tell(posts, row.reader_id, stands_between(Value(row.reader_id), "author"))
    return found.select_related("author", "thread__story").order_by("number")


def _to_tell(posts: QuerySet[Post], reader: Any, blocked: Exists) -> QuerySet[Post]:
    return posts.filter(hidden_at=None).exclude(author=reader).exclude(blocked)
