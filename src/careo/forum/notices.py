"""Notices that something here is against the law, from anybody (Digital Services Act, Art. 16).

No answer to one tells whether there is anything at the address: the receipt is the same for every address of ours.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext

from careo.forum import moderation
from careo.forum.access import moderator
from careo.forum.errors import NothingToSettle, OwnCase
from careo.forum.log import Act, enter, name_of
from careo.forum.models import Notice, Post, StatementOfReasons
from careo.forum.reasons import Grounds
from careo.forum.tasks import send_notice_settled, send_receipt
from careo.readers.models import Reader

POST_NUMBER_LIMIT = 2**63  # what a column of eight bytes holds


@transaction.atomic
def notify(notice: Notice) -> Notice:
    """Keep it, and let the receipt go out."""
    notice.post = post_at(notice.address)
    notice.save()
    send_receipt.enqueue(notice.pk)
    return notice


def post_at(address: str) -> Post | None:
    """The post that the address names: its own, or its place in a thread (…#post-12)."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    number = match.kwargs.get("post_id")
    if number is None and parts.fragment.startswith("post-"):
        digits = parts.fragment.removeprefix("post-")
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
    return (
        Post.objects.filter(pk=number).first() if number is not None and number < POST_NUMBER_LIMIT else None
    )


def waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(settled_at=None).select_related("post__author", "post__thread__story")


def waiting_for(reader: Reader) -> QuerySet[Notice]:
    """Those this moderator may settle: not of own posts."""
    return waiting().exclude(post__author=reader)


def to_settle(user: Reader, notice_id: int) -> Notice:
    """Raises NothingToSettle, OwnCase."""
    moderator(user)
    found = waiting().filter(pk=notice_id).first()
    if found is None:
        raise NothingToSettle
    if found.post and found.post.author_id == user.pk:
        raise OwnCase
    return found


@transaction.atomic
def settle(notice: Notice, *, act: bool, by: Reader, why: str, rule: str = "") -> None:
    """Hide the post it is about, if `act` and there is one, and tell whoever noticed us. Raises NothingToSettle, OwnCase.

    What stands elsewhere in the paper is for editors to change; `act` then says that they did.
    """
    Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    kept = to_settle(by, notice.pk)
    kept.settled_at, kept.settled_by, kept.acted_on, kept.answer = timezone.now(), by, act, why
    kept.save(update_fields=["settled_at", "settled_by", "acted_on", "answer"])
    about = gettext("notice %(number)s") % {"number": kept.pk}
    if kept.post:
        about = gettext("notice %(number)s of %(post)s") % {"number": kept.pk, "post": name_of(kept.post)}
    enter(Act.NOTICE_ACTED if act else Act.NOTICE_REFUSED, by, about=about, why=why)
    if act and kept.post:
        law, source = StatementOfReasons.Ground.LAW, StatementOfReasons.Source.NOTICE
        moderation.hide(kept.post, by=by, why=why, grounds=Grounds(ground=law, rule=rule, source=source))
    send_notice_settled.enqueue(kept.pk)
