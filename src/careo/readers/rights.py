"""Rights that groups of the desk have from the start.

Each is given once, when it is first made (with the migration that brings it), so that what an administrator takes
away later stays taken away. No migration does it: rights come into being only after the last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission


def give_rights_once(app: AppConfig, rights: Mapping[str, Sequence[str]], *, using: str) -> None:
    """`rights`: group's name → code names of the app's permissions."""
    permissions = Permission.objects.using(using).filter(content_type__app_label=app.label)
    before = set(permissions.values_list("codename", flat=True))
    create_permissions(app, verbosity=0, using=using)
    for name, codes in rights.items():
        if made := set(codes) - before:
            group, _ = Group.objects.using(using).get_or_create(name=name)
            group.permissions.add(*permissions.filter(codename__in=made))
