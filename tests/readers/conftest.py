"""Ana, who has an account and no subscription; Bruno, who subscribes; Clara, who edits."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from careo.readers.actions import add_editor, grant, open_account
from careo.readers.models import Plan, Reader, Subscription
from tests.readers.paying import deliver, gift, localstripe, monthly, stripe, student, trial, yearly

__all__ = [
    "deliver",
    "gift",
    "localstripe",
    "monthly",
    "stripe",
    "student",
    "trial",
    "yearly",
]  # fixtures of payments

PASSWORD = "correct horse of Alba"


@pytest.fixture(autouse=True)
def no_attempts_counted_yet() -> None:
    cache.clear()


@pytest.fixture
def ana(db: None) -> Reader:
    return open_account("ana@example.org", PASSWORD, pen_name="Ana de Alba")


@pytest.fixture
def plan(db: None) -> Plan:
    return Plan.objects.create(
        name="A year", slug="a-year", months=12, description="All stories and the forum."
    )


@pytest.fixture
def subscription(plan: Plan) -> Subscription:
    bruno = open_account("bruno@example.org", PASSWORD, pen_name="Bruno")
    return grant(bruno, plan, by=None, reason="He asked.")


@pytest.fixture
def bruno(subscription: Subscription) -> Reader:
    return subscription.reader


@pytest.fixture
def clara(db: None) -> Reader:
    add_editor("clara@example.org", administrator=True)
    return Reader.objects.get(email="clara@example.org")
