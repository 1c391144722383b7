"""The two faces of a page: what everybody may read, and what a subscriber may."""

from __future__ import annotations

from typing import Final, Literal

Variant = Literal["public", "subscriber"]

PUBLIC: Final = "public"
SUBSCRIBER: Final = "subscriber"
VARIANTS: Final[tuple[Variant, ...]] = (PUBLIC, SUBSCRIBER)
