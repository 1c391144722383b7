"""What the worker does about payments: letters, and a daily look at what should have been renewed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from careo.readers.adapter import paper_name
from careo.readers.errors import PaymentError
from careo.readers.models import Checkout, Customer, PaidSubscription, PaymentEvent
from careo.readers.payments import stripe
from careo.readers.payments.actions import take_up
from careo.readers.payments.keeping import look_up
from careo.readers.payments.shapes import LIVE

log = logging.getLogger(__name__)
LATE = timedelta(days=7)  # twice as long as Stripe tries to tell us of a payment
KEPT = timedelta(days=100)  # Stripe lets an event be sent again by hand for thirty


@task()
def write_of_failed_payment(subscription_id: str, invoice_id: str) -> None:
    """Tell the reader, kindly, that a payment failed and until when she reads on; not if it was paid meanwhile."""
    paid = PaidSubscription.objects.select_related("subscription__reader", "subscription__plan").filter(
        stripe_id=subscription_id, status="past_due", letter_about=invoice_id
    ).first()  # fmt: skip
    if paid is None:
        return
    told = {"paper": paper_name(None), "plan": paid.subscription.plan, "until": paid.subscription.ends_at,
            "address": f"{settings.CAREO_ADDRESS}{reverse('readers:subscription')}"}  # fmt: skip
    letter = EmailMultiAlternatives(
        " ".join(render_to_string("readers/letters/payment_failed_subject.txt", told).split()),
        render_to_string("readers/letters/payment_failed.txt", told),
        to=[paid.subscription.reader.email],
    )
    letter.attach_alternative(render_to_string("readers/letters/payment_failed.html", told), "text/html")
    letter.send()


@task()
def tell_new_address(reader_id: int) -> None:
    """Let Stripe write to the address that the reader has now."""
    customer = Customer.objects.select_related("reader").filter(reader_id=reader_id).first()
    if customer is not None and stripe.is_set_up():
        stripe.post(stripe.at("customers", customer.stripe_id), email=customer.reader.email)


def look_again() -> int:
    """Ask after what may have changed while its events were lost. Says how many were asked after.

    That is each running subscription whose period is over or whose payment failed, and each Checkout of the last days
    that ran out without our hearing that it was paid.

    The worker calls this every day; it also forgets events that Stripe can no longer send again.
    """
    PaymentEvent.objects.filter(received_at__lt=timezone.now() - KEPT).delete()
    if not stripe.is_set_up():
        return 0
    now = timezone.now()
    changed = Q(period_ends_at__lt=now) | Q(status="past_due")
    due = PaidSubscription.objects.filter(changed, status__in=LIVE)
    for paid in due:
        _ask_after(paid.stripe_id, partial(look_up, paid.stripe_id))
    ran_out = Checkout.objects.filter(completed_at=None, expires_at__range=(now - LATE, now)).exclude(
        stripe_id=None
    )
    for checkout in ran_out:
        _ask_after(checkout.stripe_id, partial(take_up, checkout))
    return len(due) + len(ran_out)


def _ask_after(name: str | None, ask: Callable[[], object]) -> None:
    try:
        ask()
    except PaymentError as error:
        log.warning("%s could not be asked after: %s", name, error)
