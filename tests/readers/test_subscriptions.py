"""Granting and ending subscriptions, and who counts as a subscriber."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from careo.readers.access import is_subscriber
from careo.readers.actions import end, grant, months_later
from careo.readers.errors import AlreadyEnded, EndsBeforeItBegins
from careo.readers.models import Plan, Reader, Subscription

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_a_subscription_runs_as_long_as_its_plan(ana: Reader, plan: Plan) -> None:
    with time_machine.travel(datetime(2026, 1, 31, 12, tzinfo=UTC)) as clock:
        grant(ana, plan, by=None)
        assert is_subscriber(ana)
        clock.move_to(datetime(2027, 1, 31, 11, 59, 59, tzinfo=UTC))
        assert is_subscriber(ana)
        clock.move_to(datetime(2027, 1, 31, 12, 0, 1, tzinfo=UTC))
        assert not is_subscriber(ana)


def test_a_subscription_that_has_ended_is_none(bruno: Reader, subscription: Subscription) -> None:
    end(subscription)
    assert not is_subscriber(bruno)
    with pytest.raises(AlreadyEnded, match="there is nothing left to end"):
        end(subscription)


def test_a_subscription_that_begins_tomorrow_is_none_today(ana: Reader, plan: Plan) -> None:
    Subscription.objects.create(reader=ana, plan=plan, starts_at=timezone.now() + timedelta(days=1))
    assert not is_subscriber(ana)


def test_a_blocked_account_is_no_subscriber(bruno: Reader) -> None:
    bruno.is_active = False
    bruno.save()
    assert not is_subscriber(bruno)


def test_a_visitor_is_no_subscriber_and_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert not is_subscriber(AnonymousUser())


def test_a_subscription_cannot_be_granted_for_the_past(ana: Reader, plan: Plan) -> None:
    with pytest.raises(
        EndsBeforeItBegins, match="cannot end on 2020-01-01 00:00, which is past; choose a later day"
    ):
        grant(ana, plan, by=None, until=datetime(2020, 1, 1, tzinfo=UTC))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-05-15", 12, "2027-05-15"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_a_month_ends_on_its_last_day_at_the_latest(day: str, months: int, then: str) -> None:
    assert months_later(datetime.fromisoformat(day), months) == datetime.fromisoformat(then)
