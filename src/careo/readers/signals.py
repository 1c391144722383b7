"""What follows when an address is confirmed or changed.

The pen name wished for at sign-up is given, if it is still free; Stripe learns of the new address of who pays there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from django.dispatch import receiver

from careo.readers.actions import choose_pen_name
from careo.readers.errors import ReadersError
from careo.readers.models import Customer, Reader
from careo.readers.payments.tasks import tell_new_address


@receiver(email_confirmed)
def give_wished_pen_name(email_address: EmailAddress, **_: Any) -> None:
    reader = email_address.user
    if reader.wished_pen_name and not reader.pen_name:
        with suppress(ReadersError):  # the account page asks for another
            choose_pen_name(reader, reader.wished_pen_name)


@receiver(email_changed)
def tell_stripe(user: Reader, **_: Any) -> None:
    if Customer.objects.filter(reader=user).exists():
        tell_new_address.enqueue(user.pk)
