"""The way from the desk to the forum's moderation; the rights to moderate and to open threads."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from careo.forum.desk import lists


class ModerationItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perms(["forum.moderate"]))


@hooks.register("register_admin_menu_item")
def moderation_item() -> MenuItem:
    return ModerationItem("Forum", reverse("forum:moderation"), name="forum", icon_name="comment", order=420)


@hooks.register("register_admin_viewset")
def forum_viewsets() -> list[ViewSet]:
    return [lists]


@hooks.register("register_permissions")
def moderation_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="forum", codename__in=["moderate", "open_threads"]
    )
