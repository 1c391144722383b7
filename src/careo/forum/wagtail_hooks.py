"""The ways from the desk to the forum's moderation and from an account to its notices; the right to moderate."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from careo.forum.access import let_in
from careo.forum.desk import lists
from careo.forum.errors import ForumError
from careo.readers.account_links import LINKS_HOOK, AccountLink
from careo.readers.models import Reader


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


@hooks.register(LINKS_HOOK)
def notices_of(reader: Reader) -> list[AccountLink]:
    """Only for who may read the forum: to others they would be refused."""
    try:
        let_in(reader)
    except ForumError:
        return []
    return [
        AccountLink(gettext("Followed threads"), reverse("forum:following")),
        AccountLink(gettext("What the forum tells you by e-mail"), reverse("forum:choices")),
        AccountLink(gettext("Readers you blocked"), reverse("forum:blocks")),
    ]
