"""The gates: to whatever stands under a story's address, and to the desk's doors to the paper as a whole."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.models import Page

from careo.edge.variants import PUBLIC
from careo.paper.front import home
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


def may_publish_the_paper(user: Any) -> bool:
    """May the user publish on the front page, and so everywhere?"""
    front = home()
    return front is not None and bool(front.permissions_for_user(user).can_publish())


def publisher_only(user: Any) -> None:
    """Raises PermissionDenied for everybody else: what they send goes to all readers."""
    if not may_publish_the_paper(user):
        raise PermissionDenied
