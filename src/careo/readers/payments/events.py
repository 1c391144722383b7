"""What Stripe tells by itself, at /account/stripe/. Every event is kept by its id, and done once.

Of an event only the names of things are believed, never their state: see `keeping`. One that cannot be done now, because
Stripe is not to be reached, is left undone, answered so, and sent again by Stripe, for three days.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from careo.readers.errors import NotFromStripe, StripeRefused
from careo.readers.models import Checkout, Customer, Gift, PaidSubscription, PaymentEvent, Reader
from careo.readers.payments import shapes, stripe
from careo.readers.payments.actions import note_refunds, release, take_up
from careo.readers.payments.keeping import forget, look_up
from careo.readers.payments.stripe import Json
from careo.readers.payments.tasks import write_of_failed_payment


@dataclass(frozen=True)
class Event:
    """`about`: the object as it was when Stripe wrote."""

    id: str
    kind: str
    created: datetime
    about: Json


def read(body: bytes) -> Event:
    """An event whose signature was verified. Raises NotFromStripe where it is none all the same.

    >>> read(b'{"id": "evt_1", "type": "invoice.paid", "created": 1, "data": {"object": {"id": "in_1"}}}').kind
    'invoice.paid'
    """
    try:
        told = json.loads(body)
        about = told["data"]["object"]
        texts = (told["id"], told["type"], about.get("id", ""))
        created = datetime.fromtimestamp(int(told["created"]), UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, OSError) as error:
        raise NotFromStripe("it is no event") from error
    if not all(isinstance(text, str) and len(text) <= 100 and "\0" not in text for text in texts):
        raise NotFromStripe("it is no event")
    if texts[1] in FOLLOWS and not texts[2]:
        raise NotFromStripe("it does not say of what it tells")
    return Event(texts[0], texts[1], created, about)


def take_in(event: Event) -> bool:
    """Do what follows from an event, unless it was done: says whether. Raises StripeAway, StripeRefused, PlanUnknown."""
    kept, _ = PaymentEvent.objects.get_or_create(
        stripe_id=event.id, defaults={"kind": event.kind, "created_at": event.created}
    )
    if kept.done_at is not None:
        return False
    if event.kind in FOLLOWS:
        try:
            FOLLOWS[event.kind](event.about)
        except StripeRefused as error:
            if error.status != 404:  # it tells of what is gone, or was never in this account
                raise
    PaymentEvent.objects.filter(pk=kept.pk).update(done_at=timezone.now())
    return True


def _checkout_completed(about: Json) -> None:
    if checkout := Checkout.objects.filter(stripe_id=about["id"]).first():
        take_up(checkout)


def _checkout_expired(about: Json) -> None:
    if checkout := Checkout.objects.filter(stripe_id=about["id"]).first():
        release(checkout)


def _subscription(about: Json) -> None:
    if _is_ours(about):
        look_up(about["id"])


def _invoice(about: Json) -> shapes.Invoice | None:
    """The invoice as it is now, after looking at its subscription."""
    if not _is_ours(about):
        return None
    invoice = shapes.invoice(stripe.get(stripe.at("invoices", about["id"])))
    if invoice.subscription:
        look_up(invoice.subscription)
    return invoice


def _payment_failed(about: Json) -> None:
    """One kind letter about each unpaid invoice, however often Stripe tries the card."""
    invoice = _invoice(about)
    if invoice is None or invoice.status != "open":
        return
    due = PaidSubscription.objects.filter(stripe_id=invoice.subscription, status="past_due")
    with (
        transaction.atomic()
    ):  # the worker's queue lies in the same database: marked and handed on, or neither
        if due.exclude(letter_about=invoice.id).update(letter_about=invoice.id):
            write_of_failed_payment.enqueue(invoice.subscription, invoice.id)


def _refunded(about: Json) -> None:
    """Of a gift, whose giver's account may be gone while the gift may still be taken, as of a subscription."""
    payment = about.get("payment_intent")
    if not isinstance(payment, str) or not 0 < len(payment) <= 100 or "\0" in payment:
        return
    customer = Customer.objects.select_related("reader").filter(stripe_id=_customer(about)).first()
    gift = Checkout.objects.select_related("reader").filter(payment_id=payment).first()
    if reader := customer.reader if customer else gift.reader if gift else None:
        note_refunds(payment, reader)
        _look_up_payments(reader)


def _look_up_payments(reader: Reader) -> None:
    """Of gifts from before we kept what paid for them."""
    for gift in Gift.objects.to_be_taken().filter(checkout__reader=reader, checkout__payment_id=""):
        take_up(gift.checkout)


def _customer_deleted(about: Json) -> None:
    try:
        gone = bool(stripe.get(stripe.at("customers", about["id"])).get("deleted"))
    except StripeRefused as error:
        if error.status != 404:
            raise
        gone = True
    if gone and (customer := Customer.objects.filter(stripe_id=about["id"]).first()):
        forget(customer)


def _is_ours(about: Json) -> bool:
    return Customer.objects.filter(stripe_id=_customer(about)).exists()


def _customer(about: Json) -> str:
    told = about.get("customer")
    return told if isinstance(told, str) and "\0" not in told else ""


FOLLOWS: dict[str, Callable[[Json], object]] = {
    "checkout.session.completed": _checkout_completed,
    "checkout.session.async_payment_succeeded": _checkout_completed,
    "checkout.session.expired": _checkout_expired,
    "customer.subscription.created": _subscription,
    "customer.subscription.updated": _subscription,
    "customer.subscription.deleted": _subscription,
    "customer.subscription.paused": _subscription,
    "customer.subscription.resumed": _subscription,
    "customer.deleted": _customer_deleted,
    "invoice.paid": _invoice,
    "invoice.payment_succeeded": _invoice,
    "invoice.payment_failed": _payment_failed,
    "charge.refunded": _refunded,
}
