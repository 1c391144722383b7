"""The pages on which a reader subscribes and sees to what she pays, by the forms that a browser without JavaScript sends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from careo.readers.access import is_subscriber
from careo.readers.models import Gift, Offer, PaidSubscription, Plan, PlanKind, Reader, Subscription
from tests.readers.paying import Deliver, pays
from tests.readers.stripe_stand_in import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, ana: Reader) -> Client:
    client.force_login(ana)
    return client


def read(client: Client, path: str = "/account/subscription/") -> str:
    return client.get(path, follow=True).content.decode()


def test_without_keys_the_paper_says_that_an_editor_grants_subscriptions(page: Client, monthly: Plan) -> None:
    told = read(page, "/account/subscribe/")
    assert "This paper takes no payment on its pages yet." in told
    assert "Go on to payment" not in told
    assert page.post("/account/subscribe/", {"plan": str(monthly.pk)}).status_code == 200  # the same page
    assert "You have no subscription in force." in read(page)


def test_who_is_turned_away_from_the_forum_is_told_how_to_pay(
    page: Client, stripe: StandIn, monthly: Plan
) -> None:
    answer = page.get("/forum/")
    assert answer.status_code == 403
    assert '<a href="/account/subscribe/">Choose a plan</a> and pay by card' in answer.content.decode()


def test_a_visitor_is_asked_to_open_an_account_first(client: Client, stripe: StandIn, monthly: Plan) -> None:
    told = read(client, "/account/subscribe/")
    assert "Open an account</a> first" in told
    answer = client.post("/account/subscribe/", {"plan": str(monthly.pk)})
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/account/subscribe/"
    assert not stripe.asked


def test_a_reader_picks_a_plan_pays_and_comes_back_a_subscriber_before_any_event(
    page: Client, stripe: StandIn, ana: Reader, monthly: Plan, trial: Plan
) -> None:
    told = read(page, "/account/subscribe/")
    assert "Monthly: 5.00 EUR a month" in told
    assert "Two weeks: 14 days without payment, then 5.00 EUR a month" in told
    answer = page.post("/account/subscribe/", {"plan": str(monthly.pk), "code": ""})
    assert (answer.status_code, answer["Location"][: len(stripe.address)]) == (303, stripe.address)
    session = answer["Location"].rpartition("/")[2]
    stripe.pay(session)
    back = stripe.sessions[session]["success_url"].replace("{CHECKOUT_SESSION_ID}", session)
    told = read(page, back.removeprefix("http://testserver"))
    assert "Thank you. You read every story in full from now on." in told
    assert "5.00 EUR a month" in told
    assert is_subscriber(ana)


def test_a_browser_may_follow_the_form_to_stripe_alone(
    page: Client, stripe: StandIn, monthly: Plan, settings: Any
) -> None:
    for path in ("/account/subscribe/", "/account/subscription/"):
        assert f"form-action 'self' {stripe.address};" in page.get(path)["Content-Security-Policy"]
    settings.CAREO_STRIPE_ADDRESS = "https://api.stripe.com"
    policy = page.get("/account/subscribe/")["Content-Security-Policy"]
    assert "form-action 'self' https://checkout.stripe.com https://billing.stripe.com;" in policy


def test_a_wrong_code_is_told_beside_its_field_with_what_was_typed(
    page: Client, stripe: StandIn, monthly: Plan
) -> None:
    answer = page.post("/account/subscribe/", {"plan": str(monthly.pk), "code": "<b>SALE"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "“&lt;b&gt;SALE” is no offer for this plan" in told
    assert 'value="&lt;b&gt;SALE"' in told


def test_where_stripe_is_away_the_pages_say_so(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    stripe.away = True
    told = read(page)
    assert "Stripe, which takes our payments, cannot be reached at the moment." in told
    assert "Renewed on" in told  # what we know stands all the same
    assert "Nothing was changed; try again later." in told
    page.post("/account/subscription/cancel/")
    assert "What you asked for may have been done" in read(
        page
    )  # it answered 503: Stripe does not say whether
    assert not PaidSubscription.objects.get().cancels_at_period_end


def test_a_subscriber_cancels_resumes_and_changes_the_plan(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, yearly: Plan, student: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    told = read(page)
    assert "Renewed on" in told
    assert "Monthly: " not in told  # one does not change to what one has
    page.post("/account/subscription/cancel/")
    assert "You cancelled. You read on until" in read(page)
    page.post("/account/subscription/resume/")
    assert "You cancelled" not in read(page)
    assert (
        "Your plan is “Yearly” now."
        in page.post("/account/subscription/plan/", {"plan": str(yearly.pk)}, follow=True).content.decode()
    )
    told = read(page)
    assert "50.00 EUR a year" in told
    assert ">paid<" in told


def test_a_plan_that_is_not_offered_cannot_be_changed_to(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan, yearly: Plan, trial: Plan
) -> None:
    Plan.objects.filter(pk=yearly.pk).update(is_offered=False)
    pays(stripe, ana, monthly)
    deliver()
    for plan in (yearly.pk, trial.pk, monthly.pk, 0, "x"):
        assert page.post("/account/subscription/plan/", {"plan": str(plan)}).status_code == 422
    assert Subscription.objects.get().plan == monthly


def test_cards_are_seen_to_at_stripe(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    assert page.post("/account/subscription/card/")["Location"] == "/account/subscription/"
    pays(stripe, ana, monthly)
    assert page.post("/account/subscription/card/")["Location"].startswith(f"{stripe.address}/p/session/")


def test_a_reader_sees_her_own_invoices_and_comes_back_to_her_own_checkout_alone(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, bruno: Reader, monthly: Plan
) -> None:
    pays(stripe, bruno, monthly)
    [session] = stripe.sessions
    asked = len(stripe.asked)
    told = read(page, f"/account/subscription/paid/?session={session}")
    assert "Thank you" not in told
    assert "Invoices" not in told
    assert not PaidSubscription.objects.exists()
    assert len(stripe.asked) == asked


@pytest.mark.parametrize("act", ["", "paid/", "plan/", "cancel/", "resume/", "card/"])
def test_a_visitor_gets_to_none_of_it(client: Client, db: None, act: str) -> None:
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/account/subscription/{act}")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")


def test_acts_are_forms_with_the_sessions_token(ana: Reader) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    for act in ("plan/", "cancel/", "resume/", "card/"):
        assert client.post(f"/account/subscription/{act}").status_code == 403
        assert client.get(f"/account/subscription/{act}")["Location"] == "/account/subscription/"


def test_the_pages_are_kept_by_nobody(page: Client) -> None:
    for path in ("/account/subscribe/", "/account/subscription/"):
        assert "no-store" in page.get(path)["Cache-Control"]


# Gifts.


def test_a_gift_is_paid_once_sent_by_link_and_taken_by_a_form_once(
    page: Client,
    stripe: StandIn,
    deliver: Deliver,
    ana: Reader,
    bruno: Reader,
    clara: Reader,
    monthly: Plan,
    gift: Plan,
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    assert "A year as a gift: 50.00 EUR once, for 12 months" in read(
        page, "/account/subscribe/"
    )  # to who pays, too
    answer = page.post("/account/subscribe/", {"plan": str(gift.pk), "code": ""})
    session = answer["Location"].rpartition("/")[2]
    assert "Gifts you gave" not in read(page)
    stripe.pay(session)
    [event] = stripe.events
    assert deliver(event, event) == [200, 200]
    assert "Send the link below" in read(page, f"/account/subscription/paid/?session={session}")
    link = f"/account/gift/{Gift.objects.get().code}/"
    assert f"http://testserver{link}" in read(page)
    assert Subscription.objects.filter(reader=ana).count() == 1

    assert Client().get(link)["Location"].startswith("/account/login/")
    taker = Client()
    taker.force_login(clara)
    assert "a subscription for 12 months" in read(taker, link)
    assert not is_subscriber(clara)  # looking takes nothing
    assert "The gift is yours." in taker.post(link, follow=True).content.decode()
    taken = Subscription.objects.get(reader=clara)
    assert (taken.plan, taken.reason) == (gift, "Gift")
    assert taken.ends_at
    assert taken.ends_at - timezone.now() > timedelta(days=364)

    late = Client()
    late.force_login(bruno)
    assert "This gift was taken already, or is none" in late.post(link, follow=True).content.decode()
    assert Subscription.objects.filter(reason="Gift").count() == 1
    assert late.get(link).status_code == late.get("/account/gift/none/").status_code == 404
    assert f"taken on {timezone.now():%-d %B %Y}" in read(page)


def test_a_gift_whose_money_has_not_come_is_not_laid_ready(
    page: Client, stripe: StandIn, deliver: Deliver, ana: Reader, gift: Plan
) -> None:
    session = page.post("/account/subscribe/", {"plan": str(gift.pk), "code": ""})["Location"].rpartition(
        "/"
    )[2]
    stripe.pay(session)
    stripe.sessions[session]["payment_status"] = "unpaid"  # a bank transfer
    deliver()
    assert not Gift.objects.exists()
    stripe.sessions[session]["payment_status"] = "paid"
    stripe.happens("checkout.session.async_payment_succeeded", {"id": session})
    deliver()
    assert Gift.objects.count() == 1


# At the desk.


@pytest.fixture
def desk(client: Client, clara: Reader) -> Client:
    client.force_login(clara)
    return client


def test_a_plan_and_an_offer_are_made_at_the_desk(desk: Client, db: None) -> None:
    plan = {"name": "Students", "slug": "students", "kind": "student", "description": "", "months": "1", "days": "0",
            "price": "", "currency": "eur", "is_offered": "on", "stripe_price": "", "grace_days": "7"}  # fmt: skip
    assert "needs a price, and the id of that price" in desk.post("/desk/plans/new/", plan).content.decode()
    desk.post("/desk/plans/new/", plan | {"price": "200", "stripe_price": "price_student"})
    assert Plan.objects.get(kind=PlanKind.STUDENT).price == 200
    assert "2.00 EUR" in desk.get("/desk/plans/").content.decode()
    offer = {"code": "spring 27", "percent_off": "20", "amount_off": "10", "lasts": "once", "ends_at": "",
             "starts_at": timezone.now().strftime("%Y-%m-%d %H:%M"), "most_uses": "5"}  # fmt: skip
    assert "one of them" in desk.post("/desk/offers/new/", offer).content.decode()
    assert desk.post("/desk/offers/new/", offer | {"amount_off": ""}).status_code == 302
    assert Offer.objects.get().code == "SPRING27"
    assert "0 of 5" in desk.get("/desk/offers/").content.decode()


def test_the_right_to_give_money_back_can_be_given_to_a_group(desk: Client) -> None:
    right = Permission.objects.get(codename="add_refund")
    assert f'value="{right.pk}"' in desk.get("/desk/groups/new/").content.decode()


def test_an_offer_cannot_end_before_it_begins(desk: Client, db: None) -> None:
    now = timezone.now()
    offer = {"code": "X", "percent_off": "20", "amount_off": "", "lasts": "once", "most_uses": "",
             "starts_at": now.strftime("%Y-%m-%d %H:%M"),
             "ends_at": (now - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")}  # fmt: skip
    assert "An offer ends after it begins" in desk.post("/desk/offers/new/", offer).content.decode()


def test_money_is_given_back_and_a_subscription_ended_at_the_desk(
    desk: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    paid = PaidSubscription.objects.get()
    assert f"/desk/payments/{paid.pk}/" in desk.get("/desk/paid/").content.decode()
    path = f"/desk/payments/{paid.pk}/"
    page = desk.get(path).content.decode()
    assert "5.00 EUR, paid" in page
    found = re.search(r'name="invoice" value="(in_\w+)"', page)
    assert found
    desk.post(path, {"invoice": found[1], "amount": "9000", "reason": "Too much."})
    assert "choose a smaller amount" in desk.get(path).content.decode()
    desk.post(path, {"invoice": found[1], "amount": "300", "reason": "Rain <b>on it</b>."})
    page = desk.get(path).content.decode()
    assert "3.00 EUR of this payment are given back in all." in page
    assert "by clara@example.org: Rain &lt;b&gt;on it&lt;/b&gt;." in page
    desk.post(f"{path}end/")
    assert not is_subscriber(ana)


def test_who_may_see_payments_may_not_give_money_back_nor_change_what_stripe_says(
    client: Client, stripe: StandIn, deliver: Deliver, ana: Reader, bruno: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    paid = PaidSubscription.objects.get()
    seeing = Permission.objects.filter(codename__in=["access_admin", "view_paidsubscription"])
    bruno.user_permissions.set(seeing.filter(codename="access_admin"))
    client.force_login(bruno)
    addresses = (f"/desk/payments/{paid.pk}/", "/desk/paid/")
    assert not any(b"ana@example.org" in client.get(path, follow=True).content for path in addresses)
    bruno.user_permissions.set(seeing)
    assert b"ana@example.org" in client.get(f"/desk/payments/{paid.pk}/").content
    asked = len(stripe.asked)
    for path in (f"/desk/payments/{paid.pk}/", f"/desk/payments/{paid.pk}/end/", f"/desk/paid/edit/{paid.pk}/",
                 f"/desk/paid/delete/{paid.pk}/"):  # fmt: skip
        client.post(path, {"invoice": "in_1", "amount": "1", "reason": "x", "status": "canceled"})
    assert PaidSubscription.objects.get().status == "active"
    assert len(stripe.asked) == asked


def test_even_an_administrator_does_not_write_over_what_stripe_says(
    desk: Client, stripe: StandIn, deliver: Deliver, ana: Reader, monthly: Plan
) -> None:
    pays(stripe, ana, monthly)
    deliver()
    paid = PaidSubscription.objects.select_related("subscription").get()
    desk.post(f"/desk/paid/edit/{paid.pk}/", {"status": "canceled"})
    desk.post(f"/desk/paid/delete/{paid.pk}/")
    told = desk.post(f"/desk/subscriptions/edit/{paid.subscription_id}/",
                     {"reader": str(ana.pk), "plan": str(monthly.pk), "starts_at": "2026-01-01 00:00",
                      "ends_at": "2026-01-02 00:00", "reason": ""}).content.decode()  # fmt: skip
    assert "This subscription is paid at Stripe" in told
    assert PaidSubscription.objects.get().status == "active"
    assert is_subscriber(ana)
