"""One worker in all, however many machines: whoever holds the row `Lease` of the database, until the time in it.

The holder renews it every few seconds; whoever finds it run out takes it. Both are one UPDATE, by the database's own clock,
so that two machines whose clocks differ agree. A holder that cannot renew in time stops at once, before another begins.

The holder is one `careo serve`, not one process: a worker that died is followed by the next of the same machine at once.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections
from django.db.models import DateTimeField, ExpressionWrapper, Q, Value
from django.db.models.functions import Now

from careo.project.cli.failures import one_line
from careo.project.models import Lease
from careo.project.processes import MACHINE

log = logging.getLogger(__name__)

WORKER = "worker"
GOOD = timedelta(seconds=30)  # so long a newspaper is without a worker when a machine goes without a word
RENEW_SECONDS = 5.0
# The holder stops by its own clock before another may begin: what it has under way takes a moment to end.
STOP_AFTER_SECONDS = 20.0


def this_machine() -> str:
    return os.environ.get(MACHINE) or f"process {os.getpid()}"


def take(holder: str, name: str = WORKER) -> bool:
    """Take the lease, or renew it; False where another holds it."""
    Lease.objects.get_or_create(name=name, defaults={"holder": "", "until": Now()})
    free = Q(holder=holder) | Q(until__lte=Now())
    until = ExpressionWrapper(Now() + Value(GOOD), output_field=DateTimeField())
    return bool(Lease.objects.filter(free, name=name).update(holder=holder, until=until))


def take_again(holder: str) -> bool:
    """`take`, in a thread that lives long: on a connection that stands."""
    close_old_connections()
    return take(holder)


def give_back(holder: str, name: str = WORKER) -> None:
    """Let the next one have it at once; no matter where another has it by now."""
    Lease.objects.filter(name=name, holder=holder).update(holder="", until=Now())


def wait_for_turn(holder: str, *, pause: float = RENEW_SECONDS) -> None:
    """Until the lease is ours. A database that is away is asked again."""
    troubled = False
    while True:
        try:
            if take_again(holder):
                return
        except Exception as error:  # each database has errors of its own
            if not troubled:
                log.warning("The worker waits for the database (%s).", one_line(error))
            troubled = True
        time.sleep(pause)


class Keeper:
    """Renews the lease, and calls `lost` where it could not, before another may take it: also where the database neither
    answers nor refuses, hence two threads."""

    def __init__(
        self,
        holder: str,
        lost: Callable[[], None],
        *,
        renew: Callable[[str], bool] = take_again,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.holder, self.lost, self._renew, self._clock = holder, lost, renew, clock
        self._good_since, self._taken = clock(), False

    def begin(self) -> None:
        for act, every in ((self.renew, RENEW_SECONDS), (self.watch, 1.0)):
            threading.Thread(target=_for_ever, args=(act, every), name="lease", daemon=True).start()

    def renew(self) -> None:
        """Once. What the database raises is told, and time goes on."""
        asked = self._clock()
        try:
            self._taken = not self._renew(self.holder)
            if not self._taken:
                self._good_since = asked
        except Exception as error:
            log.warning("The worker's lease was not renewed (%s).", one_line(error))

    def watch(self) -> None:
        """Stop the worker where its turn is over."""
        if self._taken or self._clock() - self._good_since >= STOP_AFTER_SECONDS:
            log.error("The worker's lease could not be kept; it stops, since another machine's may begin.")
            self.lost()


def _for_ever(act: Callable[[], None], every: float) -> None:
    while True:
        time.sleep(every)
        act()
