"""Who may do what with outlets and feeds: whoever may use the desk. There is nothing in them to keep from an editor."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

ACCESS = "wagtailadmin.access_admin"


class WhoeverIsAtTheDesk(BasePermissionPolicy):
    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        return isinstance(user, PermissionsMixin) and user.is_active and user.has_perm(ACCESS)

    def user_has_any_permission(
        self, user: AbstractBaseUser | AnonymousUser, actions: Collection[str]
    ) -> bool:
        return self.user_has_permission(user, "")

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        label, codename = ACCESS.split(".")
        named = {"codename": codename, "content_type__app_label": label}
        by_group = Q(**{f"groups__permissions__{key}": value for key, value in named.items()})
        by_user = Q(**{f"user_permissions__{key}": value for key, value in named.items()})
        return (
            get_user_model()
            ._default_manager.filter(Q(is_superuser=True) | by_group | by_user, is_active=True)
            .distinct()
        )

    def users_with_permission(self, action: str) -> QuerySet[Any]:
        return self.users_with_any_permission([action])
