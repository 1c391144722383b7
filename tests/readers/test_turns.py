"""Who writes in this process takes a turn on SQLite; within a transaction that is begun nobody waits."""

from __future__ import annotations

from threading import Event, Lock, Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from careo.readers import turns
from careo.readers.actions import open_account
from careo.readers.models import ReaderSession
from careo.readers.turns import in_turn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set when somebody has to wait for a turn."""
    waits = Event()

    class Watched:
        def __init__(self) -> None:
            self.lock = Lock()

        def __enter__(self) -> None:
            if not self.lock.acquire(blocking=False):
                waits.set()
                self.lock.acquire()

        def __exit__(self, *_: object) -> None:
            self.lock.release()

    monkeypatch.setattr(turns, "_turn", Watched())
    return waits


def test_the_second_of_two_acts_begins_when_the_first_has_ended(asked: Event) -> None:
    order: list[str] = []

    @in_turn
    def second() -> None:
        order.append("second")

    other = Thread(target=second)

    @in_turn
    def first() -> None:
        order.append("first")
        other.start()
        assert asked.wait(30)
        order.append("first ends")

    first()
    other.join()
    assert order == ["first", "first ends", "second"]


def test_within_a_transaction_nobody_waits_for_a_turn(asked: Event) -> None:
    done = in_turn(lambda: "done")
    with turns._turn, transaction.atomic():
        assert done() == "done"
    assert not asked.is_set()


def test_a_log_in_is_noted_in_turn(asked: Event, client: Client) -> None:
    reader = open_account("ana@example.org", pen_name="Ana")
    client.force_login(reader)
    cache.clear()  # as if that was a quarter of an hour ago
    ReaderSession.objects.all().delete()

    def ask() -> None:
        try:
            client.get("/account/")
        finally:
            connection.close()

    other = Thread(target=ask)
    with turns._turn:
        other.start()
        assert asked.wait(60)
        assert not ReaderSession.objects.exists()
    other.join()
    assert ReaderSession.objects.get().reader == reader
