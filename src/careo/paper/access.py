"""The gate to whatever stands under a story's address: the story must be there for all to find."""

from __future__ import annotations

from django.http import Http404
from wagtail.models import Page

from careo.edge.variants import PUBLIC
from careo.paper.listing import in_its_time
from careo.paper.nobody import NobodysRequest
from careo.stories.models import Story


def story_at(path: str) -> Story:
    """The live story at `path` (without the outer slashes), in its time and behind no password. Raises Http404."""
    route = Page.route_for_request(NobodysRequest(f"/{path}/", "", PUBLIC), path)
    found = route.page if route else None
    if not isinstance(found, Story) or not in_its_time(found) or found.get_view_restrictions():
        raise Http404("There is no such story.")
    return found
