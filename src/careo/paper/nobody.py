"""Pages are made for nobody: the request they are rendered for carries no cookie, no session and no reader.

So what is kept for everybody cannot say anything of the reader whose request happened to be the first. All it knows
is the address that was asked for and the variant.
"""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest

from careo.edge.variants import Variant


class NobodysRequest(WSGIRequest):
    """A GET without cookies. Whatever looks for its session finds that it has none, and fails loudly."""

    def __init__(self, path: str, query: str, variant: Variant) -> None:
        address = urlsplit(settings.CAREO_ADDRESS)
        super().__init__(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path.encode().decode("latin-1"),  # as WSGI has it
                "QUERY_STRING": query,
                "SERVER_NAME": address.hostname or "localhost",
                "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
                "HTTP_HOST": address.netloc,
                "wsgi.url_scheme": address.scheme,
                "wsgi.input": BytesIO(),
            }
        )
        self.user = AnonymousUser()
        self.variant: Variant = variant
        # Tags of what the drawing found, beside those that the page has whatever is found.
        self.made_of: set[str] = set()

    @property
    def a_form_was_drawn(self) -> bool:
        """Did the page ask for a token against forged forms? Such a page is one reader's alone."""
        return "CSRF_COOKIE" in self.META
