"""Whether a reader wants the paper's e-mail edition, and how a reader ends it without logging in.

What editions there are to be had, this room cannot know: whoever makes them registers a function with OFFERED_HOOK.
The address that ends it is in every mail. It holds the reader's number under a signature, so that none can be guessed
or counted up, and tells nothing to whoever asks it: whether the account still is, or had an edition at all.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db.models import F, QuerySet
from django.urls import reverse
from wagtail import hooks

from careo.readers.models import Bounce, Reader

OFFERED_HOOK = (
    "mail_editions_offered"  # a function without arguments → the periods that are sent, such as ["daily"]
)
SIGNER = signing.Signer(
    salt="careo.readers.mailing"
)  # without an end: years later the button in a mail still works


def offered() -> list[str]:
    """The periods a reader may choose now."""
    return [period for offer in hooks.get_hooks(OFFERED_HOOK) for period in offer()]


def choose(reader: Reader, period: str) -> None:
    """Send the reader this edition, and none beside it; "" for none at all."""
    reader.mail_edition = Reader.MailEdition(period)
    reader.save(update_fields=["mail_edition"])


def recipients(period: str) -> QuerySet[Reader]:
    """Whoever chose the edition, is not blocked and has confirmed the very address it would go to; none from whose
    address mail comes back."""
    asked = Reader.objects.filter(mail_edition=period, is_active=True).exclude(mail_edition="")
    asked = asked.exclude(pk__in=Bounce.objects.stopping().values("reader"))
    return asked.filter(emailaddress__verified=True, emailaddress__email=F("email")).distinct()


def leaving_address(reader: Reader) -> str:
    """The full address at which the reader ends it: a page for people, one POST for mail programs (RFC 8058)."""
    return f"{settings.CAREO_ADDRESS}{reverse('readers:leave', args=[SIGNER.sign(str(reader.pk))])}"


def leave(token: str) -> None:
    """End it for whom the address was made. Raises signing.BadSignature for an address of nobody's."""
    Reader.objects.filter(pk=int(SIGNER.unsign(token))).update(mail_edition=Reader.MailEdition.NONE)


def check(token: str) -> None:
    """Raises signing.BadSignature for an address that we did not make."""
    SIGNER.unsign(token)
