"""Notices by e-mail: at once, one mail for each reader and thread; or one mail a day or a week for all of it.

At once means after WAIT: what is written meanwhile comes in the same mail. Of a followed thread no second mail is sent
before the reader has been there. The worker looks every minute (`tasks`).

No notice is mailed twice. What a mail tells is marked as mailed, for good, before the mail server is asked, and of two
workers one finds it marked; where one dies in that moment, or the line breaks, the mail is missing, and the notice stands
on the site. Only what the server says it did not take (4xx, or nobody there) is unmarked and waits for LATER.

Whether the reader may read, and each post may be told, is asked here again: between the post and the mail a subscription
may have ended, a post been hidden, an author been blocked.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import formataddr
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from careo.forum import choosing, following, telling
from careo.forum.access import let_in
from careo.forum.choosing import KINDS, Frequency, NoticeChoices, week_of
from careo.forum.errors import ForumError
from careo.forum.models import Notification, Post, Seen
from careo.readers.adapter import paper_name
from careo.readers.models import Reader

log = logging.getLogger(__name__)

WAIT = timedelta(minutes=5)  # an answer is often followed by its author's afterthought
KEPT = timedelta(days=3)  # what could not be mailed at once for so long is no news
LATER = timedelta(minutes=30)
HOUR = 6  # of the paper's day, after which digests are sent
BATCH = 20  # mails a task: some seconds at a slow mail server, after which other tasks have their turn
MOST = 30  # posts in a mail, and followed threads; the others stand on the site
CLAIMED = 500  # notices that one mail stands for at most
OF_A_THREAD = 5  # new posts of a followed thread in a mail
WORDS = 600  # characters of a post in a mail: enough to know whether to go there
LONGEST_LINE = 998  # characters, by RFC 5322


class NobodyThere(Exception):
    """The mail server cannot be reached; nothing was handed to it."""


@dataclass(frozen=True)
class Told:
    """A post in a mail; `notice` None: it is new in a followed thread."""

    post: Post
    notice: Notification | None = None

    @property
    def kind(self) -> str:
        return self.notice.kind if self.notice else ""

    @property
    def address(self) -> str:
        return f"{settings.CAREO_ADDRESS}{reverse('forum:post', args=[self.post.pk])}"

    @property
    def words(self) -> str:
        """As typed: a mail shows no markup of ours."""
        return Truncator(self.post.text).chars(WORDS)


@dataclass
class Mail:
    """What one mail tells one reader, claimed. `frequency`: at once it is of one thread."""

    reader: Reader
    frequency: str
    notices: list[Notification] = field(default_factory=list)
    rows: list[Seen] = field(default_factory=list)
    news: list[Post] = field(default_factory=list)
    more: int = 0  # new posts of followed threads that are left out

    @cached_property
    def told(self) -> list[Told]:
        return [*(Told(one.post, one) for one in self.notices), *(Told(post) for post in self.news)]

    @property
    def shown(self) -> list[Told]:
        return self.told[:MOST]

    @property
    def left_out(self) -> int:
        return self.more + len(self.told[MOST:])

    @property
    def subject(self) -> str:
        first = self.told[0]
        title = Truncator(" ".join(str(first.post.thread).split())).chars(80)
        if self.frequency == Frequency.DAILY:
            return gettext("The forum today")
        if self.frequency == Frequency.WEEKLY:
            return gettext("The forum this week")
        if len(self.told) == 1 and first.notice is not None:
            line = " ".join(render_to_string("forum/_notice.txt", {"one": first}).split())
            return f"{line}: {title}"
        number = len(self.told) + self.more
        told = ngettext("%(n)d new post for you: %(title)s", "%(n)d new posts for you: %(title)s", number)
        return told % {"n": number, "title": title}


def due_at_once() -> list[tuple[int, int]]:
    """Reader and thread of the mails that are due, a batch of them at most."""
    now = timezone.now()
    waiting = Notification.objects.filter(
        _chosen("reader__notice_choices", Frequency.ONCE), _not_put_off("reader__notice_choices"),
        mailed_at=None, seen_at=None, made_at__gt=now - KEPT, made_at__lte=now - WAIT,
    )  # fmt: skip
    asked = telling.standing(waiting).order_by("reader", "post__thread")
    found = list(asked.values_list("reader", "post__thread").distinct()[:BATCH])
    rows = _followed_at_once().order_by("reader", "thread").values_list("reader", "thread")[:BATCH]
    return list(dict.fromkeys([*found, *rows]))[:BATCH]


def _followed_at_once() -> QuerySet[Seen]:
    """Rows of followed threads to be mailed: something waits long enough, and the reader was there since the last mail."""
    now = timezone.now()
    rows = Seen.objects.filter(
        _not_put_off("reader__notice_choices"), reader__notice_choices__followed=Frequency.ONCE,
        thread__last_post_at__gt=now - KEPT, mailed__lte=F("number"),
    )  # fmt: skip
    waiting = Post.objects.filter(
        thread=OuterRef("thread"), number__gt=OuterRef("since"), posted_at__lte=now - WAIT, hidden_at=None
    ).exclude(author=OuterRef("reader"))
    return following.with_news(rows, *BEYOND).filter(Exists(waiting))


BEYOND = ("number", "noticed", "mailed")


def _chosen(choices: str, frequency: str) -> Q:
    """Notices of the kinds for which their reader chose it."""
    found = Q(pk=None)
    for chosen, kind in KINDS.items():
        if kind:
            found |= Q(kind=kind, **{f"{choices}__{chosen}": frequency})
    return found


def _not_put_off(choices: str) -> Q:
    return Q(**{f"{choices}__not_before": None}) | Q(**{f"{choices}__not_before__lte": timezone.now()})


def due_digests(frequency: str) -> QuerySet[NoticeChoices]:
    """Whoever chose it for something and was not looked after yet today, or this week."""
    now = timezone.localtime()
    if now.hour < HOUR:
        return NoticeChoices.objects.none()
    wanted = Q(*((chosen, frequency) for chosen in KINDS), _connector=Q.OR)
    column, last = _last(frequency)
    late = Q(**{column: None}) | Q(**{f"{column}__lt": last})
    return NoticeChoices.objects.filter(wanted, late, _not_put_off_here()).order_by("pk")


def _not_put_off_here() -> Q:
    return Q(not_before=None) | Q(not_before__lte=timezone.now())


def _last(frequency: str) -> tuple[str, Any]:
    today = timezone.localdate()
    return ("daily_on", today) if frequency == Frequency.DAILY else ("weekly_on", week_of(today))


def anything_due() -> bool:
    return bool(due_at_once()) or any(due_digests(one).exists() for one in DIGESTS)


DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)


def send_some() -> bool:
    """Send a batch of what is due; the next call takes care of the others. False where the mail server is not there."""
    connection = get_connection()
    try:
        for reader, thread in due_at_once():
            _send_at_once(connection, reader, thread)
        for frequency in DIGESTS:
            for choices in due_digests(frequency).select_related("reader")[:BATCH]:
                _send_digest(connection, choices, frequency)
    except NobodyThere as error:
        log.warning("Notices of the forum cannot be mailed: %s", error)
        return False
    finally:
        connection.close()
    return True


def _send_at_once(connection: BaseEmailBackend, reader_id: int, thread_id: int) -> None:
    choices = NoticeChoices.objects.select_related("reader").get(reader=reader_id)
    _reach(connection)
    mail = claim(choices, Frequency.ONCE, thread_id=thread_id)
    if mail.told and may_be_told(choices.reader):
        _hand_over(connection, mail)


def _send_digest(connection: BaseEmailBackend, choices: NoticeChoices, frequency: str) -> None:
    column, last = _last(frequency)
    before = getattr(choices, column)
    _reach(connection)
    with transaction.atomic():
        if not NoticeChoices.objects.filter(pk=choices.pk, **{column: before}).update(**{column: last}):
            return  # another worker has it
        mail = claim(choices, frequency)
    if not (mail.told and may_be_told(choices.reader)):
        return
    if not _hand_over(connection, mail):
        NoticeChoices.objects.filter(pk=choices.pk).update(**{column: before})


def may_be_told(reader: Reader) -> bool:
    """Whether the reader may read the forum now, and has confirmed the very address the mail would go to."""
    try:
        let_in(reader)
    except ForumError:
        return False
    return bool(EmailAddress.objects.filter(user=reader, email=reader.email, verified=True).exists())


@transaction.atomic
def claim(choices: NoticeChoices, frequency: str, *, thread_id: int | None = None) -> Mail:
    """Mark as mailed what such a mail would tell; what another worker marked meanwhile is not in it."""
    kinds, reader = choices.kinds(frequency), choices.reader
    mail = Mail(reader, frequency)
    rows = Notification.objects.filter(
        reader=reader, mailed_at=None, seen_at=None, kind__in=[KINDS[kind] for kind in kinds]
    )
    news = following.with_news(Seen.objects.filter(reader=reader), *BEYOND) if "followed" in kinds else None
    if thread_id is not None:
        rows = rows.filter(post__thread=thread_id)
        news = news and news.filter(thread=thread_id)
    _claim_notices(mail, rows)
    _claim_news(mail, news)
    return mail


def _claim_notices(mail: Mail, rows: QuerySet[Notification]) -> None:
    found = telling.standing(rows).select_related("post__author", "post__thread__story").order_by("pk")
    for one in found[:CLAIMED]:
        if Notification.objects.filter(pk=one.pk, mailed_at=None).update(mailed_at=timezone.now()):
            mail.notices.append(one)


def _claim_news(mail: Mail, rows: QuerySet[Seen] | None) -> None:
    told = [one.post_id for one in mail.notices]
    for row in rows.select_related("thread")[:MOST] if rows is not None else ():
        news = following.news_of(row, row.since).exclude(pk__in=told)  # type: ignore[attr-defined]  # annotated
        posts, in_all = list(news[:OF_A_THREAD]), news.count()
        if Seen.objects.filter(pk=row.pk, mailed=row.mailed).update(mailed=row.thread.posts_made):
            mail.rows.append(row)
            mail.news += posts
            mail.more += in_all - len(posts)


def _unclaim(mail: Mail) -> None:
    """The server did not take it: all of it waits."""
    keys = [one.pk for one in mail.notices]
    Notification.objects.filter(pk__in=keys).update(mailed_at=None)
    for row in mail.rows:
        Seen.objects.filter(pk=row.pk, mailed=row.thread.posts_made).update(mailed=row.mailed)
    NoticeChoices.objects.filter(reader=mail.reader).update(not_before=timezone.now() + LATER)


def _reach(connection: BaseEmailBackend) -> None:
    """See that the line to the mail server stands. Raises NobodyThere."""
    line = getattr(connection, "connection", None)  # SMTP's; a server may have hung up after the last mail
    try:
        if line is not None and line.noop()[0] != 250:
            connection.close()
    except OSError:
        connection.close()
    try:
        connection.open()
    except OSError as error:  # smtplib's own errors are some of these
        raise NobodyThere(str(error)) from error


def _hand_over(connection: BaseEmailBackend, mail: Mail) -> bool:
    """False where the server said that it did not take it for now."""
    try:
        connection.send_messages([message(mail)])
    except Exception as error:  # each reader's is told apart; the others get theirs
        connection.close()  # in whatever state it is
        codes = _codes(error)
        if codes and all(400 <= code < 500 for code in codes):
            _unclaim(mail)
            return False
        log.exception("Whether reader %s got a mail of the forum is not known", mail.reader.pk)
    return True


def _codes(error: Exception) -> Sequence[int]:
    """What the server answered instead of taking the mail; nothing where the line broke before it could."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


class _OnOneLine(EmailMultiAlternatives):
    """Headers are not folded: mail programs have been seen not to find an address that begins on a line of its own."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        made.policy = made.policy.clone(max_line_length=LONGEST_LINE)
        return made


def message(mail: Mail) -> EmailMultiAlternatives:
    """Text and HTML, with what mail programs need to end it at a click (RFC 8058) and to sort it (RFC 2919)."""
    host = urlsplit(settings.CAREO_ADDRESS).hostname or "localhost"
    leave, paper = choosing.leaving_address(mail.reader), paper_name(None)
    context = {
        "mail": mail,
        "subject": mail.subject,
        "paper": paper,
        "leave": leave,
        "choices": f"{settings.CAREO_ADDRESS}{reverse('forum:choices')}",
        "list": f"{settings.CAREO_ADDRESS}{reverse('forum:notices')}",
    }
    made = _OnOneLine(
        subject=f"{paper}: {mail.subject}",
        body=render_to_string("forum/letters/notices.txt", context).strip() + "\n",
        from_email=formataddr((paper, settings.DEFAULT_FROM_EMAIL)),
        to=[mail.reader.email],
        headers={
            "List-Id": f"<forum.{host}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        },
    )
    made.attach_alternative(render_to_string("forum/letters/notices.html", context), "text/html")
    return made
