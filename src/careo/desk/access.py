"""The gate of the desk: events and what is set face to face in them are for editors alone."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from careo.desk.models import Event
from careo.record.access import at_the_desk


def event_open_to(user: AbstractBaseUser | AnonymousUser, pk: int) -> Event:
    """Raises PermissionDenied, and Http404 where there is none."""
    at_the_desk(user)
    return get_object_or_404(Event.objects.select_related("merged_into"), pk=pk)
