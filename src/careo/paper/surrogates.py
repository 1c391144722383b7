"""Keys by which a CDN that is told to keep pages can be told to drop them: `Surrogate-Key`, `Cache-Tag`, `xkey`.

Only where the paper asks for them (CAREO_SURROGATE_KEYS), and never all of a page's tags: those of a story name the
reports, outlets and people that its closed part cites, and everybody can read a header. So a page names itself, what
kind of list it is and pages that all may find: that a draft was chosen for the front page is nobody's business.
"""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from wagtail.models import Page

from careo.edge.page import Headers
from careo.paper.listing import within_its_time

_PAGE = "page:"
_TOLD = (_PAGE, "section:", "latest", "site")


def surrogate_keys(tags: Collection[str]) -> Headers:
    """The header for a page with these tags; none where the paper asks for none."""
    name = settings.CAREO_SURROGATE_KEYS
    if not name:
        return ()
    told = sorted({tag for tag in tags if tag.startswith(_TOLD)} - _of_hidden_pages(tags))
    return ((name, ("," if name == "Cache-Tag" else " ").join(told)),)


def _of_hidden_pages(tags: Collection[str]) -> set[str]:
    pages = {tag: int(tag.removeprefix(_PAGE)) for tag in tags if tag.startswith(_PAGE)}
    seen = Page.objects.live().public().filter(within_its_time(), pk__in=pages.values())
    found = set(seen.values_list("pk", flat=True))
    return {tag for tag, number in pages.items() if number not in found}
