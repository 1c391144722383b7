"""What becomes of the words of a post that its author deleted: moderators read them for a while, then nobody does.

So long that a flag, an appeal or a notice can be settled on what was said; a post that still waits for one keeps its
words until it is.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from careo.forum.models import EarlierText, Notice, Post, StatementOfReasons

DAYS = 30  # most flags come within days, and a notice may take its sender some weeks
BATCH = 500  # posts in one transaction, so that nobody who writes waits long


def erase_deleted() -> int:
    """Erase the words of posts deleted more than DAYS ago, with their earlier texts. How many."""
    before = timezone.now() - timedelta(days=DAYS)
    return erase(Post.objects.filter(hidden_as=Post.HiddenAs.AUTHOR, hidden_at__lt=before))


def erase(deleted: QuerySet[Post]) -> int:
    """Erase the words of these, but of those that still wait for a moderator. How many."""
    settled = deleted.exclude(text="").filter(waiting=None)
    settled = settled.exclude(notices__in=_open_notices()).exclude(reasons__in=_open_appeals())
    count = 0
    while keys := list(settled.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            EarlierText.objects.filter(post__in=keys).delete()
            count += Post.objects.filter(pk__in=keys).update(text="")
    return count


def _open_notices() -> QuerySet[Notice]:
    return Notice.objects.filter(settled_at=None)


def _open_appeals() -> QuerySet[StatementOfReasons]:
    return StatementOfReasons.objects.filter(appeal__settled_at=None, appeal__isnull=False)
