"""The link in the mail by which a reader logs in: good once, for as long as the code beside it, and void with it.

The token is in the mail alone. Looking at a link changes nothing, since scanners open what comes by mail; using it
takes the row away, and of two who try at once one has it. A row holds as well for the code of the same mail.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from careo.readers.models import LogInLink, Reader


def make(email: str, reader: Reader | None, *, onward: str = "") -> tuple[LogInLink, str]:
    """A link and its token, for an address with an account or without: the same work for both."""
    now = timezone.now()
    LogInLink.objects.filter(expires_at__lt=now).delete()
    token = secrets.token_urlsafe(32)
    link = LogInLink.objects.create(
        digest=_digest(token),
        reader=reader,
        email=email if reader else "",
        state=reader.get_session_auth_hash() if reader else "",
        onward=onward[:500],
        expires_at=now + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    )
    return link, token


def find(token: str) -> LogInLink | None:
    """The link, where it can still be used: unused, in time, its account unchanged since."""
    kept = LogInLink.objects.select_related("reader").filter(
        digest=_digest(token), expires_at__gt=timezone.now()
    )
    link = kept.first()
    return link if link and link.reader and _still_theirs(link, link.reader) else None


def spend(link_id: int) -> bool:
    """Whether it was there to be used; nobody else will have it."""
    deleted, _ = LogInLink.objects.filter(pk=link_id, expires_at__gt=timezone.now()).delete()
    return deleted == 1


def _still_theirs(link: LogInLink, reader: Reader) -> bool:
    addresses = EmailAddress.objects.filter(user=reader, email=link.email, verified=True)
    return secrets.compare_digest(link.state, reader.get_session_auth_hash()) and addresses.exists()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
