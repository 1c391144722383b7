"""The worker: what died is begun again, and chores come round whatever happens to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from careo.project.worker import TRIES, Chore, begin_again, chores


def begun(times: int) -> DBTaskResult[Any, Any]:
    """A poll of a feed that so many workers have begun."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [0], "kwargs": {}},
        task_path="careo.press.tasks.poll_feed",
        worker_ids=[f"worker {number}" for number in range(times)],
        queue_name="default",
        backend_name="default",
        run_after=timezone.now() - timedelta(minutes=1),
    )


@pytest.mark.django_db
def test_what_a_killed_worker_had_begun_is_begun_again() -> None:
    task = begun(1)
    assert begin_again() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert list(DBTaskResult.objects.ready()) == [task]


@pytest.mark.django_db
def test_what_killed_the_worker_each_time_is_given_up() -> None:
    task = begun(TRIES)
    begin_again()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "the worker died 3 times while doing this" in task.traceback


def test_a_chore_is_done_when_it_is_due_and_not_before() -> None:
    done: list[str] = []
    chore = Chore("Counting", 60.0, lambda: done.append("once more"))
    for now in (0.0, 1.0, 59.9, 60.0, 61.0, 120.0):
        chore.do(now)
    assert len(done) == 3


def test_a_chore_that_fails_is_told_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    chore = Chore("Counting", 60.0, fail)
    chore.do(0.0)
    assert "Counting failed; it is tried again in 60 s" in caplog.text
    assert "the disk is full" in caplog.text
    assert chore.due == 60.0


@pytest.mark.django_db
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_every_chore_of_the_newspaper_runs_over_an_empty_one(caplog: pytest.LogCaptureFixture) -> None:
    for chore in chores():
        chore.do(0.0)
    assert not caplog.records
