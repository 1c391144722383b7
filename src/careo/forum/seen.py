"""How far each reader has read in each thread: one row for both, the highest number that stood on a page shown.

Who goes straight to the last page has seen the thread to its end: what is marked as new came after the last visit. The
row says too whether the reader follows the thread (`following`), so that a thread's page asks for both at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, models, transaction
from django.db.models import Q

from careo.forum.prepared import Prepared, Row
from careo.readers.turns import in_turn

if TYPE_CHECKING:
    from careo.forum.models import Thread
    from careo.readers.models import Reader


log = logging.getLogger(__name__)


class SeenQuerySet(models.QuerySet["Seen"]):
    def number(self, reader: Reader, thread: Thread) -> int | None:
        """The last number the reader has seen; None for who was never there."""
        return self.filter(reader=reader, thread=thread).values_list("number", flat=True).first()

    def of(self, reader: Reader, thread: Thread) -> Seen | None:
        return self.filter(reader=reader, thread=thread).first()

    def unread(self, reader: Reader, threads: Iterable[Thread]) -> dict[int, int]:
        """By thread: how many posts came after the reader's last visit; threads never visited are not in it."""
        made = {thread.pk: thread.posts_made for thread in threads}
        seen = self.filter(reader=reader, thread__in=made).values_list("thread_id", "number")
        return {thread: made[thread] - number for thread, number in seen if made[thread] > number}


class Seen(models.Model):
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey("forum.Thread", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="Of the last post seen; 0 where there was none.")
    follows = models.BooleanField(
        null=True, help_text="None: never chosen, so that writing in the thread begins it."
    )
    noticed = models.PositiveIntegerField(
        default=0, help_text="Up to which post the reader marked its news as seen in the list of notices."
    )
    mailed = models.PositiveIntegerField(default=0, help_text="Up to which post a mail told of it.")

    objects = SeenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "thread"], name="seen_once_a_thread")]
        indexes = [
            models.Index(fields=["thread"], condition=Q(follows=True), name="forum_followers"),
            models.Index(fields=["reader"], condition=Q(follows=True), name="forum_followed"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.thread_id} up to {self.number}"


def see(reader: Reader, thread: Thread, number: int, *, before: int | None) -> None:
    """The reader was shown posts up to `number`, having seen `before`. Nothing is written where that is no news."""
    if before is not None and number <= before:
        return
    try:
        _note(reader, thread, number)
    except OperationalError as error:
        # Locked for long: the posts are drawn, and worth more than the mark, which the next visit makes.
        log.warning("How far a reader has read was not noted (%s).", error)


@in_turn
@transaction.atomic  # within another's transaction a failure must not spoil the rest
def _note(reader: Reader, thread: Thread, number: int) -> None:
    row, made = Seen.objects.get_or_create(reader=reader, thread=thread, defaults={"number": number})
    if not made:
        # Of two tabs the one that went further counts.
        Seen.objects.filter(pk=row.pk, number__lt=number).update(number=number)


def see_own(reader: Reader, thread: Thread, number: int) -> None:
    """The reader wrote the post of that number: who had seen everything before it has seen everything still."""
    row = kept(reader, thread)
    if row and row[0] == number - 1:
        Seen.objects.filter(reader=reader, thread=thread, number=number - 1).update(number=number)


def kept(reader: Reader, thread: Thread) -> Row | None:
    """`number` and `follows` of the reader's row."""
    return _KEPT.one(reader=reader.pk, thread=thread.pk)


_KEPT = Prepared(
    lambda reader, thread: Seen.objects.filter(reader_id=reader, thread_id=thread).values_list(
        "number", "follows"
    ),
    reader=int,
    thread=int,
)
