"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

# Stripe's lists: currencies whose smallest unit is the whole, and those with a thousandth.
WHOLE = frozenset(
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"]
)
THOUSANDTHS = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])


def money(amount: int, currency: str) -> str:
    """An amount in the smallest unit.

    >>> money(499, "eur"), money(500, "jpy"), money(1234, "kwd")
    ('4.99 EUR', '500 JPY', '1.234 KWD')
    """
    places = 0 if currency in WHOLE else 3 if currency in THOUSANDTHS else 2
    return f"{number_format(Decimal(amount).scaleb(-places), decimal_pos=places)} {currency.upper()}"
