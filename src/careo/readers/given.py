"""What a reader gave us, room by room, for the download of it all; and for each column that names a reader, whether it is in.

This room knows its own alone. Whoever else keeps something of readers registers a function with GIVEN_HOOK that answers with
a `Given`. A test walks every model: a column that names a reader stands in `told` or, with the reason, in `left_out`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from wagtail import hooks

from careo.readers.errors import PaymentError
from careo.readers.models import Bounce, Checkout, Customer, Gift, Leaving, Reader, Refund
from careo.readers.payments import actions, stripe

log = logging.getLogger(__name__)
GIVEN_HOOK = "what_readers_gave"  # a function without arguments → Given

Row = Mapping[str, Any]  # names in English, values that DjangoJSONEncoder knows


@dataclass(frozen=True)
class Part:
    """Rows of one kind. `name` is the JSON's, in English; `title` is for people, in the page's language."""

    name: str
    title: str
    rows: Iterable[Row]


@dataclass(frozen=True)
class Given:
    """A room's answer. Columns are written "forum.Post.author"."""

    parts: Callable[[Reader], Iterable[Part]]
    told: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict)


def rooms() -> list[Given]:
    """This room's own answer, then the others'."""
    return [OWN, *(answer() for answer in hooks.get_hooks(GIVEN_HOOK))]


def parts(reader: Reader) -> Iterator[Part]:
    """All of it, parts without rows left out."""
    for room in rooms():
        for part in room.parts(reader):
            if rows := list(part.rows):
                yield Part(part.name, part.title, rows)


def confirmed(reader: Reader) -> list[str]:
    """The addresses that are the reader's: what was sent with one of them counts as sent by the reader."""
    return list(EmailAddress.objects.filter(user=reader, verified=True).values_list("email", flat=True))


def columns() -> Iterator[tuple[type[Model], Field[Any, Any]]]:
    """Every column of the database that names a reader, those of Wagtail's and of allauth's models included."""
    for model in apps.get_models():
        for found in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if found.is_relation and found.related_model is Reader:
                yield model, found


def _own(reader: Reader) -> Iterator[Part]:
    yield Part("profile", _("Profile"), [_profile(reader)])
    yield Part("leaving", _("That you asked to be deleted"), _leaving(reader))
    yield Part("addresses", _("Addresses"), _addresses(reader))
    yield Part("log_ins", _("Where you are logged in"), _log_ins(reader))
    yield Part("proofs", _("Passkeys and second factor"), _proofs(reader))
    yield Part("mail_that_came_back", _("Mail that came back"), _bounces(reader))
    yield Part("subscriptions", _("Subscriptions"), _subscriptions(reader))
    yield Part("checkouts", _("Payments begun"), _checkouts(reader))
    yield Part("gifts", _("Gifts paid for"), _gifts(reader))
    yield Part("refunds", _("Money given back"), _refunds(reader))
    yield Part("invoices", _("Invoices"), _invoices(reader))


def _profile(reader: Reader) -> Row:
    customer = Customer.objects.filter(reader=reader).first()
    return {
        "number": reader.pk,
        "email": reader.email,
        "pen_name": reader.pen_name,
        "wished_pen_name": reader.wished_pen_name,
        "first_name": reader.first_name,
        "last_name": reader.last_name,
        "joined_at": reader.date_joined,
        "last_login": reader.last_login,
        "mail_edition": reader.mail_edition or "none",
        "customer_at_stripe": customer.stripe_id if customer else "",
    }


def _leaving(reader: Reader) -> Iterator[Row]:
    for asked in Leaving.objects.filter(reader=reader):
        yield {"asked_at": asked.asked_at, "due_at": asked.due_at, "keeps_posts": asked.keeps_posts}


def _addresses(reader: Reader) -> Iterator[Row]:
    for address in EmailAddress.objects.filter(user=reader):
        yield {"email": address.email, "confirmed": address.verified, "to_log_in": address.primary}


def _log_ins(reader: Reader) -> Iterator[Row]:
    """Not the keys, which would open the account to whoever finds the file."""
    for one in reader.kept_sessions.all():
        yield {
            "from": one.began_at,
            "last_used_at": one.seen_at,
            "browser": one.browser,
            "system": one.system,
            "network": one.network,
        }


def _proofs(reader: Reader) -> Iterator[Row]:
    """Not the secrets."""
    for one in Authenticator.objects.filter(user=reader):
        yield {
            "kind": one.type,
            "name": one.data.get("name", ""),
            "made_at": one.created_at,
            "last_used_at": one.last_used_at,
        }


def _bounces(reader: Reader) -> Iterator[Row]:
    for one in Bounce.objects.filter(reader=reader):
        yield {"address": one.address, "at": one.at, "said": one.said, "stops": one.stops}


def _subscriptions(reader: Reader) -> Iterator[Row]:
    for one in reader.subscriptions.select_related("plan", "paid"):
        paid = getattr(one, "paid", None)
        yield {
            "plan": one.plan.name,
            "from": one.starts_at,
            "until": one.ends_at,
            "granted_by_an_editor": one.granted_by_id is not None,
            "reason": one.reason,
            "at_stripe": paid.stripe_id if paid else "",
            "state_at_stripe": paid.status if paid else "",
        }


def _checkouts(reader: Reader) -> Iterator[Row]:
    for one in Checkout.objects.filter(reader=reader).select_related("plan", "offer").order_by("pk"):
        yield {
            "plan": one.plan.name,
            "offer": one.offer.code if one.offer else "",
            "at_stripe": one.stripe_id,
            "paid_at": one.completed_at,
        }


def _gifts(reader: Reader) -> Iterator[Row]:
    """Not who took them."""
    for one in Gift.objects.filter(checkout__reader=reader).select_related("checkout__plan"):
        yield {"plan": one.checkout.plan.name, "code": one.code, "taken_at": one.taken_at,
               "paid_back_at": one.paid_back_at}  # fmt: skip


def _refunds(reader: Reader) -> Iterator[Row]:
    for one in Refund.objects.filter(reader=reader):
        yield {"payment": one.payment_id, "amount": one.amount, "currency": one.currency}


def _invoices(reader: Reader) -> list[Row]:
    """As Stripe tells them now; where it cannot be asked, a row that says so."""
    if not stripe.is_set_up():
        return []
    try:
        found = actions.invoices(reader)
    except PaymentError as error:
        log.warning("Invoices of reader %s could not be asked for: %s", reader.pk, error)
        return [{"trouble": str(error)}]
    return [
        {"number": one.number, "at_stripe": one.id, "created_at": one.created, "state": one.status,
         "total": one.total, "paid": one.paid, "currency": one.currency, "pdf": one.pdf or one.page}
        for one in found
    ]  # fmt: skip


_DESK = "work at the desk, which readers have none of and which stays with the paper"
OWN = Given(
    _own,
    told=frozenset(
        {
            "account.EmailAddress.user",
            "mfa.Authenticator.user",
            "readers.Bounce.reader",
            "readers.Checkout.reader",
            "readers.Customer.reader",
            "readers.Leaving.reader",
            "readers.ReaderSession.reader",
            "readers.Refund.reader",
            "readers.Subscription.reader",
        }
    ),
    left_out={
        "readers.LogInLink.reader": "a link to log in by that is in their mailbox, good for minutes; here is only its digest",
        "readers.Refund.by": _DESK,
        "readers.Subscription.granted_by": _DESK,
    },
)
