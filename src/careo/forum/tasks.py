"""Letters that the worker sends. Each goes into its queue, a table of the same database, within the act that it tells
of: both are kept or neither. Each is marked when it went, so that a task begun again sends no second one."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from careo.forum import letters, mailing
from careo.forum.models import Appeal, Notice, StatementOfReasons
from careo.readers.models import Reader


@task()
def send_reasons(reasons_id: int) -> None:
    reasons = StatementOfReasons.objects.select_related("reader").filter(pk=reasons_id, told_at=None).first()
    if reasons is not None:
        letters.tell_reasons(reasons)
        _mark(reasons, "told_at")


@task()
def send_appeal_settled(appeal_id: int) -> None:
    appeal = Appeal.objects.select_related("reasons__reader").filter(pk=appeal_id, told_at=None).first()
    if appeal is not None and appeal.settled_at is not None:
        letters.tell_appeal_settled(appeal)
        _mark(appeal, "told_at")


@task()
def send_appeal_waits(appeal_id: int, reader_ids: list[int]) -> None:
    appeal = Appeal.objects.select_related("reasons").filter(pk=appeal_id, settled_at=None).first()
    if appeal is not None:
        letters.tell_appeal_waits(appeal, Reader.objects.filter(pk__in=reader_ids, is_active=True))


@task()
def send_receipt(notice_id: int) -> None:
    notice = Notice.objects.filter(pk=notice_id, receipt_at=None).first()
    if notice is not None:
        letters.tell_notice_received(notice)
        _mark(notice, "receipt_at")


@task()
def send_notice_settled(notice_id: int) -> None:
    notice = Notice.objects.filter(pk=notice_id, told_at=None).exclude(settled_at=None).first()
    if notice is not None:
        letters.tell_notice_settled(notice)
        _mark(notice, "told_at")


@task()
def send_notices() -> None:
    """A batch, and the next one after it; where the mail server is not there, `tell_due` tries again."""
    if mailing.send_some() and mailing.anything_due():
        send_notices.enqueue()


def tell_due() -> None:
    """Have notices mailed where some are due and it is not under way; the worker calls this every minute."""
    open_ones = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    under_way = DBTaskResult.objects.filter(task_path=send_notices.module_path, status__in=open_ones)
    if not under_way.exists() and mailing.anything_due():
        send_notices.enqueue()


def _mark(row: StatementOfReasons | Appeal | Notice, column: str) -> None:
    setattr(row, column, timezone.now())
    row.save(update_fields=[column])
