"""The record's door and menu item at the desk."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def record_urls() -> list[URLResolver]:
    return [path("", include("careo.record.urls"))]


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    return MenuItem(
        "Incoming", reverse("record:reports"), name="incoming", icon_name="doc-full-inverse", order=110
    )
