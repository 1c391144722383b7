"""The gate of the desk's doors to the paper as a whole."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from careo.paper.front import home


def may_publish_the_paper(user: Any) -> bool:
    """May the user publish on the front page, and so everywhere?"""
    front = home()
    return front is not None and bool(front.permissions_for_user(user).can_publish())


def publisher_only(user: Any) -> None:
    """Raises PermissionDenied for everybody else: what they send goes to all readers."""
    if not may_publish_the_paper(user):
        raise PermissionDenied
