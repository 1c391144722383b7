"""Whoever had an account and deleted it: one account for them all, which nobody logs in to, holds what stays of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careo.readers.models import Reader

ADDRESS = "former-reader@deleted.invalid"  # a domain that no mail reaches, by RFC 2606


def former_reader() -> Reader:
    """Made when first asked for. Should somebody have signed up with this address, the account is shut to them."""
    from careo.readers.models import Reader

    found, _ = Reader.objects.update_or_create(
        email=ADDRESS, defaults={"is_active": False, "pen_name": "", "wished_pen_name": "", "password": "!"}
    )
    return found
