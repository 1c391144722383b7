"""Deleting an account: asked for, a week to change one's mind, then done by the worker.

What other rooms keep of a reader they see to themselves, with LEAVING_HOOK, in the same transaction; what they do not see to
goes with the reader's row. Records that the law wants kept (of payments, of moderation) stay, under no name.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import ModelLogEntry

from careo.readers import sessions
from careo.readers.errors import CannotLeave, PaymentError
from careo.readers.former import former_reader
from careo.readers.leaving_models import Leaving
from careo.readers.leaving_tasks import write_of_leaving
from careo.readers.models import Checkout, Customer, PaidSubscription, Reader, Refund, Subscription
from careo.readers.payments import stripe
from careo.readers.payments.actions import stop_paying
from careo.readers.payments.shapes import LIVE

log = logging.getLogger(__name__)
LEAVING_HOOK = (
    "reader_leaves"  # a function of reader, former (whose what stays is from now on) and keeps_posts
)
AT_WORK = ("wagtailadmin.access_admin", "forum.moderate")


def works_here(reader: Reader) -> bool:
    return reader.is_staff or reader.is_superuser or any(reader.has_perm(right) for right in AT_WORK)


@transaction.atomic
def ask_to_leave(reader: Reader, *, keeps_posts: bool) -> Leaving:
    """From now on the week runs; a letter says so. Asked again, the week is the first one's. Raises CannotLeave."""
    if works_here(reader):
        raise CannotLeave
    asked, made = Leaving.objects.get_or_create(reader=reader, defaults={"keeps_posts": keeps_posts})
    if made:
        transaction.on_commit(partial(write_of_leaving.enqueue, reader.pk))
    return asked


def stay(reader: Reader) -> None:
    """The reader thought better of it; so may somebody who did not ask."""
    Leaving.objects.filter(reader=reader).delete()


def delete_due() -> int:
    """Delete the accounts whose week is over; says how many. The worker calls this every hour.

    Where Stripe cannot be told to take no more, the account waits: who has gone could not stop it any longer.
    """
    done = 0
    for leaving in Leaving.objects.due().select_related("reader"):
        try:
            delete_account(leaving.reader, keeps_posts=leaving.keeps_posts)
        except (CannotLeave, PaymentError) as error:
            log.warning("Reader %s asked to be deleted and is not yet: %s", leaving.reader_id, error)
        else:
            done += 1
    return done


def delete_account(reader: Reader, *, keeps_posts: bool) -> None:
    """Now and for good. Raises CannotLeave, PaymentError; nothing was deleted then."""
    if works_here(reader):
        raise CannotLeave
    _stop_paying(reader)
    with transaction.atomic():
        _delete(Reader.objects.select_for_update().get(pk=reader.pk), keeps_posts)


def _stop_paying(reader: Reader) -> None:
    """Without keys there is nothing to be stopped but what runs already; that cannot be, and is told."""
    runs = PaidSubscription.objects.filter(subscription__reader=reader, status__in=LIVE)
    if stripe.is_set_up() or runs.exists():
        stop_paying(reader)


def _delete(reader: Reader, keeps_posts: bool) -> None:
    former = former_reader()
    for see_to_it in hooks.get_hooks(LEAVING_HOOK):
        see_to_it(reader=reader, former=former, keeps_posts=keeps_posts)
    _take_names_from_logs(reader)
    _keep_books(reader, former)
    for kept in reader.kept_sessions.all():
        sessions.end(reader, kept.pk)
    Customer.objects.filter(reader=reader).delete()
    reader.delete()


def _take_names_from_logs(reader: Reader) -> None:
    """Wagtail's log calls a subscription by its reader's name, and one without a name by the address."""
    about: list[tuple[type[Any], list[str]]] = [
        (Subscription, [str(pk) for pk in reader.subscriptions.values_list("pk", flat=True)]),
        (Reader, [str(reader.pk)]),
    ]
    for model, keys in about:
        kind = ContentType.objects.get_for_model(model)
        ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys).update(
            label=_("Former reader"), data={}
        )


def _keep_books(reader: Reader, former: Reader) -> None:
    """Payments and what was given back, by their ids at Stripe; a gift that was paid for can still be taken."""
    Refund.objects.filter(reader=reader).update(reader=former)
    Checkout.objects.filter(reader=reader, completed_at__isnull=False).update(reader=former)
    Subscription.objects.filter(reader=reader, paid__isnull=False).update(reader=former, reason="")
