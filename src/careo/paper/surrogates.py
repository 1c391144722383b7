"""Keys by which a CDN that is told to keep pages can be told to drop them: `Surrogate-Key`, `Cache-Tag`, `xkey`.

Only where the paper asks for them (CAREO_SURROGATE_KEYS), and never all of a page's tags: those of a story name the
reports, outlets and people that its closed part cites, and everybody can read a header. So a page names itself and
what kind of list it is.
"""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings

from careo.edge.page import Headers

_TOLD = ("page:", "section:", "latest", "site")


def surrogate_keys(tags: Collection[str]) -> Headers:
    """The header for a page with these tags; none where the paper asks for none."""
    name = settings.CAREO_SURROGATE_KEYS
    if not name:
        return ()
    told = sorted(tag for tag in tags if tag.startswith(_TOLD))
    return ((name, ("," if name == "Cache-Tag" else " ").join(told)),)
