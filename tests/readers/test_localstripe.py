"""The client against `localstripe` itself, with nothing of ours between: customers, subscriptions, proration, coupons, failed
payments, refunds, and the events that it signs and sends over HTTP to the paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from pytest_django.live_server_helper import LiveServer

from careo.readers.access import is_subscriber
from careo.readers.actions import open_account
from careo.readers.errors import StripeAway, StripeRefused
from careo.readers.models import Customer, Offer, PaidSubscription, PaymentEvent, Plan, Reader
from careo.readers.payments import actions, shapes, stripe
from careo.readers.payments.keeping import look_up
from tests.project.newspaper import until
from tests.readers.stripe_stand_in import SECRET
from tests.tools.localstripe import KEY, LocalStripe


@pytest.fixture(autouse=True)
def at_localstripe(localstripe: LocalStripe, settings: Any) -> None:
    localstripe.forget()
    localstripe.plan("price_month", 500)
    localstripe.plan("price_dear", 900)
    localstripe.plan("price_year", 5000, "year")
    settings.CAREO_STRIPE_KEY, settings.CAREO_STRIPE_WEBHOOK_SECRET = KEY, SECRET
    settings.CAREO_STRIPE_ADDRESS = localstripe.address


def subscribe(localstripe: LocalStripe, reader: Reader, card: str = "pm_card_visa") -> str:
    customer = actions.customer_of(reader).stripe_id
    localstripe.card(customer, card)
    told = stripe.post(
        stripe.at("subscriptions"), customer=customer, items=[{"plan": "price_month", "quantity": 1}]
    )
    return str(told["id"])


@pytest.mark.django_db
def test_a_reader_is_made_known_once(ana: Reader, localstripe: LocalStripe) -> None:
    customer = actions.customer_of(ana)
    assert actions.customer_of(ana) == customer
    [there] = localstripe.get("customers")["data"]
    assert (there["id"], there["email"]) == (customer.stripe_id, "ana@example.org")


@pytest.mark.django_db
def test_a_subscription_is_read_as_stripe_tells_it(
    ana: Reader, monthly: Plan, localstripe: LocalStripe
) -> None:
    paid = look_up(subscribe(localstripe, ana))
    assert paid is not None
    assert (paid.status, paid.subscription.plan) == ("active", monthly)
    assert 27 < (paid.period_ends_at - paid.subscription.starts_at).days < 32


@pytest.mark.django_db
def test_going_over_to_a_year_is_prorated(
    ana: Reader, monthly: Plan, yearly: Plan, localstripe: LocalStripe
) -> None:
    look_up(subscribe(localstripe, ana))
    paid = actions.change_plan(ana, yearly)
    assert paid.subscription.plan == yearly
    dearest = max(actions.invoices(ana), key=lambda one: one.total)
    lines = localstripe.get(f"invoices/{dearest.id}")["lines"]["data"]
    assert sorted(line["amount"] for line in lines) == [-500, 5000]


@pytest.mark.django_db
def test_a_coupon_is_made_once_for_its_terms(ana: Reader, localstripe: LocalStripe) -> None:
    offer = Offer.objects.create(code="SHARE", percent_off=20, lasts="forever")
    name = actions._coupon(offer, "eur")
    assert actions._coupon(offer, "eur") == name
    there = localstripe.get(f"coupons/{name}")
    assert (there["percent_off"], there["duration"]) == (20.0, "forever")
    offer.percent_off, offer.amount_off = None, 150
    there = localstripe.get(f"coupons/{actions._coupon(offer, 'eur')}")
    assert (there["amount_off"], there["currency"]) == (150, "eur")


@pytest.mark.django_db
def test_a_first_payment_that_fails_opens_nothing(
    ana: Reader, monthly: Plan, localstripe: LocalStripe
) -> None:
    name = subscribe(localstripe, ana, "pm_card_chargeCustomerFail")
    assert localstripe.get(f"subscriptions/{name}")["status"] == "incomplete"
    assert look_up(name) is None
    assert not is_subscriber(ana)


@pytest.mark.django_db
def test_a_failed_renewal_is_past_due_and_good_again_when_it_is_paid(
    ana: Reader, monthly: Plan, localstripe: LocalStripe
) -> None:
    name = subscribe(localstripe, ana)
    look_up(name)
    invoice = localstripe.decline(name)
    paid = look_up(name)
    assert paid is not None
    assert (paid.status, invoice["status"]) == ("past_due", "open")
    localstripe.card(Customer.objects.get().stripe_id)
    localstripe.ask("POST", f"/v1/invoices/{invoice['id']}/pay")
    look_up(name)
    assert PaidSubscription.objects.get().status == "active"


@pytest.mark.django_db
def test_a_payment_is_given_back_in_parts(
    ana: Reader, clara: Reader, monthly: Plan, localstripe: LocalStripe
) -> None:
    look_up(subscribe(localstripe, ana))
    [invoice] = actions.invoices(ana)
    actions.refund(invoice.id, 100, by=clara, reason="A page was missing.")
    assert actions.refund(invoice.id, 400, by=clara, reason="All of it.").amount == 500
    assert sorted(one["amount"] for one in localstripe.get("refunds")["data"]) == [100, 400]


@pytest.mark.django_db
def test_what_is_not_there_is_refused(localstripe: LocalStripe) -> None:
    with pytest.raises(StripeRefused) as caught:
        stripe.get(stripe.at("subscriptions", "sub_no/../../x"))
    assert caught.value.status == 404


def test_who_does_not_answer_is_away(settings: Any) -> None:
    settings.CAREO_STRIPE_ADDRESS = "http://127.0.0.1:9"
    with pytest.raises(StripeAway, match="cannot be reached"):
        stripe.get(stripe.at("customers"))


@pytest.mark.parametrize(
    "told", [{}, {"id": "sub_1", "items": {"data": []}}, {"items": None}, {"items": {"data": [5]}}]
)
def test_an_answer_of_another_shape_is_none(told: dict[str, Any]) -> None:
    for read in (shapes.subscription, shapes.invoice, shapes.address):
        with pytest.raises(StripeAway):
            read(told)


def test_an_address_that_is_none_leads_nowhere() -> None:
    with pytest.raises(StripeAway):
        shapes.address({"url": "javascript:alert(1)"})


def test_localstripes_own_signed_events_open_and_close_the_paper(
    paper_server: LiveServer, localstripe: LocalStripe, plans: Plan
) -> None:
    eva = open_account("eva@example.org", pen_name="Eva")
    localstripe.tell(f"{paper_server.url}/account/stripe/", SECRET)
    name = subscribe(localstripe, eva)
    until(lambda: is_subscriber(eva), "the event of the subscription")
    invoice = localstripe.decline(name)
    until(lambda: len(mail.outbox) == 1, "the letter about the failed payment")
    assert PaidSubscription.objects.get().letter_about == invoice["id"]
    assert is_subscriber(eva)  # grace
    localstripe.ask("DELETE", f"/v1/subscriptions/{name}")
    until(lambda: not is_subscriber(eva), "the event of its end")
    until(lambda: not PaymentEvent.objects.filter(done_at=None).exists(), "every event to be done")


@pytest.fixture
def plans(paper_server: LiveServer) -> Plan:
    return Plan.objects.create(
        name="Monthly", slug="monthly", months=1, price=500, stripe_price="price_month", is_offered=True
    )
