"""The gates of the desk's doors to stories."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.permissions import policy_registry

from careo.record.access import at_the_desk
from careo.stories.models import Section, Story


def story_open_to(user: Any, pk: int) -> Story:
    """A story for somebody who may edit it. Raises PermissionDenied, and Http404 where there is none."""
    at_the_desk(user)
    story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return story


def sections_open_to(user: Any) -> QuerySet[Section]:
    """The sections in which the user may write."""
    policy = policy_registry.get_by_type(Section)
    sections: QuerySet[Section] = policy.instances_user_has_permission_for(user, "add")
    return Section.objects.filter(pk__in=sections.values("pk"))
