"""What readers do about their payments, and editors about a reader's. Stripe is asked first, then we write down its answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from careo.readers.actions import grant
from careo.readers.errors import (
    AlreadyPaid,
    GiftPaidBack,
    GiftTaken,
    NothingPaid,
    NothingToRefund,
    NotOffered,
    OfferNotGood,
    RefundedMeanwhile,
    SamePlan,
    StripeRefused,
    TrialUsed,
)
from careo.readers.models import (
    Checkout,
    Customer,
    Gift,
    Offer,
    PaidSubscription,
    Plan,
    PlanKind,
    Reader,
    Refund,
    Subscription,
)
from careo.readers.payments import shapes, stripe
from careo.readers.payments.keeping import forget, keep, look_up, paid_by, running
from careo.readers.payments.offered import plans_to_pay_for
from careo.readers.payments.shapes import Invoice

HELD = timedelta(minutes=31)  # how long a reader may take to pay: Stripe knows nothing shorter than thirty
INVOICES = 24  # newest shown; the others stand in Stripe's portal


def start_checkout(reader: Reader, plan: Plan, code: str = "") -> str:
    """Where at Stripe the reader pays for the plan. Raises PaymentError's children.

    An earlier Checkout of the same reader that is still open is closed, so that nobody pays in two tabs; of two that
    are begun in the same moment, too, the later one alone can be paid.
    """
    if not plans_to_pay_for().filter(pk=plan.pk).exists():
        raise NotOffered
    if plan.kind == PlanKind.TRIAL and reader.subscriptions.exists():
        raise TrialUsed
    _close(_open_at_stripe(reader))
    if plan.kind != PlanKind.GIFT and paid_by(reader):
        raise AlreadyPaid
    checkout = _hold(reader, plan, code)
    try:
        told = stripe.post(stripe.at("checkout", "sessions"), **_asked(checkout))
        checkout.stripe_id = told["id"]
        address = shapes.address(told)
    except BaseException:
        checkout.delete()
        raise
    checkout.save(update_fields=["stripe_id"])
    newest = Checkout.objects.open().filter(reader=reader).aggregate(pk=models.Max("pk"))["pk"]
    _close(_open_at_stripe(reader).exclude(pk=newest))
    return address


def _open_at_stripe(reader: Reader) -> models.QuerySet[Checkout]:
    return Checkout.objects.open().filter(reader=reader).exclude(stripe_id=None)


def _close(checkouts: models.QuerySet[Checkout]) -> None:
    for checkout in checkouts:
        try:
            stripe.post(stripe.at("checkout", "sessions", checkout.stripe_id or "", "expire"))
        except StripeRefused:  # it is no longer open: paid, perhaps, and the event is on its way
            take_up(checkout)
        else:
            release(checkout)


def release(checkout: Checkout) -> None:
    """Give back the place in an offer's uses that an unpaid Checkout held."""
    Checkout.objects.open().filter(pk=checkout.pk).update(expires_at=timezone.now())


@transaction.atomic
def _hold(reader: Reader, plan: Plan, code: str) -> Checkout:
    """Take a place in the offer's uses, if there is one left. Raises OfferNotGood."""
    offer = Offer.objects.called(code) if code.strip() else None
    if code.strip() and not (
        offer and _is_good(Offer.objects.select_for_update().get(pk=offer.pk), reader, plan)
    ):
        raise OfferNotGood(code.strip()[:40])
    return Checkout.objects.create(reader=reader, plan=plan, offer=offer, expires_at=timezone.now() + HELD)


def _is_good(offer: Offer, reader: Reader, plan: Plan) -> bool:
    now = timezone.now()
    if not offer.starts_at <= now or (offer.ends_at and offer.ends_at <= now):
        return False
    if offer.plans.exists() and not offer.plans.filter(pk=plan.pk).exists():
        return False
    used = offer.checkouts.holding()
    return not used.filter(reader=reader).exists() and (
        offer.most_uses is None or used.count() < offer.most_uses
    )


def _asked(checkout: Checkout) -> dict[str, stripe.Param]:
    """What Stripe is asked for: https://docs.stripe.com/api/checkout/sessions/create."""
    plan, offer = checkout.plan, checkout.offer
    terms: dict[str, stripe.Param] = {"metadata": {"careo_plan": str(plan.pk)}}
    if plan.kind == PlanKind.TRIAL:
        terms["trial_period_days"] = plan.days
    gift = plan.kind == PlanKind.GIFT
    return {
        "mode": "payment" if gift else "subscription",
        "customer": customer_of(checkout.reader).stripe_id,
        "client_reference_id": str(checkout.reader_id),
        "line_items": [{"price": plan.stripe_price, "quantity": 1}],
        "discounts": [{"coupon": _coupon(offer, plan.currency)}] if offer else None,
        "subscription_data": None if gift else terms,
        "locale": settings.LANGUAGE_CODE,
        "expires_at": int(checkout.expires_at.timestamp()),
        "success_url": _ours("readers:paid") + "?session={CHECKOUT_SESSION_ID}",
        "cancel_url": _ours("readers:subscribe"),
    }


def _ours(name: str) -> str:
    return f"{settings.CAREO_ADDRESS}{reverse(name)}"


def customer_of(reader: Reader) -> Customer:
    """The reader as Stripe knows her, made known there if need be: by her address alone."""
    if known := Customer.objects.filter(reader=reader).first():
        return known
    told = stripe.post(stripe.at("customers"), email=reader.email, metadata={"careo_reader": str(reader.pk)})
    customer, _ = Customer.objects.get_or_create(reader=reader, defaults={"stripe_id": told["id"]})
    return customer


def _coupon(offer: Offer, currency: str) -> str:
    """The id of Stripe's coupon for the offer's terms: a coupon's terms cannot be changed, so each has its own."""
    off = f"{offer.percent_off}pc" if offer.percent_off else f"{offer.amount_off}{currency}"
    name = f"careo-{offer.pk}-{off}-{offer.lasts}"
    try:
        stripe.get(stripe.at("coupons", name))
    except StripeRefused as error:
        if error.status != 404:
            raise
        stripe.post(
            stripe.at("coupons"), id=name, duration=offer.lasts, percent_off=offer.percent_off,
            amount_off=offer.amount_off, currency=currency if offer.amount_off else None,
        )  # fmt: skip
    return name


def take_up(checkout: Checkout) -> PaidSubscription | None:
    """Ask Stripe whether the Checkout was paid, and if so open the subscription, or lay the gift ready."""
    told = stripe.get(stripe.at("checkout", "sessions", checkout.stripe_id or ""))
    if told.get("status") != "complete":
        return None
    Checkout.objects.filter(pk=checkout.pk, completed_at=None).update(completed_at=timezone.now())
    if told.get("mode") == "payment":
        # A bank transfer takes days after the form is complete; an offer may leave nothing to pay.
        if told.get("payment_status") != "unpaid":
            _lay_ready(checkout, shapes.taken(told))
        return None
    return look_up(str(told["subscription"])) if told.get("subscription") else None


@transaction.atomic
def _lay_ready(checkout: Checkout, taken: shapes.Taken) -> None:
    """A gift that was paid for can be taken, unless it was paid back before we heard of it."""
    Gift.objects.get_or_create(checkout=checkout)
    Checkout.objects.filter(pk=checkout.pk).update(
        payment_id=taken.payment, amount=taken.amount, currency=taken.currency
    )
    _void_if_paid_back(taken.payment)


def _void_if_paid_back(payment_id: str) -> None:
    """A gift whose whole payment was given back is void; a part of it voids nothing."""
    back = Refund.objects.filter(payment_id=payment_id).values_list("amount", flat=True).first()
    if not payment_id or not back:
        return
    paid_for = Checkout.objects.filter(payment_id=payment_id, amount__lte=back)
    Gift.objects.filter(checkout__in=paid_for, paid_back_at=None).update(paid_back_at=timezone.now())


@transaction.atomic
def take_gift(reader: Reader, code: str) -> Subscription:
    """Begin the subscription that somebody gave. Raises what `gift_to_take` does."""
    gift = gift_to_take(code, Gift.objects.select_for_update(of=("self",)))
    gift.taken_as, gift.taken_at = grant(reader, gift.checkout.plan, by=None, reason="Gift"), timezone.now()
    gift.save(update_fields=["taken_as", "taken_at"])
    return gift.taken_as


def gift_to_take(code: str, among: models.QuerySet[Gift] | None = None) -> Gift:
    """Raises GiftTaken where it was taken, or never given; GiftPaidBack where the giver has the money again."""
    gifts = Gift.objects.all() if among is None else among
    gift = gifts.select_related("checkout__plan").filter(code=code, taken_at=None).first()
    if gift is None:
        raise GiftTaken
    if gift.paid_back_at is not None:
        raise GiftPaidBack
    return gift


def portal(reader: Reader) -> str:
    """Where at Stripe the reader sees to her cards and addresses. Raises NothingPaid."""
    customer = Customer.objects.filter(reader=reader).first()
    if customer is None:
        raise NothingPaid
    told = stripe.post(stripe.at("billing_portal", "sessions"), customer=customer.stripe_id,
                       return_url=_ours("readers:subscription"), locale=settings.LANGUAGE_CODE)  # fmt: skip
    return shapes.address(told)


def change_plan(reader: Reader, plan: Plan) -> PaidSubscription:
    """Go over to another plan at once; Stripe reckons what is left of the old one against the new one's price.

    Raises NothingPaid, SamePlan, NotOffered and what Stripe refuses.
    """
    paid = _paid(reader)
    if plan.stripe_price == paid.subscription.plan.stripe_price:
        raise SamePlan
    if not plans_to_change_to(paid).filter(pk=plan.pk).exists():
        raise NotOffered
    # `plan` and `price` name the same thing to Stripe; `localstripe` knows the first alone.
    return _change(paid, items=[{"id": paid.item_id, "plan": plan.stripe_price}],
                   metadata={"careo_plan": str(plan.pk)})  # fmt: skip


def plans_to_change_to(paid: PaidSubscription) -> models.QuerySet[Plan]:
    """Offered ones in the same currency; a trial comes first or not at all, a gift is for somebody else."""
    plan = paid.subscription.plan
    others = plans_to_pay_for().exclude(kind__in=[PlanKind.TRIAL, PlanKind.GIFT])
    return others.filter(currency=plan.currency).exclude(stripe_price=plan.stripe_price)


def cancel(reader: Reader) -> PaidSubscription:
    """End it with the period that is paid for; should there be a second one, that too. Raises NothingPaid."""
    newest = _paid(reader)
    for other in running(reader).exclude(pk=newest.pk):
        _change(other, cancel_at_period_end=True)
    return _change(newest, cancel_at_period_end=True)


def resume(reader: Reader) -> PaidSubscription:
    """Take a cancellation back while the period runs. Raises NothingPaid."""
    return _change(_paid(reader), cancel_at_period_end=False)


def _paid(reader: Reader) -> PaidSubscription:
    if found := paid_by(reader):
        return found
    raise NothingPaid


def _change(paid: PaidSubscription, **change: stripe.Param) -> PaidSubscription:
    asked_at = timezone.now()
    told = stripe.post(stripe.at("subscriptions", paid.stripe_id), **change)
    return keep(shapes.subscription(told), asked_at=asked_at) or paid


def invoices(reader: Reader) -> list[Invoice]:
    """What Stripe asked of the reader, newest first."""
    customer = Customer.objects.filter(reader=reader).first()
    if customer is None:
        return []
    told = stripe.get(stripe.at("invoices"), customer=customer.stripe_id, limit=INVOICES)
    found = [shapes.invoice(one) for one in told.get("data") or []]
    return [one for one in found if one.status != "draft"]


def end_now(paid: PaidSubscription) -> PaidSubscription:
    """End it at once, whatever was paid for."""
    asked_at = timezone.now()
    told = stripe.delete(stripe.at("subscriptions", paid.stripe_id))
    return keep(shapes.subscription(told), asked_at=asked_at) or paid


def stop_paying(reader: Reader) -> None:
    """Before an account is deleted: nothing more is taken from the reader's card, and Stripe forgets her."""
    customer = Customer.objects.filter(reader=reader).first()
    if customer is None:
        return
    for checkout in _open_at_stripe(reader):
        with suppress(StripeRefused):
            stripe.post(stripe.at("checkout", "sessions", checkout.stripe_id or "", "expire"))
    for paid in running(reader):
        with _gone_is_as_good():
            end_now(paid)
    with _gone_is_as_good():
        stripe.delete(stripe.at("customers", customer.stripe_id))
    forget(customer)


@contextmanager
def _gone_is_as_good() -> Iterator[None]:
    """What Stripe does not know any more needs no ending."""
    try:
        yield
    except StripeRefused as error:
        if error.status != 404:
            raise


def refund(invoice_id: str, amount: int, *, by: Reader, reason: str, given: int | None = None) -> Refund:
    """Give back so much of what an invoice took, in the smallest unit; `given`: what was given back, as the editor knows.

    Asked for twice in the same state it is done once: Stripe knows it by its key. Raises NothingToRefund,
    RefundedMeanwhile and what Stripe refuses.
    """
    invoice = shapes.invoice(stripe.get(stripe.at("invoices", invoice_id)))
    reader = _reader_of(invoice.customer)
    if reader is None or not invoice.payment:
        raise NothingToRefund
    _give_back(invoice.payment, amount, of=invoice.paid, given=given)
    return note_refunds(invoice.payment, reader, by=by, reason=reason)


def refund_gift(
    checkout: Checkout, amount: int, *, by: Reader, reason: str, given: int | None = None
) -> Refund:
    """As `refund`, of a gift: paid back in full it is void, unless it was taken. Raises what `refund` does."""
    if not checkout.payment_id:
        raise NothingToRefund
    _give_back(checkout.payment_id, amount, of=checkout.amount, given=given)
    return note_refunds(checkout.payment_id, checkout.reader, by=by, reason=reason)


def _give_back(payment: str, amount: int, *, of: int, given: int | None) -> None:
    kept = Refund.objects.filter(payment_id=payment).first()
    before = kept.amount if kept else 0
    if given is not None and given != before:
        raise RefundedMeanwhile
    if not 0 < amount <= of - before:
        raise NothingToRefund
    key = f"careo-refund-{payment}-{before}-{amount}"
    stripe.post_once(stripe.at("refunds"), key, payment_intent=payment, amount=amount)


def note_refunds(payment_id: str, reader: Reader, *, by: Reader | None = None, reason: str = "") -> Refund:
    """Ask Stripe how much of a payment was given back in all, and keep it; a gift it paid for may be void by it."""
    told = stripe.get(stripe.at("refunds"), payment_intent=payment_id, limit=100).get("data") or []
    given = [one for one in told if one.get("status") not in ("failed", "canceled")]
    kept: dict[str, object] = {
        "reader": reader,
        "amount": sum(int(one["amount"]) for one in given),
        "currency": str(told[0]["currency"]) if told else "",
    }
    if by is not None:
        kept |= {"by": by, "reason": reason}
    found, _ = Refund.objects.update_or_create(payment_id=payment_id, defaults=kept)
    _void_if_paid_back(payment_id)
    return found


def _reader_of(customer_id: str) -> Reader | None:
    customer = Customer.objects.select_related("reader").filter(stripe_id=customer_id).first()
    return customer.reader if customer else None
