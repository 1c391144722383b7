"""Fixtures for tests of payments: localstripe, the stand-in before it, plans with a price there, a way to send events."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from careo.readers.models import Plan, PlanKind, Reader
from careo.readers.payments import actions
from careo.readers.payments.signatures import sign
from tests.readers.stripe_stand_in import SECRET, Json, StandIn, standing_in
from tests.tools.localstripe import KEY, LocalStripe, running_localstripe

Deliver = Callable[..., list[int]]


@pytest.fixture(scope="session")
def localstripe() -> Iterator[LocalStripe]:
    with running_localstripe() as server:
        yield server


@pytest.fixture
def stripe(localstripe: LocalStripe, settings: Any) -> Iterator[StandIn]:
    """The paper takes payment at the stand-in, where four prices are known."""
    localstripe.forget()
    localstripe.plan("price_month", 500)
    localstripe.plan("price_student", 200)
    localstripe.plan("price_year", 5000, "year")
    localstripe.plan("price_gift", 5000, "year")
    with standing_in(localstripe) as server:
        settings.CAREO_STRIPE_KEY, settings.CAREO_STRIPE_WEBHOOK_SECRET = KEY, SECRET
        settings.CAREO_STRIPE_ADDRESS = server.address
        yield server


@pytest.fixture
def monthly(db: None) -> Plan:
    return _plan("Monthly", PlanKind.MONTHLY, 1, 500, "price_month", grace_days=7)


@pytest.fixture
def yearly(db: None) -> Plan:
    return _plan("Yearly", PlanKind.YEARLY, 12, 5000, "price_year")


@pytest.fixture
def student(db: None) -> Plan:
    return _plan("Student", PlanKind.STUDENT, 1, 200, "price_student")


@pytest.fixture
def trial(db: None) -> Plan:
    return _plan("Two weeks", PlanKind.TRIAL, 1, 500, "price_month", days=14)


@pytest.fixture
def gift(db: None) -> Plan:
    return _plan("A year as a gift", PlanKind.GIFT, 12, 5000, "price_gift")


def _plan(name: str, kind: PlanKind, months: int, price: int, at_stripe: str, **more: int) -> Plan:
    return Plan.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), kind=kind, months=months, price=price,
        stripe_price=at_stripe, is_offered=True, **more,
    )  # fmt: skip


@pytest.fixture
def deliver(client: Client, stripe: StandIn) -> Deliver:
    """Deliver the events that wait, or these, to the paper; what each was answered."""

    def deliver(*events: Json) -> list[int]:
        if not events:
            events, stripe.events = tuple(stripe.events), []
        return [signed(Client(), event) for event in events]

    return deliver


def signed(client: Client, event: Json, *, secret: str = SECRET, at: float | None = None) -> int:
    body = json.dumps(event).encode()
    header = sign(body, secret, at=int(time.time() if at is None else at))
    return raw(client, body, header)


def raw(client: Client, body: bytes, header: str) -> int:
    return client.post("/account/stripe/", body, content_type="application/json",
                       headers={"Stripe-Signature": header}).status_code  # fmt: skip


def pays(stripe: StandIn, reader: Reader, plan: Plan, code: str = "", card: str = "pm_card_visa") -> str:
    """A reader goes through Checkout, whose event waits to be delivered; gives the subscription's id."""
    address = actions.start_checkout(reader, plan, code)
    return stripe.pay(address.rpartition("/")[2], card)


def last_asked(stripe: StandIn, what: str) -> dict[str, str]:
    return next(form for asked, form in reversed(stripe.asked) if asked == what)
