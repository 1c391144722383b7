"""Full addresses, under CAREO_ADDRESS: for feeds, sitemaps, structured data and other places away from the page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from wagtail.models import Page


def address_of(page: Page) -> str:
    """The page's public address; not Wagtail's `full_url`, which takes https on a port of its own for http."""
    parts = page.get_url_parts()
    return full(parts[2] if parts else "/")


def path_under(root: str, url_path: str) -> str:
    """The path, as a request has it, of a page whose place in Wagtail's tree is below that of the front page."""
    return f"/{url_path.removeprefix(root)}"


def address_under(root: str, url_path: str) -> str:
    """The same as `address_of`, for rows of a query: a sitemap has too many to make pages of them."""
    return full(iri_to_uri(path_under(root, url_path)))


def full(path: str) -> str:
    """The address of a path of ours; one that is an address already, as of pictures in a bucket, is left alone."""
    return path if path.startswith(("http://", "https://")) else f"{settings.CAREO_ADDRESS}{path}"


def moved_to(path: str) -> HttpResponse:
    """The way to where a page is now (301), never kept on the way: a name may be given back, and would then lead in circles."""
    return HttpResponsePermanentRedirect(path, headers={"Cache-Control": "no-cache"})
