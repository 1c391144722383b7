"""A gift whose money was given back is void; a part of it given back voids nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from careo.readers.access import is_subscriber
from careo.readers.errors import GiftPaidBack
from careo.readers.former import former_reader
from careo.readers.models import Checkout, Customer, Gift, Plan, Reader, Refund
from careo.readers.payments import actions
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn
from tests.tools.localstripe import KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(stripe: StandIn, deliver: Deliver, ana: Reader, gift: Plan) -> Gift:
    """By Ana, for 50.00 EUR; nobody has taken it."""
    pays(stripe, ana, gift)
    deliver()
    return Gift.objects.select_related("checkout").get()


def pay_back(stripe: StandIn, payment: str, amount: int) -> None:
    """At Stripe's own desk."""
    form = {"payment_intent": payment, "amount": str(amount)}
    assert stripe.answer("POST", "/v1/refunds", form, f"Bearer {KEY}")[0] == 200


def visited(reader: Reader) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def test_a_gift_paid_back_at_stripe_is_taken_by_nobody_and_its_page_says_so(
    stripe: StandIn, deliver: Deliver, ana: Reader, clara: Reader, given: Gift
) -> None:
    taker, link = visited(clara), f"/account/gift/{given.code}/"
    pay_back(stripe, given.checkout.payment_id, 4000)
    assert deliver() == [200]
    assert "Take it" in taker.get(link).content.decode(), "a part was paid back"
    pay_back(stripe, given.checkout.payment_id, 1000)
    assert deliver() == [200]
    page = taker.get(link)
    assert page.status_code == 410
    assert "This gift was paid back to whoever gave it" in page.content.decode()
    assert str(GiftPaidBack()) in taker.post(link, follow=True).content.decode()
    assert not is_subscriber(clara)
    own = visited(ana).get("/account/subscription/").content.decode()
    assert f"paid back on {timezone.now():%-d %B %Y}" in own
    assert link not in own


def test_a_gift_paid_back_before_we_heard_that_it_was_paid_is_void_too(
    stripe: StandIn, deliver: Deliver, ana: Reader, gift: Plan
) -> None:
    payment = pays(stripe, ana, gift)
    [completed] = stripe.events
    stripe.events.clear()
    pay_back(stripe, payment, 5000)
    assert deliver() == deliver(completed) == [200]
    assert not Gift.objects.to_be_taken().exists()


def test_what_paid_for_a_gift_of_former_days_is_asked_for(
    stripe: StandIn, deliver: Deliver, given: Gift
) -> None:
    payment = given.checkout.payment_id
    Checkout.objects.update(payment_id="", amount=0, currency="")
    pay_back(stripe, payment, 5000)
    deliver()
    assert not Gift.objects.to_be_taken().exists()


def test_a_gift_outlives_its_givers_account_and_is_void_then_too(
    stripe: StandIn, deliver: Deliver, given: Gift
) -> None:
    pay_back(stripe, given.checkout.payment_id, 5000)
    Customer.objects.all().delete()
    Checkout.objects.update(reader=former_reader())
    assert deliver() == [200]
    assert not Gift.objects.to_be_taken().exists()
    assert Refund.objects.get().reader == former_reader()


def test_a_gift_that_was_taken_is_read_on_whatever_is_paid_back(
    stripe: StandIn, deliver: Deliver, clara: Reader, given: Gift
) -> None:
    actions.take_gift(clara, given.code)
    pay_back(stripe, given.checkout.payment_id, 5000)
    deliver()
    assert is_subscriber(clara)


def test_the_desk_gives_back_what_a_gift_cost(clara: Reader, given: Gift) -> None:
    desk, path = visited(clara), f"/desk/payments/gift/{given.pk}/"
    assert path in desk.get("/desk/gifts/").content.decode()
    page = desk.get(path).content.decode()
    assert "50.00 EUR" in page
    assert "not taken yet" in page
    assert given.code not in page
    told = {"amount": "5000", "given": "0", "reason": "Rain <b>on it</b>."}
    page = desk.post(path, told, follow=True).content.decode()
    assert "50.00 EUR of this payment are given back in all." in page
    assert "by clara@example.org: Rain &lt;b&gt;on it&lt;/b&gt;." in page
    assert "paid back on" in page
    assert "given back since you loaded the page" in desk.post(path, told, follow=True).content.decode()
    assert Refund.objects.get().amount == 5000
    assert not Gift.objects.to_be_taken().exists()


def test_who_may_see_gifts_gives_no_money_back_and_changes_none(
    stripe: StandIn, bruno: Reader, given: Gift
) -> None:
    seeing = Permission.objects.filter(codename__in=["access_admin", "view_paidsubscription"])
    bruno.user_permissions.set(seeing.filter(codename="access_admin"))
    path = f"/desk/payments/gift/{given.pk}/"
    assert b"ana@example.org" not in visited(bruno).get(path, follow=True).content
    bruno.user_permissions.set(seeing)
    desk, asked = visited(bruno), len(stripe.asked)
    assert b"ana@example.org" in desk.get(path).content
    desk.post(path, {"amount": "5000", "given": "0", "reason": "Mine."})
    desk.post(f"/desk/gifts/delete/{given.pk}/")
    desk.post(f"/desk/gifts/edit/{given.pk}/", {})
    assert len(stripe.asked) == asked
    assert Gift.objects.to_be_taken().exists()
