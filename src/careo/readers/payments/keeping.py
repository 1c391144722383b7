"""Writes down what Stripe says of a subscription, and until when it may therefore be read.

Events come late, twice and in the wrong order, so none is believed about a subscription's state: each only makes us ask
Stripe how things stand (`look_up`). Two such answers can overtake each other as well; the one to the later question wins.
That may drop news once, when the answer to the earlier question was the slower and the newer one; but what changed then has an
event of its own, which asks again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from careo.readers.errors import PlanUnknown
from careo.readers.models import Customer, PaidSubscription, Plan, PlanKind, Reader, Subscription
from careo.readers.payments import shapes, stripe
from careo.readers.payments.shapes import LIVE, SubscriptionState

log = logging.getLogger(__name__)
NEVER_BEGUN = frozenset({"incomplete", "incomplete_expired"})
REASON = "Paid by card"


def look_up(subscription_id: str) -> PaidSubscription | None:
    """Ask Stripe how a subscription stands and keep it; None where it is nobody's here. Raises what `stripe.get` raises."""
    asked_at = timezone.now()
    told = stripe.get(stripe.at("subscriptions", subscription_id))
    return keep(shapes.subscription(told), asked_at=asked_at)


@transaction.atomic
def keep(state: SubscriptionState, *, asked_at: datetime) -> PaidSubscription | None:
    """Write the state down, unless the answer to a later question is kept already. Raises PlanUnknown."""
    customer = Customer.objects.select_for_update().filter(stripe_id=state.customer).first()
    if customer is None:
        return None
    paid = PaidSubscription.objects.select_related("subscription__plan").filter(stripe_id=state.id).first()
    if paid is None:
        return None if state.status in NEVER_BEGUN else _begin(state, customer.reader, asked_at)
    if paid.asked_at <= asked_at:
        _write(paid, state, asked_at)
    return paid


def _begin(state: SubscriptionState, reader: Reader, asked_at: datetime) -> PaidSubscription:
    subscription = Subscription.objects.create(
        reader=reader, plan=plan_of(state), starts_at=state.starts_at, ends_at=state.starts_at, reason=REASON
    )
    paid = PaidSubscription(subscription=subscription, stripe_id=state.id)
    _write(paid, state, asked_at)
    return paid


def _write(paid: PaidSubscription, state: SubscriptionState, asked_at: datetime) -> None:
    paid.status, paid.item_id, paid.asked_at = state.status, state.item, asked_at
    paid.period_ends_at, paid.cancels_at_period_end = state.period_ends_at, state.cancels_at is not None
    paid.past_due_since = (paid.past_due_since or asked_at) if state.status == "past_due" else None
    subscription = paid.subscription
    subscription.plan = plan_of(state, subscription.plan)
    subscription.ends_at = _end(state, paid, asked_at)
    subscription.save(update_fields=["plan", "ends_at"])
    paid.save()


def _end(state: SubscriptionState, paid: PaidSubscription, now: datetime) -> datetime:
    """Until when it may be read.

    A renewal is told minutes after the period's end, or later if we were not to be reached: the days of grace bridge
    that, too, and lapse where nothing is to be renewed.
    """
    subscription, grace = paid.subscription, timedelta(days=paid.subscription.plan.grace_days)
    if state.status not in LIVE:
        over = state.ended_at or now
        return min(over, subscription.ends_at) if paid.pk and subscription.ends_at else over
    ends = paid.past_due_since + grace if paid.past_due_since else state.period_ends_at + grace
    return min(ends, state.cancels_at) if state.cancels_at else ends


@transaction.atomic
def forget(customer: Customer) -> None:
    """The customer is no more, and with her every subscription: Stripe cancels them at once, whether we hear of it or not."""
    now, customer = timezone.now(), Customer.objects.select_for_update().get(pk=customer.pk)  # as `keep` does
    for paid in running(customer.reader).select_related("subscription"):
        paid.status, paid.past_due_since, paid.asked_at = "canceled", None, now
        paid.save(update_fields=["status", "past_due_since", "asked_at"])
        subscription = paid.subscription
        subscription.ends_at = min(now, subscription.ends_at) if subscription.ends_at else now
        subscription.save(update_fields=["ends_at"])
    customer.delete()


def plan_of(state: SubscriptionState, before: Plan | None = None) -> Plan:
    """The plan that has the price at Stripe; of several, what was chosen at Checkout or held before. Raises PlanUnknown."""
    plans = {str(plan.pk): plan for plan in Plan.objects.filter(stripe_price=state.price)}
    if state.plan_pk in plans:
        return plans[state.plan_pk]
    if before is not None and str(before.pk) in plans:
        return before
    for plan in sorted(plans.values(), key=lambda plan: (plan.kind == PlanKind.TRIAL, plan.pk)):
        return plan
    if before is not None:  # it stays readable; who runs payments is told
        log.error("%s", PlanUnknown(state.price))
        return before
    raise PlanUnknown(state.price)


def paid_by(reader: Reader) -> PaidSubscription | None:
    """The reader's paid subscription that runs; the newest, should there be several."""
    return running(reader).select_related("subscription__plan").order_by("-pk").first()


def running(reader: Reader) -> models.QuerySet[PaidSubscription]:
    return PaidSubscription.objects.filter(subscription__reader=reader, status__in=LIVE)
