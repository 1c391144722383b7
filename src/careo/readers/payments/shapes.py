"""Stripe's objects as this paper needs them. Times come as seconds since 1970 and are made aware of UTC.

A field that is missing raises KeyError, TypeError or ValueError: `StripeAway` to whoever asked, as Stripe then speaks a version
other than the one pinned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

from careo.readers.errors import StripeAway
from careo.readers.payments.stripe import Json

T = TypeVar("T")
LIVE = frozenset({"active", "trialing", "past_due"})
OVER = frozenset({"canceled", "unpaid", "incomplete_expired", "paused"})


@dataclass(frozen=True)
class SubscriptionState:
    """`status`: Stripe's word. `cancels_at`: when it will end for good, if that is known; `ended_at`: when it did."""

    id: str
    customer: str
    status: str
    item: str
    price: str
    plan_pk: str
    starts_at: datetime
    period_ends_at: datetime
    cancels_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Invoice:
    """Amounts in the currency's smallest unit. `page` and `pdf` lie at Stripe; may be empty, as may the other texts."""

    id: str
    number: str
    customer: str
    subscription: str
    payment: str
    status: str
    total: int
    paid: int
    currency: str
    created: datetime
    page: str
    pdf: str


@dataclass(frozen=True)
class Taken:
    """What a Checkout of a single payment took, in the currency's smallest unit; nothing where an offer left nothing."""

    payment: str
    amount: int
    currency: str


def _reading(read: Callable[[Json], T]) -> Callable[[Json], T]:
    @wraps(read)
    def careful(told: Json) -> T:
        try:
            return read(told)
        except (KeyError, IndexError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise StripeAway(f"its answer lacks what was expected ({error!r})", unsure=True) from error

    return careful


@_reading
def subscription(told: Json) -> SubscriptionState:
    item = told["items"]["data"][0]
    metadata, ended = told.get("metadata") or {}, told.get("ended_at")
    period_ends = item.get("current_period_end") or told["current_period_end"]
    cancels = told.get("cancel_at") or (period_ends if told.get("cancel_at_period_end") else None)
    return SubscriptionState(
        id=told["id"],
        customer=_id(told["customer"]),
        status=told["status"],
        item=item["id"],
        price=_id(item.get("price") or item["plan"]),
        plan_pk=str(metadata.get("careo_plan", "")),
        starts_at=_time(told.get("start_date") or told["created"]),
        period_ends_at=_time(period_ends),
        cancels_at=_time(cancels) if cancels else None,
        ended_at=_time(ended) if ended else None,
    )


@_reading
def invoice(told: Json) -> Invoice:
    return Invoice(
        id=told["id"],
        number=told.get("number") or "",
        customer=_id(told["customer"]),
        subscription=_id(told.get("subscription")),
        payment=_id(told.get("payment_intent")),
        status=told.get("status") or "",
        total=int(told["total"]),
        paid=int(told.get("amount_paid") or 0),
        currency=told["currency"],
        created=_time(told["created"]),
        page=_address(told.get("hosted_invoice_url")),
        pdf=_address(told.get("invoice_pdf")),
    )


@_reading
def taken(told: Json) -> Taken:
    """From a session that is complete."""
    return Taken(
        _id(told.get("payment_intent")), int(told.get("amount_total") or 0), told.get("currency") or ""
    )


@_reading
def address(told: Json) -> str:
    """Where to send a reader: the `url` of a session."""
    if not (found := _address(told["url"])):
        raise ValueError(told["url"])
    return found


def _id(told: Any) -> str:
    """An object's id, whether it is named or comes whole."""
    if isinstance(told, dict):
        told = told["id"]
    return told or ""


def _time(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _address(told: Any) -> str:
    return told if isinstance(told, str) and told.startswith(("https://", "http://")) else ""
