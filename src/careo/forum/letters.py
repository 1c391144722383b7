"""Letters about moderation, as text and HTML: to authors, to whoever noticed us, to moderators who should settle.

A letter names no reader but its own, and no moderator: decisions are the paper's.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careo.forum.models import Appeal, Notice, StatementOfReasons
from careo.readers.adapter import paper_name
from careo.readers.models import Reader

SUBJECTS = {
    "hide": gettext_lazy("Your post was hidden"),
    "hold": gettext_lazy("Your post is held"),
    "amend": gettext_lazy("Your post was edited by a moderator"),
    "warn": gettext_lazy("A warning"),
    "mute": gettext_lazy("You are muted in the forum"),
    "suspend": gettext_lazy("You are suspended in the forum"),
    "ban": gettext_lazy("You are banned from the forum"),
}


def tell_reasons(reasons: StatementOfReasons) -> None:
    if reasons.reader and reasons.reader.is_active:
        context = {"reasons": reasons, "link": _absolute(reasons.get_absolute_url())}
        _send("reasons", str(SUBJECTS[reasons.restriction]), [reasons.reader.email], context)


def tell_appeal_settled(appeal: Appeal) -> None:
    reader = appeal.reasons.reader
    if reader and reader.is_active:
        subject = _("Your appeal was granted") if appeal.granted else _("Your appeal was not granted")
        context = {
            "appeal": appeal,
            "reasons": appeal.reasons,
            "link": _absolute(appeal.reasons.get_absolute_url()),
        }
        _send("appeal_settled", subject, [reader.email], context)


def tell_appeal_waits(appeal: Appeal, to: Iterable[Reader]) -> None:
    context: dict[str, object] = {"link": _absolute(appeal.get_absolute_url())}
    for reader in to:  # a letter each: nobody's address stands before another
        _send("appeal_waits", _("An appeal waits for you"), [reader.email], context)


def tell_notice_received(notice: Notice) -> None:
    """Holds nothing that was typed but the address on our own site: else anybody could write to anybody through us."""
    if notice.email:
        _send("notice_received", _("We received your notice"), [notice.email], {"notice": notice})


def tell_notice_settled(notice: Notice) -> None:
    if notice.email:
        _send("notice_settled", _("What became of your notice"), [notice.email], {"notice": notice})


def _send(name: str, subject: str, to: list[str], context: dict[str, object]) -> None:
    paper = paper_name(None)
    context = context | {"paper": paper, "subject": subject}
    text = render_to_string(f"forum/letters/{name}.txt", context).strip() + "\n"
    html = render_to_string(f"forum/letters/{name}.html", context)
    letter = EmailMultiAlternatives(f"{paper}: {subject}", text, to=to, connection=get_connection())
    letter.attach_alternative(html, "text/html")
    letter.send()


def _absolute(path: str) -> str:
    return f"{settings.CAREO_ADDRESS.rstrip('/')}{path}"
