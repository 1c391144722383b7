"""The press's door at the desk: the form that takes in reports, the lists of outlets and feeds."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from careo.press.access import WhoeverIsAtTheDesk
from careo.press.forms import FeedForm, OutletForm
from careo.press.models import Feed, Outlet

register_permission_policy(Outlet, WhoeverIsAtTheDesk(Outlet))
register_permission_policy(Feed, WhoeverIsAtTheDesk(Feed))


@hooks.register("register_admin_urls")
def press_urls() -> list[URLResolver]:
    return [path("", include("careo.press.urls"))]


@hooks.register("register_admin_menu_item")
def capture_menu_item() -> MenuItem:
    return MenuItem("Take in", reverse("press:capture"), name="take-in", icon_name="download", order=105)


class OutletViewSet(ModelViewSet):
    model = Outlet
    icon = "globe"
    menu_label = "Outlets"
    copy_view_enabled = False
    list_display = [
        "name",
        "host",
        "language",
        "country",
        Column("get_basis_display", label="Basis of use", sort_key="basis"),
    ]
    list_filter = ["language", "country", "basis"]
    search_fields = ["name", "host"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[OutletForm]:
        return OutletForm


class FeedViewSet(ModelViewSet):
    model = Feed
    icon = "link"
    menu_label = "Feeds"
    copy_view_enabled = False
    list_display = [
        "url",
        "outlet",
        BooleanColumn("active", label="Polled"),
        DateColumn("polled_at", label="Last poll"),
        Column("trouble", label="Trouble"),
    ]
    list_filter = ["outlet", "active"]
    search_fields = ["url"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[FeedForm]:
        return FeedForm


@hooks.register("register_admin_viewset")
class PressViewSetGroup(ModelViewSetGroup):
    items = (OutletViewSet, FeedViewSet)
    menu_label = "Press"
    menu_icon = "globe"
    menu_order = 190
