"""One worker in all: who holds the lease works, who waits begins when it ends, and nobody believes in a lease that is over."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from careo.project import lease
from careo.project.lease import GOOD, STOP_AFTER_SECONDS, Keeper, give_back, take
from careo.project.models import Lease


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run_out() -> None:
    Lease.objects.update(until=Now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_one_holds_it_and_renews_it_and_the_other_waits() -> None:
    assert take("first")
    assert not take("second")
    assert take("first")
    assert Lease.objects.get().until - timezone.now() > GOOD - timedelta(seconds=5)


@pytest.mark.django_db
def test_it_is_free_when_it_has_run_out_or_was_given_back() -> None:
    assert take("first")
    run_out()
    assert take("second")
    assert not take("first")
    give_back("first")  # which is not its own any more
    assert not take("first")
    give_back("second")
    assert take("first")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_has_it() -> None:
    have: list[str] = []
    lease.take("nobody")
    run_out()

    def ask(holder: str) -> None:
        try:
            if take(holder):
                have.append(holder)
        finally:
            connection.close()

    askers = [threading.Thread(target=ask, args=(f"machine {number}",)) for number in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(have) == 1
    Lease.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_who_waits_begins_when_the_holder_has_gone() -> None:
    assert take("first")
    begun = threading.Event()

    def wait() -> None:
        lease.wait_for_turn("second", pause=0.02)
        connection.close()
        begun.set()

    threading.Thread(target=wait, daemon=True).start()
    assert not begun.wait(0.3)
    give_back("first")
    assert begun.wait(20)
    assert not take("first")
    Lease.objects.all().delete()


def test_a_worker_whose_lease_another_has_stops_at_once() -> None:
    lost: list[str] = []
    keeper = Keeper("first", lambda: lost.append("stop"), renew=lambda _: False, clock=Clock())
    keeper.watch()
    assert lost == []
    keeper.renew()
    keeper.watch()
    assert lost == ["stop"]


def test_a_worker_that_cannot_renew_stops_before_another_may_begin() -> None:
    def fail(_: str) -> bool:
        raise OSError("the database is gone")

    clock, lost = Clock(), list[float]()
    keeper = Keeper("first", lambda: lost.append(clock.now), renew=fail, clock=clock)
    while not lost:
        clock.now += 1.0
        keeper.renew()
        keeper.watch()
    assert lost == [STOP_AFTER_SECONDS]
    assert GOOD.total_seconds() - STOP_AFTER_SECONDS >= 10


def test_a_worker_that_renews_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    clock, lost = Clock(), list[str]()
    keeper = Keeper("first", lambda: lost.append("stop"), renew=lambda _: True, clock=clock)
    for _ in range(100):
        clock.now += lease.RENEW_SECONDS
        keeper.renew()
        keeper.watch()
    assert lost == []
    assert not caplog.records
