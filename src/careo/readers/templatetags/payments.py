"""Whether the paper takes payment, for pages that say how to become a subscriber."""

from __future__ import annotations

from django import template

from careo.readers.payments.offered import can_be_paid

register = template.Library()


@register.simple_tag
def takes_payment() -> bool:
    return can_be_paid()
