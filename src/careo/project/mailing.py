"""Sending e-mail editions: one mail a reader, in batches, by the worker.

A mail is never sent twice. Its delivery is marked as begun, for good, before the mail server is asked; where the answer
was lost with the line, or the worker died in that moment, it stays begun and is not tried again. So this errs on the
side of a mail that is missing: the edition stands on the web all the same. What the server did not take, and said so
(4xx, or nobody there), waits and is tried again, TRIES times in all; what it refuses for good (5xx) is not.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from careo.paper.composing import as_shown, compose_due
from careo.paper.letters import Letter, letter
from careo.paper.mail_models import MailEdition
from careo.project.models import Delivery
from careo.readers import mailing

log = logging.getLogger(__name__)
State = Delivery.State
LONGEST_LINE = 998  # characters, by RFC 5322
TROUBLE = 300  # characters of what a server said, as the row holds
WORDS = {
    State.WAITING: "waiting",
    State.BEGUN: "begun, and not known whether sent",
    State.SENT: "sent",
    State.FAILED: "failed",
    State.DROPPED: "no longer wanted",
}

BATCH = 20  # mails a task: some seconds at a slow mail server, after which other tasks have their turn
# Before the next try: servers that put off newcomers ask for five minutes and more, a broken one is mended in hours.
PAUSES = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
REMEMBERED = timedelta(days=30)  # for answering a reader who asks where the edition was
TRIES = len(PAUSES) + 1


def address_to_readers(edition: MailEdition) -> None:
    """Note whom a composed edition goes to; sending begins on commit. Called in the transaction that composes it."""
    readers = mailing.recipients(edition.period).values_list("pk", flat=True)
    Delivery.objects.bulk_create(
        (Delivery(edition=edition, reader_id=pk) for pk in readers), batch_size=500, ignore_conflicts=True
    )
    _note_whether_done(edition)
    transaction.on_commit(begin_batch)


def send_due() -> None:
    """Compose what the clock asks for, and go on with what waits; the worker calls this every minute."""
    compose_due()
    begin_batch()


def begin_batch() -> None:
    """Put the next batch on the queue, where there is one and none is on it."""
    if _due().exists() and not _is_under_way():
        send_batch.enqueue()


def _is_under_way() -> bool:
    open_ones = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    tasks = DBTaskResult.objects.filter(task_path=send_batch.module_path, status__in=open_ones)
    return bool(tasks.exists())


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=State.WAITING, due_at__lte=timezone.now())


@task()
def send_batch() -> None:
    """Send the next mails of the oldest edition that has some, and put the batch after them on the queue."""
    first = _due().select_related("edition").order_by("edition").first()
    if first is None:
        return
    _send_some_of(first.edition)
    _note_whether_done(first.edition)
    if _due().exists():
        send_batch.enqueue()


def _send_some_of(edition: MailEdition) -> None:
    due = _due().filter(edition=edition)
    batch = due.select_related("reader").order_by("pk")[:BATCH]
    try:
        drawn = letter(as_shown(edition))
        written = [(delivery, message(delivery, drawn)) for delivery in batch]
    except (
        Exception
    ) as error:  # a broken picture, a theme's template: told, and tried again like what a server puts off
        log.exception("%s could not be drawn", edition)
        _put_off(due, error)
        return
    connection = get_connection()
    try:
        for delivery, mail in written:
            if not _is_wanted(delivery, drawn):
                _settle(delivery, State.DROPPED)
                continue
            _reach(connection)
            if _claim(delivery):
                _hand_over(connection, delivery, mail)
    except NobodyThere as error:
        log.warning("%s cannot be sent: %s", edition, error)
        _put_off(due, error)
    finally:
        connection.close()


class NobodyThere(Exception):
    """The mail server cannot be reached, or will not talk to us; nothing was handed to it."""


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


def _hand_over(connection: BaseEmailBackend, delivery: Delivery, mail: EmailMultiAlternatives) -> None:
    try:
        connection.send_messages([mail])
    except Exception as error:  # each is told apart; the other readers get theirs
        _after_failure(delivery, error)
        connection.close()  # in whatever state it is
    else:
        _settle(delivery, State.SENT)


def _is_wanted(delivery: Delivery, drawn: Letter) -> bool:
    """Not if the reader left meanwhile, or every story has been withdrawn."""
    wanted = mailing.recipients(drawn.composition.period).filter(pk=delivery.reader_id)
    return bool(drawn.items) and wanted.exists()


def _claim(delivery: Delivery) -> bool:
    """Mark it as begun; False where somebody else has."""
    waits = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    return waits.update(state=State.BEGUN) == 1


def _after_failure(delivery: Delivery, error: Exception) -> None:
    """Was it not taken for now, not taken for good, or does nobody know?"""
    codes = _codes(error)
    if codes and all(400 <= code < 500 for code in codes):
        Delivery.objects.filter(pk=delivery.pk).update(state=State.WAITING)
        _put_off(Delivery.objects.filter(pk=delivery.pk), error)
    elif codes or isinstance(error, ValueError):  # an address of a form that no mail can be sent to
        log.warning("Reader %s was refused edition %s: %s", delivery.reader_id, delivery.edition_id, error)
        _settle(delivery, State.FAILED, error)
    else:
        log.exception(
            "Whether reader %s got edition %s is not known", delivery.reader_id, delivery.edition_id
        )
        _settle(delivery, State.BEGUN, error)


def _codes(error: Exception) -> list[int]:
    """What the server answered instead of taking the mail; nothing where the line broke before it could."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _put_off(waiting: QuerySet[Delivery], error: Exception) -> None:
    """Have them wait for their next try; those that had their last are given up."""
    found = Delivery.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)))
    trouble = str(error)[:TROUBLE]
    found.filter(tries__gte=TRIES - 1).update(state=State.FAILED, tries=TRIES, trouble=trouble)
    # From the longest pause down: what was put off must not be met again by a later line.
    for tries, pause in reversed(list(enumerate(PAUSES))):
        later = timezone.now() + pause
        found.filter(tries=tries, state=State.WAITING).update(tries=tries + 1, due_at=later, trouble=trouble)


def _settle(delivery: Delivery, state: Delivery.State, error: Exception | None = None) -> None:
    trouble = str(error or "")[:TROUBLE]
    Delivery.objects.filter(pk=delivery.pk).update(state=state, tries=F("tries") + 1, trouble=trouble)


def _note_whether_done(edition: MailEdition) -> None:
    if edition.sent_at is None and not edition.deliveries.filter(state=State.WAITING).exists():
        edition.sent_at = timezone.now()
        edition.save(update_fields=["sent_at"])


class OnOneLine(EmailMultiAlternatives):
    """Headers are not folded: an address of 80 characters would begin on a line of its own, which mail programs that look
    for the one that ends an edition have been seen not to find."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        made.policy = made.policy.clone(max_line_length=LONGEST_LINE)
        return made


def message(delivery: Delivery, drawn: Letter) -> EmailMultiAlternatives:
    """The mail to one reader, with what mail programs need to end it at a click (RFC 8058) and to sort it (RFC 2919)."""
    host = urlsplit(settings.CAREO_ADDRESS).hostname or "localhost"
    leave = mailing.leaving_address(delivery.reader)
    mail = OnOneLine(
        subject=drawn.subject,
        body=drawn.text(leave=leave),
        from_email=formataddr((drawn.paper, settings.DEFAULT_FROM_EMAIL)),
        to=[delivery.reader.email],
        headers={
            "Message-ID": f"<edition-{delivery.edition_id}-{delivery.pk}@{host}>",
            "List-Id": f"<{drawn.composition.period}.editions.{host}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        },
    )
    mail.attach_alternative(drawn.html(leave=leave), "text/html")
    return mail


def forget_old() -> None:
    """Who was sent what is of no use a while after it was sent; the editions stay. The worker calls this every day."""
    Delivery.objects.filter(edition__sent_at__lt=timezone.now() - REMEMBERED).delete()


def told_of_sending(editions: Sequence[MailEdition]) -> dict[int, str]:
    """For the desk: how many got each edition, and what became of the others."""
    counted: dict[int, list[str]] = {}
    rows = Delivery.objects.filter(edition__in=[edition.pk for edition in editions])
    for pk, state, number in rows.values_list("edition", "state").annotate(number=Count("pk")):
        counted.setdefault(pk, []).append(f"{number:,} {WORDS[State(state)]}")
    return {pk: ", ".join(sorted(parts)) for pk, parts in counted.items()}
