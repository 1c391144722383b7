"""Appeals: an author asks once that a decision be looked at again, and somebody else than who took it settles that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from careo.forum import citing, moderation
from careo.forum.access import moderator, moderators
from careo.forum.errors import (
    AlreadyAppealed,
    ForAnotherModerator,
    NoLongerInForce,
    NothingToSettle,
    TooLateToAppeal,
)
from careo.forum.log import Act, decision_named, enter
from careo.forum.models import Appeal, Notice, Post, StatementOfReasons, Waiting
from careo.forum.moderation_models import APPEAL_DAYS
from careo.forum.queue import IN_PLAY
from careo.forum.tasks import send_appeal_settled, send_appeal_waits
from careo.readers.models import Reader

Restriction = StatementOfReasons.Restriction


@transaction.atomic
def appeal(reasons: StatementOfReasons, text: str) -> Appeal:
    """Raises AlreadyAppealed, NoLongerInForce, TooLateToAppeal."""
    kept = StatementOfReasons.objects.select_for_update().get(pk=reasons.pk)
    refuse_appeal(kept)
    made = Appeal.objects.create(reasons=kept, text=text)
    send_appeal_waits.enqueue(made.pk, [one.pk for one in called_upon(made)])
    return made


def refuse_appeal(reasons: StatementOfReasons) -> None:
    """Raises what stands in the way of an appeal."""
    if Appeal.objects.filter(reasons=reasons).exists():
        raise AlreadyAppealed
    if reasons.withdrawn_at is not None:
        raise NoLongerInForce
    if timezone.now() > reasons.appeal_until:
        raise TooLateToAppeal(APPEAL_DAYS)


def waiting_for(reader: Reader) -> QuerySet[Appeal]:
    """Those this moderator may settle: not of own decisions, not the reader's own."""
    open_ones = Appeal.objects.filter(settled_at=None).exclude(reasons__decided_by=reader)
    return open_ones.exclude(reasons__reader=reader).select_related(
        "reasons__reader", "reasons__post__thread__story", "reasons__sanction", "reasons__decided_by"
    )


def to_settle(user: Reader, appeal_id: int) -> Appeal:
    """Raises NothingToSettle, ForAnotherModerator."""
    reader = moderator(user)
    found = Appeal.objects.filter(pk=appeal_id, settled_at=None).select_related("reasons").first()
    if found is None:
        raise NothingToSettle
    if reader.pk in (found.reasons.decided_by_id, found.reasons.reader_id):
        raise ForAnotherModerator
    return found


@transaction.atomic
def settle(appeal: Appeal, *, granted: bool, by: Reader, why: str) -> None:
    """Say what is to be; where it is granted, the decision is undone. Raises NothingToSettle, ForAnotherModerator."""
    Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    kept = to_settle(by, appeal.pk)
    kept.settled_at, kept.settled_by, kept.granted, kept.answer = timezone.now(), by, granted, why
    kept.save(update_fields=["settled_at", "settled_by", "granted", "answer"])
    act = Act.APPEAL_GRANTED if granted else Act.APPEAL_REFUSED
    enter(act, by, about=decision_named(kept.reasons), why=why)
    if granted:
        _undo(kept.reasons, by=by, why=why)
    send_appeal_settled.enqueue(kept.pk)


def called_upon(appeal: Appeal) -> list[Reader]:
    """Who is told that an appeal waits: moderators but the one who acted; where there are none, administrators."""
    others = moderators_besides(_party_to(appeal))
    return list(others.filter(is_superuser=False) or others.filter(is_superuser=True))


def moderators_besides(parties: Collection[int]) -> QuerySet[Reader]:
    """All who may moderate, administrators included, but for those whose own case it is."""
    return moderators().exclude(pk__in=parties).distinct()


def for_others(reader: Reader) -> int:
    """How many cases wait that this moderator cannot settle: appeals, notices and flags of own posts."""
    open_ones = Appeal.objects.filter(settled_at=None)
    own = Q(reasons__decided_by=reader) | Q(reasons__reader=reader)
    posts = Waiting.objects.filter(IN_PLAY, post__author=reader)
    about = Notice.objects.filter(settled_at=None, post__author=reader)
    return open_ones.filter(own).count() + posts.count() + about.count()


def _party_to(appeal: Appeal) -> list[int]:
    parties = (appeal.reasons.decided_by_id, appeal.reasons.reader_id)
    return [key for key in parties if key is not None]


def _undo(reasons: StatementOfReasons, *, by: Reader, why: str) -> None:
    """Each kind of decision has its opposite; what is undone already is left."""
    now = timezone.now()
    StatementOfReasons.objects.filter(pk=reasons.pk).update(withdrawn_at=now)
    if reasons.sanction and reasons.sanction.lifted_at is None:
        reasons.sanction.lifted_at = now
        reasons.sanction.save(update_fields=["lifted_at"])
    post = reasons.post
    if post and _is_in_effect(reasons, post):
        moderation.restore(post, by=by, why=why)
    if post and reasons.restriction == Restriction.AMEND:
        _put_back(post, reasons.begins_at)


def _is_in_effect(reasons: StatementOfReasons, post: Post) -> bool:
    """Whether this decision is why the post is out of sight: one that was held may have been hidden or deleted since."""
    if reasons.restriction == Restriction.HOLD:
        return post.is_held
    return (
        reasons.restriction == Restriction.HIDE and post.is_hidden and not (post.is_held or post.is_deleted)
    )


def _put_back(post: Post, amended_at: datetime) -> None:
    """The text as it stood before that edit."""
    kept = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    earlier = kept.earlier_texts.filter(replaced_at__lte=amended_at).last()
    if earlier is not None:
        kept.earlier_texts.create(text=kept.text)
        kept.text, kept.amended_at, kept.amended_why = earlier.text, None, ""
        kept.save(update_fields=["text", "amended_at", "amended_why"])
        citing.note(kept)
