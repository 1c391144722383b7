"""Full addresses, under CAREO_ADDRESS: for feeds, sitemaps, structured data and other places away from the page."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Page


def address_of(page: Page) -> str:
    """The page's public address; not Wagtail's `full_url`, which takes https on a port of its own for http."""
    parts = page.get_url_parts()
    return full(parts[2] if parts else "/")


def full(path: str) -> str:
    """The address of a path of ours; one that is an address already, as of pictures in a bucket, is left alone."""
    return path if path.startswith(("http://", "https://")) else f"{settings.CAREO_ADDRESS}{path}"
