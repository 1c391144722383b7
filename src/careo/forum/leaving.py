"""What stays of a reader who leaves: posts under no name or without their words, decisions without a name.

The moderators' log cannot be changed, and names whom it named. What others quoted is theirs.
"""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from careo.forum.erasing import erase
from careo.forum.models import (
    Appeal,
    EarlierText,
    Flag,
    Notice,
    Post,
    Recommendation,
    StatementOfReasons,
    Waiting,
)
from careo.readers.given import confirmed
from careo.readers.models import Reader


def see_to_posts(*, reader: Reader, former: Reader, keeps_posts: bool) -> None:
    """Within the transaction that deletes the account."""
    _forget_appeals(reader)
    _take_names_from_decisions(reader)
    Notice.objects.filter(email__in=confirmed(reader)).update(email="", name="")
    recommended = Recommendation.objects.filter(reader=reader).values("post")
    Post.objects.filter(pk__in=recommended).update(recommended=F("recommended") - 1)
    _hand_over_posts(reader, former, keeps_posts=keeps_posts)


def _hand_over_posts(reader: Reader, former: Reader, *, keeps_posts: bool) -> None:
    """Words under an open notice stay until it is settled, and go then with those that authors deleted. Flags of words
    that are gone are settled by that."""
    posts = Post.objects.filter(author=reader)
    if not keeps_posts:
        posts.exclude(hidden_as=Post.HiddenAs.AUTHOR).update(
            hidden_at=timezone.now(),
            hidden_as=Post.HiddenAs.AUTHOR,
            hidden_by=None,
            hidden_why="",
            picked_at=None,
        )
    gone = posts.filter(hidden_as=Post.HiddenAs.AUTHOR)
    Waiting.objects.filter(post__in=gone).delete()
    Flag.objects.filter(post__in=gone, settled_at=None).update(settled_at=timezone.now())
    erase(gone)
    EarlierText.objects.filter(post__in=posts.exclude(hidden_as=Post.HiddenAs.AUTHOR)).delete()
    posts.update(author=former)


def _forget_appeals(reader: Reader) -> None:
    """One that waits is withdrawn; of one that was settled the answer stays."""
    mine = Appeal.objects.filter(reasons__reader=reader)
    mine.filter(settled_at=None).delete()
    mine.update(text="")


def _take_names_from_decisions(reader: Reader) -> None:
    for reasons in StatementOfReasons.objects.filter(reader=reader):
        reasons.scope = reasons.scope.replace(reader.byline, _("Former reader"))
        reasons.save(update_fields=["scope"])
