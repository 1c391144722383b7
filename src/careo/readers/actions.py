"""Acts on accounts and subscriptions: each one transaction; the viewsets at the desk keep Wagtail's log of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from careo.readers import pen_names
from careo.readers.errors import (
    AddressTaken,
    AlreadyEnded,
    EndsBeforeItBegins,
    PenNameChosen,
    PenNameTaken,
    UnknownAddress,
)
from careo.readers.models import Plan, Reader, Subscription


@transaction.atomic
def open_account(email: str, password: str | None = None, *, pen_name: str = "") -> Reader:
    """An account whose address counts as confirmed, because we vouch for it. Raises AddressTaken, PenNameTaken."""
    if Reader.objects.filter(email=email.lower()).exists():
        raise AddressTaken(email)
    reader = Reader.objects.create_user(email, password)
    vouch_for_address(reader)
    if pen_name:
        choose_pen_name(reader, pen_name)
    return reader


def vouch_for_address(reader: Reader) -> None:
    """Take the reader's address as confirmed, without a mail."""
    EmailAddress.objects.update_or_create(
        user=reader, email=reader.email, defaults={"verified": True, "primary": True}
    )


def choose_pen_name(reader: Reader, name: str) -> None:
    """Give the reader a pen name, once and for all. Raises BadPenName, PenNameTaken, PenNameChosen."""
    if reader.pen_name:
        raise PenNameChosen(reader.pen_name)
    name = pen_names.clean(name)
    if is_taken(name):
        raise PenNameTaken(name)
    reader.pen_name, reader.wished_pen_name = name, ""
    try:
        with transaction.atomic():
            reader.save(update_fields=["pen_name", "wished_pen_name"])
    except IntegrityError as error:  # somebody chose it between the question and the answer
        reader.pen_name = ""
        raise PenNameTaken(name) from error


def is_taken(name: str) -> bool:
    return Reader.objects.filter(pen_key=pen_names.key(name)).exists()


def add_editor(email: str, *, administrator: bool = False) -> str:
    """Make an account for `email` where there is none, and return the path at which to set its password.

    The path is good for once, and for settings.PASSWORD_RESET_TIMEOUT seconds. Rights are given elsewhere, but for
    an administrator's.
    """
    with transaction.atomic():
        reader = Reader.objects.filter(email=email.lower()).first() or open_account(email)
        vouch_for_address(reader)
        if administrator:
            reader.is_staff = reader.is_superuser = True
            reader.save(update_fields=["is_staff", "is_superuser"])
    return set_password_path(reader)


@transaction.atomic
def forget_second_factor(email: str) -> int:
    """Take passkeys, app and recovery codes off an account whose owner lost them; how many. Raises UnknownAddress.

    Log-ins that were begun hold no more: whoever asked for this may not be whose account it is.
    """
    reader = Reader.objects.filter(email=email.lower()).first()
    if reader is None:
        raise UnknownAddress(email)
    taken = Authenticator.objects.filter(user=reader).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    Authenticator.objects.filter(user=reader).delete()
    Reader.objects.filter(pk=reader.pk).update(log_outs=F("log_outs") + 1)
    return taken


def set_password_path(reader: Reader) -> str:
    """Where the reader may set a new password without the old one."""
    key = default_token_generator.make_token(reader)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(reader), "key": key}
    )


def grant(
    reader: Reader, plan: Plan, *, by: Reader | None, reason: str = "", until: datetime | None = None
) -> Subscription:
    """A subscription from now, for as long as the plan runs or `until`. Raises EndsBeforeItBegins."""
    now = timezone.now()
    if until is not None and until <= now:
        raise EndsBeforeItBegins(until)
    return Subscription.objects.create(
        reader=reader,
        plan=plan,
        starts_at=now,
        ends_at=until or months_later(now, plan.months),
        granted_by=by,
        reason=reason,
    )


@transaction.atomic
def end(subscription: Subscription) -> None:
    """End it now; a pass already given reads on for settings.CAREO_PASS_SECONDS at most. Raises AlreadyEnded."""
    kept = Subscription.objects.select_for_update().get(pk=subscription.pk)
    now = timezone.now()
    if kept.ends_at is not None and kept.ends_at <= now:
        raise AlreadyEnded(kept.ends_at)
    subscription.ends_at = kept.ends_at = now
    kept.save(update_fields=["ends_at"])


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and time so many months on; the month's last day where it is shorter."""
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
