"""What follows when an address is confirmed: the pen name wished for at sign-up is given, if it is still free."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from careo.readers.actions import choose_pen_name
from careo.readers.errors import ReadersError


@receiver(email_confirmed)
def give_wished_pen_name(email_address: EmailAddress, **_: Any) -> None:
    reader = email_address.user
    if reader.wished_pen_name and not reader.pen_name:
        with suppress(ReadersError):  # the account page asks for another
            choose_pen_name(reader, reader.wished_pen_name)
