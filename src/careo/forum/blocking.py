"""Readers block each other: what the blocked one writes is folded away, and makes no notice, for the one who blocked.

The blocked one reads, answers and mentions as before and is told nothing. Who moderates cannot be blocked, and whoever
comes to moderate later is blocked no more: what the house says reaches everybody. A moderator's own pages fold nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, Expression, F, OuterRef, Q

from careo.forum.errors import CannotBlock, CannotBlockOneself

if TYPE_CHECKING:
    from careo.readers.models import Reader


class BlockQuerySet(models.QuerySet["Block"]):
    def in_force(self) -> BlockQuerySet:
        from careo.forum.access import moderators

        return self.exclude(blocked__in=moderators())

    def of(self, reader: Reader) -> BlockQuerySet:
        return self.filter(reader=reader).select_related("blocked")


class Block(models.Model):
    """`reader` wants to see nothing of `blocked`."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~Q(reader=F("blocked")), name="nobody_blocks_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} blocks {self.blocked_id}"


def block(blocked: Reader, *, by: Reader) -> None:
    """Done already, it is not done again. Raises CannotBlockOneself, CannotBlock."""
    from careo.forum.access import may_moderate

    if blocked.pk == by.pk:
        raise CannotBlockOneself
    if may_moderate(blocked):
        raise CannotBlock
    Block.objects.get_or_create(reader=by, blocked=blocked)


def unblock(key: int, *, by: Reader) -> None:
    """By the block's own number; another reader's is left alone."""
    Block.objects.filter(pk=key, reader=by).delete()


def blocked_by(reader: Reader, among: Collection[int]) -> set[int]:
    """Which of these readers' posts are folded for the reader: one question."""
    if not among:
        return set()
    found = Block.objects.in_force().filter(reader=reader, blocked__in=among)
    return set(found.values_list("blocked_id", flat=True))


def without_blockers(readers: Iterable[int], *, of: Reader) -> list[int]:
    """Those of the readers who have not blocked `of`."""
    wanted = list(readers)
    blockers = Block.objects.in_force().filter(reader__in=wanted, blocked=of) if wanted else ()
    refused = {one.reader_id for one in blockers}
    return [reader for reader in wanted if reader not in refused]


def stands_between(reader: Expression | F, author: str) -> Exists:
    """For a query whose rows have an author in that column: whether `reader`, seen from within, has blocked the author."""
    return Exists(Block.objects.in_force().filter(reader=reader, blocked=OuterRef(author)))
