"""Checkout, what Stripe tells of it, and until when a subscription may be read. Every event goes over the real address."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from careo.readers.access import is_subscriber
from careo.readers.actions import grant
from careo.readers.errors import (
    AlreadyPaid,
    NothingToRefund,
    NotOffered,
    OfferNotGood,
    StripeAway,
    StripeRefused,
    TrialUsed,
)
from careo.readers.models import (
    Checkout,
    Customer,
    Offer,
    PaidSubscription,
    PaymentEvent,
    Plan,
    Reader,
    Refund,
    Subscription,
)
from careo.readers.payments import actions
from careo.readers.payments.keeping import look_up
from careo.readers.payments.tasks import look_again
from careo.readers.payments.webhook import LIMIT
from tests.readers.conftest import PASSWORD
from tests.readers.paying import Deliver, last_asked, pays, raw, signed
from tests.readers.stripe_stand_in import StandIn
from tests.tools.localstripe import KEY

pytestmark = pytest.mark.django_db


def kept() -> PaidSubscription:
    return PaidSubscription.objects.select_related("subscription").get()


def until() -> datetime:
    end = kept().subscription.ends_at
    assert end is not None
    return end


@pytest.mark.both_databases
def test_who_pays_becomes_a_subscriber_with_the_event_and_not_before(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    assert not is_subscriber(ana)
    assert deliver() == [200]
    assert is_subscriber(ana)
    paid = kept()
    assert (paid.subscription.reader, paid.subscription.plan, paid.status) == (ana, monthly, "active")
    assert until() == paid.period_ends_at + timedelta(days=7)
    assert Checkout.objects.get().completed_at is not None


def test_stripe_is_asked_for_the_plan_and_told_no_more_than_an_address(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    assert actions.start_checkout(ana, monthly).startswith(f"{stripe.address}/c/pay/cs_test_")
    form = last_asked(stripe, "POST /v1/checkout/sessions")
    assert form["line_items[0][price]"] == "price_month"
    assert form["success_url"] == "http://testserver/account/subscription/paid/?session={CHECKOUT_SESSION_ID}"
    assert last_asked(stripe, "POST /v1/customers") == {
        "email": "ana@example.org",
        "metadata[careo_reader]": str(ana.pk),
    }


def test_an_unpaid_checkout_opens_nothing(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    session = actions.start_checkout(ana, monthly).rpartition("/")[2]
    stripe.happens(
        "checkout.session.completed", {"id": session, "customer": "cus_x"}
    )  # forged state, true signature
    assert deliver() == [200]
    assert not is_subscriber(ana)


def test_a_second_tab_closes_the_first_so_that_nobody_pays_twice(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, yearly: Plan
) -> None:
    first = actions.start_checkout(ana, monthly).rpartition("/")[2]
    second = actions.start_checkout(ana, yearly).rpartition("/")[2]
    assert stripe.sessions[first]["status"] == "expired"
    stripe.pay(second)
    deliver()
    with pytest.raises(AlreadyPaid):
        actions.start_checkout(ana, monthly)
    assert kept().subscription.plan == yearly


def test_a_checkout_paid_in_the_other_tab_counts_before_its_event_has_come(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    with pytest.raises(AlreadyPaid):
        actions.start_checkout(ana, monthly)
    assert is_subscriber(ana)


def test_what_is_not_offered_cannot_be_had(stripe: StandIn, ana: Reader, monthly: Plan, plan: Plan) -> None:
    monthly.is_offered = False
    monthly.save()
    for one in (monthly, plan):
        with pytest.raises(NotOffered):
            actions.start_checkout(ana, one)
    assert not stripe.asked


def test_a_trial_is_for_newcomers_and_becomes_the_paid_plan(
    stripe: StandIn, deliver: Deliver, ana: Reader, bruno: Reader, trial: Plan, monthly: Plan
) -> None:
    with pytest.raises(TrialUsed):
        actions.start_checkout(bruno, trial)
    name = pays(stripe, ana, trial)
    deliver()
    paid = kept()
    assert (paid.status, paid.subscription.plan) == ("trialing", trial)
    assert timedelta(days=13) < paid.period_ends_at - timezone.now() < timedelta(days=15)
    stripe.turn(name, status="active", metadata={})
    stripe.happens("customer.subscription.updated", stripe.subscription(name))
    deliver()
    assert kept().subscription.plan == trial  # the same price: what it was begun as is kept


@pytest.mark.parametrize(("terms", "coupon", "invoiced"), [
    ({"percent_off": 20}, "20pc", 400), ({"amount_off": 150}, "150eur", 350),
])  # fmt: skip
def test_an_offer_takes_off_a_share_or_an_amount(
    stripe: StandIn,
    deliver: Deliver,
    ana: Reader,
    monthly: Plan,
    terms: dict[str, int],
    coupon: str,
    invoiced: int,
) -> None:
    offer = Offer.objects.create(code="SUMMER26", **terms)
    pays(stripe, ana, monthly, " summer 26")
    deliver()
    assert (
        last_asked(stripe, "POST /v1/checkout/sessions")["discounts[0][coupon]"]
        == f"careo-{offer.pk}-{coupon}-once"
    )
    assert [one.total for one in actions.invoices(ana)] == [invoiced] == [offer.price_of(500)]


def test_an_offer_is_used_as_often_as_it_says_and_no_place_is_lost_to_who_does_not_pay(
    stripe: StandIn, ana: Reader, bruno: Reader, clara: Reader, monthly: Plan
) -> None:
    Offer.objects.create(code="TWO", percent_off=50, most_uses=2)
    pays(stripe, ana, monthly, "TWO")
    waits = actions.start_checkout(bruno, monthly, "two").rpartition("/")[2]
    with pytest.raises(OfferNotGood, match="“two” is no offer for this plan, or not any more"):
        actions.start_checkout(clara, monthly, "two")
    stripe.answer("POST", f"/v1/checkout/sessions/{waits}/expire", {}, f"Bearer {KEY}")
    assert [signed(Client(), event) for event in stripe.events if event["type"].endswith("expired")] == [200]
    actions.start_checkout(clara, monthly, "two")


@pytest.mark.parametrize("wrong", ["before", "after", "other plan", "unknown", "used"])
def test_an_offer_that_is_not_good_is_refused_before_anything_is_begun(
    stripe: StandIn, ana: Reader, monthly: Plan, yearly: Plan, wrong: str
) -> None:
    offer, now = Offer.objects.create(code="MAY", percent_off=50), timezone.now()
    if wrong == "before":
        offer.starts_at = now + timedelta(days=1)
    elif wrong == "after":
        offer.starts_at, offer.ends_at = now - timedelta(days=2), now - timedelta(days=1)
    elif wrong == "other plan":
        offer.plans.add(yearly)
    elif wrong == "used":
        Checkout.objects.create(reader=ana, plan=monthly, offer=offer, expires_at=now, completed_at=now)
    offer.save()
    with pytest.raises(OfferNotGood):
        actions.start_checkout(ana, monthly, "JUNE" if wrong == "unknown" else "MAY")
    assert not any(asked == "POST /v1/checkout/sessions" for asked, _ in stripe.asked)


def test_where_stripe_is_away_nothing_is_begun_and_no_place_is_held(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    Offer.objects.create(code="ONE", percent_off=50, most_uses=1)
    stripe.away = True
    with pytest.raises(StripeAway, match="did not answer as it should"):
        actions.start_checkout(ana, monthly, "ONE")
    assert not Checkout.objects.exists()
    stripe.away = False
    actions.start_checkout(ana, monthly, "ONE")


# What Stripe tells.


def test_an_event_is_done_once_however_often_it_comes(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    [event] = stripe.events
    assert deliver(event, event, event) == [200, 200, 200]
    assert Subscription.objects.count() == 1
    asked = len(stripe.asked)
    deliver(event)
    assert len(stripe.asked) == asked
    assert PaymentEvent.objects.get().done_at is not None


def test_events_in_the_wrong_order_leave_the_present_state(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    [completed] = stripe.events
    created = stripe.happens("customer.subscription.created", stripe.subscription(name))
    ended = int(time.time())
    stripe.turn(name, status="canceled", ended_at=ended)
    deleted = stripe.happens("customer.subscription.deleted", stripe.subscription(name))
    assert deliver(deleted, created, completed) == [200] * 3
    assert not is_subscriber(ana)
    assert (kept().status, until()) == ("canceled", datetime.fromtimestamp(ended, UTC))


def test_an_answer_that_was_overtaken_by_a_later_one_changes_nothing(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    stripe.turn(name, status="canceled", ended_at=int(time.time()))
    look_up(name)
    stripe.turn(name, status="active", ended_at=None)
    with time_machine.travel(time.time() - 60, tick=True):  # a question put a minute ago, answered only now
        look_up(name)
    assert kept().status == "canceled"


def test_an_event_waits_while_stripe_cannot_be_asked_and_is_done_when_it_comes_again(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    [event] = stripe.events
    stripe.away = True
    assert deliver(event) == [503]
    assert PaymentEvent.objects.get().done_at is None
    stripe.away = False
    with time_machine.travel(time.time() + 2 * 86_400, tick=True):  # Stripe signs each attempt anew
        assert deliver(event) == [200]
        assert is_subscriber(ana)


def test_a_captured_event_sent_again_later_is_refused(stripe: StandIn, ana: Reader, monthly: Plan) -> None:
    pays(stripe, ana, monthly)
    assert signed(Client(), stripe.events[0], at=time.time() - 301) == 400
    assert not PaymentEvent.objects.exists()


def test_a_forged_event_is_refused_and_nothing_is_kept_of_it(
    stripe: StandIn, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    event = stripe.events[0]
    assert signed(Client(), event, secret="whsec_of_somebody_else") == 400
    assert raw(Client(), json.dumps(event).encode(), "") == 400
    assert raw(Client(), b"\xff" * 200, f"t={int(time.time())},v1={'0' * 64}") == 400
    assert not PaymentEvent.objects.exists()
    assert not is_subscriber(ana)


def test_more_than_an_event_can_be_is_not_read(stripe: StandIn) -> None:
    assert raw(Client(), b" " * (LIMIT + 1), "") == 413


def test_the_address_of_events_takes_forms_alone_and_sets_no_cookie(stripe: StandIn) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/account/stripe/").status_code == 405
    event = stripe.happens("price.updated", {"id": "price_month"})
    assert signed(client, event) == 200  # of no interest, noted
    assert not client.cookies


def test_without_keys_there_is_no_such_address(client: Client) -> None:
    assert raw(client, b"{}", "") == 404


def test_events_of_other_customers_and_of_things_that_are_gone_are_noted_and_change_nothing(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    customer = actions.customer_of(ana)
    stripe.happens("customer.subscription.updated", {"id": "sub_other", "customer": "cus_other"})
    stripe.happens("customer.subscription.updated", {"id": "sub_gone", "customer": customer.stripe_id})
    stripe.happens("invoice.paid", {"id": "in_gone", "customer": customer.stripe_id})
    stripe.happens("checkout.session.completed", {"id": "cs_other"})
    stripe.happens("charge.refunded", {"id": "ch_1", "customer": "cus_other", "payment_intent": "pi_other"})
    assert deliver() == [200] * 5
    assert not PaidSubscription.objects.exists()
    assert not PaymentEvent.objects.filter(done_at=None).exists()


@pytest.mark.parametrize("about", [{}, {"id": 5}, {"id": None, "customer": ["x"]}, {"id": "x\0", "customer": "\0"},
                                   {"id": "../customers", "customer": {}}])  # fmt: skip
@pytest.mark.parametrize("kind", ["invoice.payment_failed", "customer.deleted", "checkout.session.completed"])
def test_a_signed_event_of_another_shape_breaks_nothing(
    stripe: StandIn, about: dict[str, object], kind: str
) -> None:
    assert signed(Client(), stripe.happens(kind, about)) in (200, 400)


def test_a_price_that_no_plan_has_waits_until_one_has_it(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    Plan.objects.update(stripe_price="price_typed_wrongly")
    [event] = stripe.events
    assert deliver(event) == [503]
    Plan.objects.update(stripe_price="price_month")
    assert deliver(event) == [200]
    assert is_subscriber(ana)


# The end of it.


def test_a_subscription_is_read_until_its_period_ends_and_longer_only_while_a_renewal_may_be_on_its_way(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    with time_machine.travel(kept().period_ends_at + timedelta(days=6)):
        assert is_subscriber(ana)
    with time_machine.travel(kept().period_ends_at + timedelta(days=7, seconds=1)):
        assert not is_subscriber(ana)


def test_who_cancels_reads_until_the_very_end_of_the_period_and_may_resume(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    actions.cancel(ana)
    assert until() == kept().period_ends_at
    assert deliver() == [200]
    with time_machine.travel(until() - timedelta(seconds=1)):
        assert is_subscriber(ana)
    with time_machine.travel(until() + timedelta(seconds=1)):
        assert not is_subscriber(ana)
    actions.resume(ana)
    assert until() == kept().period_ends_at + timedelta(days=7)


def test_a_failed_payment_brings_days_of_grace_and_one_kind_letter(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    invoice = stripe.stripe.decline(name)
    for _ in range(3):  # Stripe tries the card several times
        stripe.happens("invoice.payment_failed", invoice)
    assert deliver() == [200] * 3
    since = kept().past_due_since
    assert since is not None
    assert until() == since + timedelta(days=7)
    assert is_subscriber(ana)
    [letter] = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert letter.subject == "Your subscription to Careo: a payment did not go through"
    assert f"You read on until {until():%-d %B %Y}" in str(letter.body)
    assert "http://testserver/account/subscription/" in str(letter.body)
    [(html, kind)] = letter.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "You read on until" in str(html)
    with time_machine.travel(until() + timedelta(seconds=1)):
        assert not is_subscriber(ana)


def test_when_the_payment_succeeds_after_all_grace_is_over_and_a_late_event_writes_no_letter(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    invoice = stripe.stripe.decline(name)
    failed = stripe.happens("invoice.payment_failed", invoice)
    stripe.stripe.card(Customer.objects.get().stripe_id)
    stripe.stripe.ask("POST", f"/v1/invoices/{invoice['id']}/pay")
    stripe.happens("invoice.paid", invoice)
    deliver(stripe.events[1], failed)
    assert (kept().status, kept().past_due_since) == ("active", None)
    assert not mail.outbox


def test_a_subscription_that_stripe_gives_up_ends_at_once(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    stripe.turn(name, status="unpaid")
    stripe.happens("customer.subscription.updated", stripe.subscription(name))
    deliver()
    assert not is_subscriber(ana)
    end = until()
    stripe.happens("customer.subscription.updated", stripe.subscription(name))
    deliver()
    assert until() == end  # told again, it did not end later


def test_a_change_of_plan_is_reckoned_at_stripe_and_holds_here_at_once(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, yearly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    actions.change_plan(ana, yearly)
    assert kept().subscription.plan == yearly
    assert until() - timezone.now() > timedelta(days=300)
    assert sorted(one.total for one in actions.invoices(ana)) == [
        500,
        4500,
    ]  # what was paid counts towards the year
    assert Subscription.objects.count() == 1


def test_an_editor_gives_money_back_and_what_was_given_back_elsewhere_is_noted_too(
    stripe: StandIn, deliver: Deliver, ana: Reader, clara: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    [invoice] = actions.invoices(ana)
    made = actions.refund(invoice.id, 200, by=clara, reason="The paper came late.")
    assert (made.reader, made.amount, made.currency, made.by) == (ana, 200, "eur", clara)
    assert deliver() == [200]
    stripe.answer(
        "POST", "/v1/refunds", {"payment_intent": invoice.payment, "amount": "100"}, f"Bearer {KEY}"
    )
    deliver()  # at Stripe's own desk
    refund = Refund.objects.get()
    assert (refund.amount, refund.by, refund.reason) == (300, clara, "The paper came late.")
    assert is_subscriber(ana)
    for amount in (0, -1, 201):
        with pytest.raises(NothingToRefund):
            actions.refund(invoice.id, amount, by=clara, reason="Again.")


def test_events_that_were_lost_are_made_up_for_by_asking_daily(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    renewed = kept().period_ends_at + timedelta(days=30)
    with time_machine.travel(kept().period_ends_at + timedelta(hours=5), tick=True):
        stripe.turn(name, current_period_end=int(renewed.timestamp()))
        assert look_again() == 1
        assert kept().period_ends_at == renewed
        stripe.away = True
        PaidSubscription.objects.update(period_ends_at=timezone.now())
        assert look_again() == 1  # and tomorrow again
    with time_machine.travel(timezone.now() + timedelta(days=101)):
        look_again()
        assert not PaymentEvent.objects.exists()


def test_before_an_account_is_deleted_nothing_more_is_taken_and_stripe_forgets_it(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    name = pays(stripe, ana, monthly)
    deliver()
    customer = Customer.objects.get().stripe_id
    actions.stop_paying(ana)
    assert not is_subscriber(ana)
    assert stripe.stripe.get(f"subscriptions/{name}")["status"] == "canceled"
    with pytest.raises(HTTPError):
        stripe.stripe.get(f"customers/{customer}")
    assert not Customer.objects.exists()


def test_a_customer_deleted_at_stripe_is_made_anew_at_the_next_checkout(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    customer = actions.customer_of(ana)
    stripe.stripe.ask("DELETE", f"/v1/customers/{customer.stripe_id}")
    stripe.happens("customer.deleted", {"id": customer.stripe_id})
    assert deliver() == [200]
    actions.start_checkout(ana, monthly)
    assert Customer.objects.get().stripe_id != customer.stripe_id


def test_a_wrong_key_is_refused_in_words_that_tell_a_reader_nothing_of_it(
    stripe: StandIn, ana: Reader, monthly: Plan, settings: object
) -> None:
    settings.CAREO_STRIPE_KEY = "sk_test_of_another"  # type: ignore[attr-defined]
    with pytest.raises(StripeRefused) as caught:
        actions.start_checkout(ana, monthly)
    assert str(caught.value) == "Stripe, which takes our payments, did not accept this. Nothing was changed."
    assert caught.value.said == "Invalid API Key provided"


def test_a_grant_stands_beside_what_is_paid(
    stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, plan: Plan
) -> None:
    grant(ana, plan, by=None, reason="A prize.")
    name = pays(stripe, ana, monthly)
    deliver()
    stripe.turn(name, status="canceled", ended_at=int(time.time()))
    stripe.happens("customer.subscription.deleted", stripe.subscription(name))
    deliver()
    assert is_subscriber(ana)


def test_stripe_learns_of_a_new_address_and_of_none_of_who_does_not_pay(
    stripe: StandIn, ana: Reader, bruno: Reader
) -> None:
    customer = actions.customer_of(ana)
    for reader in (ana, bruno):
        client, new = Client(), f"new-{reader.email}"
        client.force_login(reader)
        EmailAddress.objects.create(user=reader, email=new, verified=True)
        asked = client.post("/account/email/", {"email": new, "action_primary": ""})
        client.post(asked["Location"], {"password": PASSWORD})  # and what was asked for is done
        assert Reader.objects.get(pk=reader.pk).email == new
    assert stripe.stripe.get(f"customers/{customer.stripe_id}")["email"] == "new-ana@example.org"
    assert len(stripe.stripe.get("customers")["data"]) == 1
