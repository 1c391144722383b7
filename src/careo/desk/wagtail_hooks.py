"""The desk's door, menu item and panel in Wagtail's admin, and where a report lies, for the record's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from careo.desk.listing import in_play
from careo.desk.models import Event, Placement
from careo.press.models import Report
from careo.record.models import Statement
from careo.record.places import HOOK, Place

SHOWN = 5  # of each list in the panel: what fits beside each other without scrolling


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    return [path("events/", include("careo.desk.urls"))]


@hooks.register("register_admin_menu_item")
def events_menu_item() -> MenuItem:
    return MenuItem("Events", reverse("desk:events"), name="events", icon_name="group", order=120)


@hooks.register(HOOK)
def events_of(reports: Sequence[Report]) -> dict[int, Place]:
    """The event of each report that has one."""
    placed = Placement.objects.filter(report__in=[report.pk for report in reports]).select_related("event")
    return {
        one.report_id: Place(one.event.title, reverse("desk:event", args=[one.event_id])) for one in placed
    }


class InPlayPanel(Component):
    """The newest reports and the events that moved last, on the desk's first page."""

    name = "in_play"
    template_name = "desk/in_play.html"
    order = 50

    class Media:
        css = {"all": ["record/desk.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        reports = Report.objects.current().defer("text", "images").select_related("outlet", "reading")
        return {
            "reports": reports[:SHOWN],
            "events": in_play(Event.objects.open())[:SHOWN],
            "to_settle": Statement.objects.filter(
                status=Statement.Status.SUGGESTED, report__is_current=True
            ).count(),
        }


@hooks.register("construct_homepage_panels")
def in_play_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(InPlayPanel())
