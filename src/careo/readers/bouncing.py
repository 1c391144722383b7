"""Addresses from which mail comes back: noted, sent nothing more, and confirmed again by their readers.

What a reader asks for, a link to a new password or the one that confirms the address again, is sent all the same.
The address in that letter is signed, good for a day and without logging in; a GET asks, a POST confirms.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from careo.readers.adapter import paper_name
from careo.readers.bounce_models import SOFT_MOST, Bounce
from careo.readers.delivery_reports import Failure
from careo.readers.models import Reader

SIGNER = signing.TimestampSigner(salt="careo.readers.bouncing")
A_DAY = 24 * 3600  # seconds
PAUSE = 10 * 60  # seconds between two letters that were asked for


@transaction.atomic
def note(failure: Failure) -> bool:
    """Write it down for the reader who has that address; False where none has, or nothing is sent there already."""
    reader = Reader.objects.select_for_update().filter(email=failure.address.lower()).first()
    if reader is None or is_bouncing(reader):
        return False
    before = Bounce.objects.lately(reader).count()
    stops = failure.kind != "soft" or before + 1 >= SOFT_MOST
    Bounce.objects.create(reader=reader, address=reader.email, said=failure.said[:200], stops=stops)
    return True


def is_bouncing(reader: Reader) -> bool:
    """Whether nothing is sent to the address that the reader has now. Whoever mails readers asks this first."""
    return Bounce.objects.stopping().filter(reader=reader).exists()


def ask_to_confirm(reader: Reader) -> bool:
    """Send the letter with which the address is confirmed again; False where one went out just now."""
    if not cache.add(f"careo.bouncing.{reader.pk}", 1, PAUSE):
        return False
    write_to_bouncing.enqueue(reader.pk)
    return True


def token_of(reader: Reader) -> str:
    return SIGNER.sign_object([reader.pk, reader.email])


def reader_called(token: str) -> Reader | None:
    """For whom the token was made, if it is whole, of today, and the address still the same. Raises nothing."""
    try:
        number, email = SIGNER.unsign_object(token, max_age=A_DAY)
    except (signing.BadSignature, ValueError):
        return None
    return Reader.objects.filter(pk=number, email=email, is_active=True).first()


def confirm(reader: Reader) -> None:
    """The letter has arrived: mail is sent there again."""
    Bounce.objects.filter(reader=reader).delete()


@task()
def write_to_bouncing(reader_id: int) -> None:
    reader = Reader.objects.filter(pk=reader_id, is_active=True).first()
    if reader is None:
        return
    address = f"{settings.CAREO_ADDRESS}{reverse('readers:mail_arrives', args=[token_of(reader)])}"
    told = {"paper": paper_name(None), "address": address}
    subject = " ".join(render_to_string("readers/letters/bouncing_subject.txt", told).split())
    letter = EmailMultiAlternatives(
        subject, render_to_string("readers/letters/bouncing.txt", told), to=[reader.email]
    )
    letter.attach_alternative(render_to_string("readers/letters/bouncing.html", told), "text/html")
    letter.send()
