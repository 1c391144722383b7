"""What moderators do. Each act is one transaction with its entry in the log; done already, it is not done again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from careo.forum.access import may_moderate
from careo.forum.errors import CannotSuspend
from careo.forum.models import ModerationLog, Post, Sanction, Thread
from careo.readers.models import Reader

Act = ModerationLog.Act


@transaction.atomic
def hide(post: Post, *, by: Reader, why: str) -> None:
    """Take the text out of sight of readers; its place stays. Settles its flags."""
    kept = _locked(post)
    if kept.is_hidden:
        return
    kept.hidden_at, kept.hidden_by, kept.hidden_why = timezone.now(), by, why
    kept.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    _settle_flags(kept)
    _log(Act.HIDE, by, about=_name(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def restore(post: Post, *, by: Reader, why: str = "") -> None:
    kept = _locked(post)
    if not kept.is_hidden:
        return
    kept.hidden_at, kept.hidden_by, kept.hidden_why = None, None, ""
    kept.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    _log(Act.RESTORE, by, about=_name(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def keep(post: Post, *, by: Reader, why: str = "") -> None:
    """Settle its flags and let the post stand."""
    kept = _locked(post)
    if _settle_flags(kept):
        _log(Act.KEEP, by, about=_name(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def close(thread: Thread, *, by: Reader, why: str = "") -> None:
    kept = Thread.objects.select_for_update().get(pk=thread.pk)
    if kept.closed_at is None:
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])
        _log(Act.CLOSE, by, about=_title(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def reopen(thread: Thread, *, by: Reader, why: str = "") -> None:
    kept = Thread.objects.select_for_update().get(pk=thread.pk)
    if kept.closed_at is not None:
        kept.closed_at = None
        kept.save(update_fields=["closed_at"])
        _log(Act.REOPEN, by, about=_title(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def suspend(reader: Reader, *, by: Reader, why: str, days: int | None) -> Sanction:
    """Let the reader read but not write for so many days; None: until it is lifted. Raises CannotSuspend."""
    if may_moderate(reader):
        raise CannotSuspend
    ends_at = timezone.now() + timedelta(days=days) if days is not None else None
    sanction = Sanction.objects.create(reader=reader, why=why, ends_at=ends_at, imposed_by=by)
    length = f" for {days} day{'s' if days != 1 else ''}" if days is not None else " until lifted"
    _log(Act.SUSPEND, by, about=f"{reader.byline}{length}", why=why)
    return sanction


@transaction.atomic
def lift(reader: Reader, *, by: Reader, why: str = "") -> None:
    """End every suspension of the reader that is in force."""
    if reader.sanctions.in_force().update(lifted_at=timezone.now()):
        _log(Act.LIFT, by, about=reader.byline, why=why)


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("thread", "author").get(pk=post.pk)


def _settle_flags(post: Post) -> int:
    return post.flags.filter(settled_at=None).update(settled_at=timezone.now())


def _name(post: Post) -> str:
    """Never its words: the log outlasts them."""
    return f"post {post.number} by {post.author.byline} in {_title(post.thread)}"[:200]


def _title(thread: Thread) -> str:
    return f"“{Truncator(thread.story.title).chars(120)}”"


def _log(act: str, moderator: Reader, *, about: str, why: str, path: str = "") -> None:
    ModerationLog.objects.create(act=act, moderator=moderator, about=about, path=path, why=why)
