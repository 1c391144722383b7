"""What a reader can pay for, as things stand."""

from __future__ import annotations

from django.db.models import QuerySet

from careo.readers.models import Plan, PlanKind, Reader
from careo.readers.payments import stripe
from careo.readers.payments.keeping import paid_by


def plans_to_pay_for(reader: Reader | None = None) -> QuerySet[Plan]:
    """Who pays for a subscription already is offered gifts alone."""
    offered = Plan.objects.offered()
    return offered.filter(kind=PlanKind.GIFT) if reader and paid_by(reader) else offered


def can_be_paid() -> bool:
    return stripe.is_set_up() and plans_to_pay_for().exists()
