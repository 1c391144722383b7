"""What a reader can pay for, as things stand."""

from __future__ import annotations

from django.db.models import QuerySet

from careo.readers.models import Plan, PlanKind
from careo.readers.payments import stripe


def plans_to_pay_for() -> QuerySet[Plan]:
    """A gift is for somebody else: editors grant it."""
    return Plan.objects.offered().exclude(kind=PlanKind.GIFT)


def can_be_paid() -> bool:
    return stripe.is_set_up() and plans_to_pay_for().exists()
