"""Nobody pays for two subscriptions; and who does all the same is rid of both."""

from __future__ import annotations

from typing import Any

import pytest

from careo.readers.models import Customer, PaidSubscription, Plan, Reader
from careo.readers.payments import actions
from careo.readers.payments import stripe as client_of_stripe
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn

pytestmark = pytest.mark.django_db


def test_of_two_checkouts_begun_in_the_same_moment_one_can_be_paid(
    stripe: StandIn, ana: Reader, monthly: Plan, yearly: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = client_of_stripe.post
    begun: list[str] = []

    def post(path: str, **params: Any) -> Any:
        if path.endswith("/checkout/sessions") and not begun:
            begun.append("the second, while Stripe is asked for the first")
            begun.append(actions.start_checkout(ana, yearly))
        return ask(path, **params)

    monkeypatch.setattr(client_of_stripe, "post", post)
    actions.start_checkout(ana, monthly)
    assert [one["status"] for one in stripe.sessions.values()] == ["open", "expired"]
    assert f"/{next(iter(stripe.sessions))}" in begun[1], "the one begun last"


def test_who_pays_twice_all_the_same_cancels_both(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, yearly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    customer = Customer.objects.get().stripe_id
    other = stripe.stripe.post("subscriptions", customer=customer, **{"items[0][plan]": "price_year"})
    stripe.happens("customer.subscription.created", stripe.subscription(other["id"]))
    deliver()
    actions.cancel(ana)
    assert [one.cancels_at_period_end for one in PaidSubscription.objects.all()] == [True, True]
