"""What becomes of money where something breaks between Stripe and us, or never comes."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from careo.readers.access import is_subscriber
from careo.readers.models import Checkout, Customer, Gift, Offer, PaidSubscription, Plan, Reader
from careo.readers.payments import actions, events
from careo.readers.payments.tasks import look_again
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn

pytestmark = pytest.mark.django_db


def test_a_customer_deleted_at_stripe_reads_no_longer_and_may_subscribe_anew(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    customer = Customer.objects.get().stripe_id
    stripe.stripe.ask("DELETE", f"/v1/customers/{customer}")
    stripe.turn(name, status="canceled", ended_at=int(time.time()))
    gone = stripe.happens("customer.deleted", {"id": customer})
    ended = stripe.happens("customer.subscription.deleted", {"id": name, "customer": customer})
    assert deliver(gone, ended) == [200, 200]
    assert not is_subscriber(ana)
    actions.start_checkout(ana, monthly)


def test_a_gift_that_an_offer_makes_free_is_laid_ready(
    stripe: StandIn, deliver: Deliver, ana: Reader, gift: Plan
) -> None:
    Offer.objects.create(code="ALL", percent_off=100)
    session = actions.start_checkout(ana, gift, "ALL").rpartition("/")[2]
    stripe.pay(session)
    stripe.sessions[session]["payment_status"] = "no_payment_required"
    deliver()
    assert Gift.objects.count() == 1


# What never came.


def test_a_payment_whose_event_was_lost_is_found_by_the_next_day(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    stripe.events.clear()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert look_again() == 1
        assert is_subscriber(ana)
        assert look_again() == 0


def test_a_checkout_that_nobody_paid_is_asked_after_for_a_week(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    actions.start_checkout(ana, monthly)
    assert look_again() == 0, "it is open still"
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=True):
        assert look_again() == 1
        assert Checkout.objects.get().completed_at is None
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        assert look_again() == 0


def test_a_failed_payment_made_good_is_found_though_its_event_was_lost(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    stripe.turn(name, status="past_due")
    stripe.happens("customer.subscription.updated", stripe.subscription(name))
    deliver()
    stripe.turn(name, status="active")
    assert look_again() == 1
    paid = PaidSubscription.objects.get()
    assert (paid.status, paid.past_due_since) == ("active", None)


def test_a_letter_that_could_not_be_handed_on_is_written_when_the_event_comes_again(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    failed = stripe.happens("invoice.payment_failed", stripe.stripe.decline(name))

    class FullQueue:
        def enqueue(self, *what: object) -> None:
            raise OSError("no space left on device")

    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(events, "write_of_failed_payment", FullQueue())
        with pytest.raises(OSError, match="no space"):
            deliver(failed)
    deliver(failed)
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


def test_an_account_can_go_though_stripe_has_forgotten_it_already(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    stripe.stripe.ask("DELETE", f"/v1/subscriptions/{name}")
    stripe.stripe.ask("DELETE", f"/v1/customers/{Customer.objects.get().stripe_id}")
    PaidSubscription.objects.update(stripe_id="sub_long_gone")  # as Stripe answers of one that is over: 404
    actions.stop_paying(ana)
    assert not is_subscriber(ana)
    assert not Customer.objects.exists()
