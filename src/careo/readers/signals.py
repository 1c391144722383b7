"""What follows when an address is confirmed or changed, and when somebody logs in or out.

The pen name wished for at sign-up is given, if it is still free; Stripe learns of the new address of who pays there.
Logging in and out is noted for the reader's list of log-ins.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from careo.readers import sessions
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


@receiver(user_logged_in)
def note_log_in(request: HttpRequest, user: Reader, **_: Any) -> None:
    sessions.note(request, user)


@receiver(user_logged_out)
def forget_log_in(request: HttpRequest, **_: Any) -> None:
    sessions.forget(request.session.session_key)
