"""The record's door and menu item at the desk."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from careo.record.actions import LIFTED, WITHHELD


@hooks.register("register_admin_urls")
def record_urls() -> list[URLResolver]:
    return [path("", include("careo.record.urls"))]


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    return MenuItem(
        "Incoming", reverse("record:reports"), name="incoming", icon_name="doc-full-inverse", order=110
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(WITHHELD, "Withhold from public view", "Withheld from public view")
    actions.register_action(LIFTED, "Show in public again", "Shown in public again")
