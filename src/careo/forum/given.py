"""What the forum keeps of a reader, for the download of it all: nobody else's words, and nobody who acted or flagged."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from careo.forum.blocking import Block
from careo.forum.choosing import KINDS, NoticeChoices
from careo.forum.models import Appeal, Flag, Notice, Recommendation, Seen
from careo.readers.given import Given, Part, Row, confirmed
from careo.readers.models import Reader


def given() -> Given:
    return Given(_parts, TOLD, LEFT_OUT)


def _parts(reader: Reader) -> Iterator[Part]:
    yield Part("posts", _("Posts"), _posts(reader))
    yield Part("recommendations", _("Posts you recommended"), _recommendations(reader))
    yield Part("flags", _("Posts you flagged"), _flags(reader))
    yield Part("notifications", _("Notices to you"), _notifications(reader))
    yield Part("read", _("How far you read, and what you follow"), _seen(reader))
    yield Part("mail", _("What the forum tells you by e-mail"), _choices(reader))
    yield Part("blocks", _("Readers you blocked"), _blocks(reader))
    yield Part("sanctions", _("Sanctions"), _sanctions(reader))
    yield Part("decisions", _("Decisions about you"), _decisions(reader))
    yield Part("appeals", _("Your appeals"), _appeals(reader))
    yield Part("notices", _("Notices of illegal content that you sent"), _notices(reader))


def _posts(reader: Reader) -> Iterator[Row]:
    for post in reader.posts.order_by("pk").prefetch_related("earlier_texts", "citations"):
        earlier = post.earlier_texts.all()
        yield {
            "address": _at(post.pk),
            "posted_at": post.posted_at,
            "text": post.text,
            "edited_at": post.edited_at,
            "earlier_texts": [{"text": one.text, "until": one.replaced_at} for one in earlier],
            "passages_cited": {str(one.number): one.passages for one in post.citations.all()},
            "in_reply_to": _at(post.in_reply_to_id) if post.in_reply_to_id else "",
            "withheld": post.get_hidden_as_display() if post.is_hidden else "",
            "withheld_why": post.hidden_why,
            "recommended": post.recommended,
            "picked_at": post.picked_at,
        }


def _recommendations(reader: Reader) -> Iterator[Row]:
    for one in Recommendation.objects.filter(reader=reader).order_by("pk"):
        yield {"address": _at(one.post_id), "at": one.at}


def _flags(reader: Reader) -> Iterator[Row]:
    for one in Flag.objects.filter(reader=reader).order_by("pk"):
        yield {"address": _at(one.post_id), "why": one.why, "at": one.flagged_at}


def _notifications(reader: Reader) -> Iterator[Row]:
    for one in reader.notifications.order_by("pk"):
        kind = one.get_kind_display()
        yield {"address": _at(one.post_id), "kind": kind, "at": one.made_at, "seen_at": one.seen_at}


def _seen(reader: Reader) -> Iterator[Row]:
    for one in Seen.objects.filter(reader=reader).select_related("thread"):
        address = one.thread.get_absolute_url()
        yield {"address": address, "up_to_post": one.number, "follows": bool(one.follows)}


def _choices(reader: Reader) -> Iterator[Row]:
    for one in NoticeChoices.objects.filter(reader=reader):
        kinds = {kind: getattr(one, f"get_{kind}_display")() for kind in KINDS}
        yield {**kinds, "follow_what_i_write_in": one.follows_own}


def _blocks(reader: Reader) -> Iterator[Row]:
    for one in Block.objects.of(reader).order_by("pk"):
        yield {"name": one.blocked.byline, "at": one.at}


def _sanctions(reader: Reader) -> Iterator[Row]:
    for one in reader.sanctions.order_by("pk"):
        yield {
            "kind": one.kind,
            "why": one.why,
            "from": one.begins_at,
            "until": one.ends_at,
            "lifted_at": one.lifted_at,
        }


def _decisions(reader: Reader) -> Iterator[Row]:
    for one in reader.reasons_given.order_by("pk"):
        yield {
            "address": one.get_absolute_url(),
            "restriction": one.get_restriction_display(),
            "about": one.scope,
            "facts": one.facts,
            "ground": one.get_ground_display(),
            "rule": one.rule,
            "from": one.begins_at,
            "until": one.ends_at,
            "by_machine": one.by_machine,
            "withdrawn_at": one.withdrawn_at,
        }


def _appeals(reader: Reader) -> Iterator[Row]:
    for one in Appeal.objects.filter(reasons__reader=reader).order_by("pk"):
        yield {
            "against": one.reasons.get_absolute_url(),
            "text": one.text,
            "made_at": one.made_at,
            "settled_at": one.settled_at,
            "granted": one.granted,
            "answer": one.answer,
        }


def _notices(reader: Reader) -> Iterator[Row]:
    """Those that were sent with an address of the reader's: nothing else says whose they are."""
    for one in Notice.objects.filter(email__in=confirmed(reader)).order_by("pk"):
        yield {
            "about": one.address,
            "kind": one.get_kind_display(),
            "why": one.why,
            "name": one.name,
            "email": one.email,
            "made_at": one.made_at,
            "settled_at": one.settled_at,
            "answer": one.answer,
        }


def _at(post: int) -> str:
    return f"/forum/post/{post}/"


_MODERATOR = "who moderated is the paper's affair: decisions are the paper's, and name nobody"
TOLD = frozenset(
    {
        "forum.Block.reader",
        "forum.Flag.reader",
        "forum.NoticeChoices.reader",
        "forum.Notification.reader",
        "forum.Post.author",
        "forum.Recommendation.reader",
        "forum.Sanction.reader",
        "forum.Seen.reader",
        "forum.StatementOfReasons.reader",
    }
)
LEFT_OUT = {
    "forum.Block.blocked": "who blocked somebody is told to nobody, least of all to them"
} | dict.fromkeys(
    (
        "forum.Appeal.settled_by",
        "forum.ModerationLog.moderator",
        "forum.Notice.settled_by",
        "forum.Post.hidden_by",
        "forum.Sanction.imposed_by",
        "forum.StatementOfReasons.decided_by",
    ),
    _MODERATOR,
)
