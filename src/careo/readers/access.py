"""The one question the paper and the forum ask of an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from careo.readers.models import Subscription


def is_subscriber(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a subscription is in force and its account is not blocked. Asks the database, but for visitors."""
    if not user.is_authenticated or not user.is_active:
        return False
    return Subscription.objects.in_force().filter(reader_id=user.pk).exists()
