"""What moderators do. Each act is one transaction with its entry in the log; done already, it is not done again.

Whatever restricts an author goes with a statement of reasons (`reasons`), which the author can appeal against once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from careo.forum import citing, queue, telling
from careo.forum import text as texts
from careo.forum.access import may_moderate
from careo.forum.errors import AlreadyDeleted, CannotSuspend, EmptyPost, OwnCase, PostHidden
from careo.forum.log import Act, enter, name_of, title_of
from careo.forum.models import EarlierText, Post, Sanction, StatementOfReasons, Thread, Waiting
from careo.forum.reasons import Grounds, state_for_post, state_for_sanction
from careo.forum.seen import see_own
from careo.forum.signals import post_made
from careo.readers.models import Reader

Restriction = StatementOfReasons.Restriction
SANCTIONS = {
    Sanction.Kind.WARN: Act.WARN,
    Sanction.Kind.MUTE: Act.MUTE,
    Sanction.Kind.SUSPEND: Act.SUSPEND,
    Sanction.Kind.BAN: Act.BAN,
}


@transaction.atomic
def hide(post: Post, *, by: Reader, why: str, grounds: Grounds | None = None) -> None:
    """Take the text out of sight of readers; its place stays. Settles its flags. What its author deleted is only settled."""
    kept = _locked(post)
    if kept.is_hidden and not kept.is_held and not kept.is_deleted:
        return
    if not kept.is_deleted:
        _withhold(kept, Post.HiddenAs.MODERATOR, by=by, why=why)
        state_for_post(kept, Restriction.HIDE, why=why, by=by, grounds=grounds)
    _settle(kept)
    enter(Act.HIDE, by, about=name_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def hold(post: Post, *, listed: Sequence[str] = (), is_first: bool = False) -> None:
    """What a rule of the desk does: nobody but the author and moderators reads the post until one of these looked."""
    kept = _locked(post)
    if listed:
        why = (gettext("It holds “%(listed)s”.") % {"listed": "”, “".join(listed)})[:300]
    else:
        why = gettext("It is among a new member's first posts.")
    if kept.is_hidden:
        return
    _withhold(kept, Post.HiddenAs.HELD, by=None, why=why)
    queue.put(kept, is_first=is_first)
    if listed:  # a restriction on the ground of our rules; that every new member's posts wait is none
        source = StatementOfReasons.Source.LIST
        state_for_post(kept, Restriction.HOLD, why=why, by=None, grounds=Grounds(source=source))
    enter(Act.HOLD, None, about=name_of(kept), path=kept.get_absolute_url(), why=why)
    post.refresh_from_db()


@transaction.atomic
def restore(post: Post, *, by: Reader, why: str = "") -> None:
    """Put a hidden or held post back before readers. Raises OwnCase, AlreadyDeleted for what its author took away."""
    kept = _of_another(post, by)
    if not kept.is_hidden:
        return
    if kept.is_deleted:
        raise AlreadyDeleted
    _show(kept)
    _settle(kept)
    enter(Act.RESTORE, by, about=name_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def keep(post: Post, *, by: Reader, why: str = "") -> None:
    """Settle its flags and let the post stand; a held one is shown. Raises OwnCase."""
    kept = _of_another(post, by)
    if kept.is_held:
        _show(kept)
    if _settle(kept):
        enter(Act.KEEP, by, about=name_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def amend(post: Post, text: str, *, by: Reader, why: str, grounds: Grounds | None = None) -> None:
    """Put another text in its place, keeping the earlier one; the post says that a moderator did, and why.

    Raises OwnCase, EmptyPost, PostHidden.
    """
    kept, text = _of_another(post, by), texts.normalised(text)
    if not texts.has_words(text):
        raise EmptyPost
    if kept.is_hidden:
        raise PostHidden
    if text == kept.text:
        return
    EarlierText.objects.create(post=kept, text=kept.text)
    kept.text, kept.amended_at, kept.amended_why = text, timezone.now(), why
    kept.save(update_fields=["text", "amended_at", "amended_why"])
    citing.note(kept)
    state_for_post(kept, Restriction.AMEND, why=why, by=by, grounds=grounds)
    _settle(kept)
    enter(Act.AMEND, by, about=name_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def pick(post: Post, *, by: Reader) -> None:
    """Mark it as worth reading; its author is told. Raises PostHidden."""
    kept = _locked(post)
    if kept.is_hidden:
        raise PostHidden
    if kept.picked_at is None:
        _set_picked(kept, True)
        telling.of_pick(kept, by=by)
        enter(Act.PICK, by, about=name_of(kept), path=kept.get_absolute_url())


@transaction.atomic
def unpick(post: Post, *, by: Reader) -> None:
    kept = _locked(post)
    if kept.picked_at is not None:
        _set_picked(kept, False)
        enter(Act.UNPICK, by, about=name_of(kept), path=kept.get_absolute_url())


@transaction.atomic
def close(thread: Thread, *, by: Reader, why: str = "") -> None:
    kept = Thread.objects.select_for_update().get(pk=thread.pk)
    if kept.closed_at is None:
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])
        enter(Act.CLOSE, by, about=title_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def reopen(thread: Thread, *, by: Reader, why: str = "") -> None:
    kept = Thread.objects.select_for_update().get(pk=thread.pk)
    if kept.closed_at is not None:
        kept.closed_at = None
        kept.save(update_fields=["closed_at"])
        enter(Act.REOPEN, by, about=title_of(kept), path=kept.get_absolute_url(), why=why)


@transaction.atomic
def slow(thread: Thread, *, by: Reader, seconds: int, why: str = "") -> None:
    """Let one reader write there every so many seconds; 0 ends it."""
    kept = Thread.objects.select_for_update().get(pk=thread.pk)
    if kept.slow_seconds != seconds:
        kept.slow_seconds = seconds
        kept.save(update_fields=["slow_seconds"])
        pace = _pace(seconds)
        enter(Act.SLOW, by, about=f"{title_of(kept)}: {pace}", path=kept.get_absolute_url(), why=why)


@transaction.atomic
def sanction(
    reader: Reader,
    kind: str,
    *,
    by: Reader,
    why: str,
    hours: int | None = None,
    thread: Thread | None = None,
    grounds: Grounds | None = None,
) -> Sanction:
    """Warn, mute, suspend or ban for so many hours; None: until it is lifted. `thread`: of a mute alone, else everywhere.

    Raises CannotSuspend for moderators.
    """
    if may_moderate(reader):
        raise CannotSuspend
    thread = thread if kind == Sanction.Kind.MUTE else None
    hours = None if kind == Sanction.Kind.WARN else hours
    ends_at = timezone.now() + timedelta(hours=hours) if hours is not None else None
    imposed = Sanction.objects.create(
        reader=reader, kind=kind, thread=thread, why=why, ends_at=ends_at, imposed_by=by
    )
    where = title_of(thread) if thread else gettext("the whole forum")
    state_for_sanction(imposed, scope=where, grounds=grounds)
    length = "" if kind == Sanction.Kind.WARN else f", {where}, {_length(hours)}"
    enter(SANCTIONS[Sanction.Kind(kind)], by, about=f"{reader.byline}{length}", why=why)
    return imposed


def suspend(reader: Reader, *, by: Reader, why: str, days: int | None) -> Sanction:
    """Let the reader read but not write for so many days; None: until it is lifted. Raises CannotSuspend."""
    hours = days * 24 if days is not None else None
    return sanction(reader, Sanction.Kind.SUSPEND, by=by, why=why, hours=hours)


@transaction.atomic
def lift(reader: Reader, *, by: Reader, why: str = "") -> None:
    """End every sanction of the reader that is in force. Raises OwnCase."""
    if reader.pk == by.pk:
        raise OwnCase
    in_force = list(reader.sanctions.in_force())
    if in_force:
        now, keys = timezone.now(), [one.pk for one in in_force]
        Sanction.objects.filter(pk__in=keys).update(lifted_at=now)
        StatementOfReasons.objects.filter(sanction__in=keys).update(withdrawn_at=now)
        enter(Act.LIFT, by, about=reader.byline, why=why)


def _pace(seconds: int) -> str:
    if not seconds:
        return gettext("as everywhere")
    return ngettext("one post in %(n)d second", "one post in %(n)d seconds", seconds) % {"n": seconds}


def _length(hours: int | None) -> str:
    if hours is None:
        return gettext("until lifted")
    if hours % 24 == 0:
        return ngettext("for %(n)d day", "for %(n)d days", hours // 24) % {"n": hours // 24}
    return ngettext("for %(n)d hour", "for %(n)d hours", hours) % {"n": hours}


def _locked(post: Post) -> Post:
    found = Post.objects.select_for_update(of=("self",)).select_related("thread__story", "author")
    return found.get(pk=post.pk)


def _of_another(post: Post, by: Reader) -> Post:
    """Nobody lets an own post stand, or settles the flags of it. Raises OwnCase."""
    kept = _locked(post)
    if kept.author_id == by.pk:
        raise OwnCase
    return kept


def _withhold(post: Post, hidden_as: str, *, by: Reader | None, why: str) -> None:
    """A pick goes with it: what is out of sight recommends nothing."""
    post.hidden_at, post.hidden_as, post.hidden_by, post.hidden_why = timezone.now(), hidden_as, by, why
    post.picked_at = None
    post.save(update_fields=["hidden_at", "hidden_as", "hidden_by", "hidden_why", "picked_at"])


def _show(post: Post) -> None:
    if post.is_held and post.edited_at is None:
        _place_last(post)
    post.hidden_at, post.hidden_as, post.hidden_by, post.hidden_why = None, "", None, ""
    post.save(update_fields=["hidden_at", "hidden_as", "hidden_by", "hidden_why"])
    withdrawn = post.reasons.filter(restriction__in=[Restriction.HIDE, Restriction.HOLD], withdrawn_at=None)
    withdrawn.update(withdrawn_at=timezone.now())


def _place_last(post: Post) -> None:
    """A post that nobody has read yet is the thread's newest when it is shown: told live, and new to who read past its place."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    thread.posts_made, thread.last_post_at = thread.posts_made + 1, timezone.now()
    post.number = thread.posts_made
    post.save(update_fields=["number"])
    see_own(post.author, thread, post.number)
    thread.save(update_fields=["posts_made", "last_post_at"])
    told = partial(post_made.send_robust, Post, topic=thread.topic, number=post.number)
    transaction.on_commit(told)


def _set_picked(post: Post, picked: bool) -> None:
    post.picked_at = timezone.now() if picked else None
    post.save(update_fields=["picked_at"])


def _settle(post: Post) -> bool:
    """Take it out of the queue. Whether it was there, or had flags."""
    waited, _ = Waiting.objects.filter(post=post).delete()
    flags = post.flags.filter(settled_at=None).update(settled_at=timezone.now())
    return bool(waited or flags)
