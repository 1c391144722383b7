"""The process that does what readers and editors need not wait for: tasks from the queue, and chores by the clock.

Run by each `careo serve`; of all that serve one newspaper one works, the others wait for its lease to end
(`careo.project.lease`). What a worker that was killed had begun is begun again, as tasks may be done
twice without harm; the third time it is given up, since it may be what kills the worker.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from careo.project.database import set_up_django
from careo.project.processes import stop_with_supervisor

log = logging.getLogger(__name__)

TRIES = 3
MINUTE = 60.0
DAY = 24 * 60 * MINUTE


class GivenUp(Exception):
    """A task whose worker died each time."""

    def __init__(self) -> None:
        super().__init__(f"the worker died {TRIES} times while doing this; it is not tried again")


@dataclass
class Chore:
    """Something to be done every so many seconds; a failure is logged, and the next time comes all the same."""

    name: str
    every: float
    act: Callable[[], object]
    due: float = 0.0

    def do(self, now: float) -> None:
        if now < self.due:
            return
        self.due = now + self.every
        try:
            self.act()
        except Exception:
            log.exception("%s failed; it is tried again in %d s", self.name, self.every)


def main() -> None:
    stop_with_supervisor()
    set_up_django()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it says at each stop how to stop it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # while it waits
    from careo.project import lease

    holder = lease.this_machine()
    lease.wait_for_turn(holder)
    try:
        # By force: whatever this process does, and in whatever thread, another may do from now on.
        lease.Keeper(holder, lost=lambda: os._exit(1)).begin()
        begin_again()
        threading.Thread(target=_keep_time, args=(chores(),), name="chores", daemon=True).start()
        _work()
    finally:
        _let_another_begin(holder)


def _let_another_begin(holder: str) -> None:
    """At a stop; where the database does not answer, the lease ends by itself."""
    from django.db import connection

    from careo.project import lease

    try:
        connection.close()
        lease.give_back(holder)
    except Exception:
        log.warning(
            "The worker's lease was not given back; another begins in %d s.", lease.GOOD.total_seconds()
        )


def begin_again() -> int:
    """Put back what a worker that is no more had begun; says how many. Only one worker may run at this time."""
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    begun = list(DBTaskResult.objects.running())
    for result in begun:
        if len(result.worker_ids) >= TRIES:
            result.set_failed(GivenUp())
            log.error("%s was given up: %s", result.task_path, GivenUp())
        else:
            result.status = TaskResultStatus.READY
            result.save(update_fields=["status"])
    return len(begun)


def chores() -> list[Chore]:
    """What is done by the clock."""
    from django.core.management import call_command

    from careo.forum.erasing import erase_deleted
    from careo.forum.tasks import tell_due
    from careo.press.tasks import poll_due_feeds
    from careo.project.mailing import forget_old, send_due
    from careo.readers import sessions
    from careo.readers.payments.tasks import look_again
    from careo.record.tasks import read_what_waits

    return [
        Chore("Polling feeds", MINUTE, poll_due_feeds),
        Chore("Reading what waits", 10 * MINUTE, read_what_waits.call),
        Chore("Publishing what is due", MINUTE, lambda: call_command("publish_scheduled", verbosity=0)),
        Chore("Composing and sending e-mail editions", MINUTE, send_due),
        Chore("Forgetting who was sent old editions", DAY, forget_old),
        Chore("Mailing notices of the forum", MINUTE, tell_due),
        Chore("Erasing what authors deleted", DAY, erase_deleted),
        Chore("Looking after renewals", DAY, look_again),
        Chore("Removing old sessions", DAY, lambda: call_command("clearsessions", verbosity=0)),
        Chore("Forgetting old log-ins", DAY, sessions.forget_old),
        Chore("Removing finished tasks", DAY, lambda: call_command("prune_db_task_results", verbosity=0)),
    ]


def _keep_time(due: list[Chore]) -> None:
    from django.db import close_old_connections

    while True:
        for chore in due:
            close_old_connections()
            chore.do(time.monotonic())
        close_old_connections()
        time.sleep(1.0)


def _work() -> None:
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


if __name__ == "__main__":
    main()
