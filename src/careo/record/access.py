"""The gate of the record: whole reports and what was read in them are for the desk alone."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from careo.press.models import Report
from careo.record.models import Statement, Withholding

DESK = "wagtailadmin.access_admin"


def at_the_desk(user: AbstractBaseUser | AnonymousUser) -> AbstractBaseUser:
    """The user, if it may work at the desk. Raises PermissionDenied."""
    if (
        not isinstance(user, AbstractBaseUser)
        or not isinstance(user, PermissionsMixin)
        or not user.has_perm(DESK)
    ):
        raise PermissionDenied
    return user


def report_open_to(user: AbstractBaseUser | AnonymousUser, pk: int) -> Report:
    """Raises PermissionDenied, and Http404 where there is none."""
    at_the_desk(user)
    return get_object_or_404(Report.objects.select_related("outlet", "reading", "captured_by"), pk=pk)


def withholding_open_to(user: AbstractBaseUser | AnonymousUser, pk: int) -> Withholding:
    """Raises PermissionDenied, and Http404 where there is none."""
    at_the_desk(user)
    return get_object_or_404(Withholding.objects.select_related("report", "outlet"), pk=pk)


def statement_open_to(user: AbstractBaseUser | AnonymousUser, pk: int) -> Statement:
    """Raises PermissionDenied, and Http404 where there is none."""
    at_the_desk(user)
    return get_object_or_404(Statement.objects.with_reports(), pk=pk)
