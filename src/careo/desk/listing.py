"""The list of events: what moved last first, in Wagtail's own listing."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from careo.desk.models import Event
from careo.record.listing import DeskListing
from careo.record.states import StateColumn, state_filter


class EventFilters(WagtailFilterSet):
    state = state_filter("closed_at", ended="closed")

    class Meta:
        model = Event
        fields = ["state"]


class EventColumn(Column):
    cell_template_name = "desk/tables/event_cell.html"


class EventsView(DeskListing):
    model = Event
    page_title = "Events"
    header_icon = "group"
    index_url_name = "desk:events"
    index_results_url_name = "desk:events_results"
    index_url = reverse_lazy("desk:events")
    index_results_url = reverse_lazy("desk:events_results")
    template_name = "desk/events.html"
    filterset_class = EventFilters
    search_fields = ["title", "placements__report__headline"]
    default_ordering = "-moved_at"
    verbose_name_plural = "events"
    columns = [
        EventColumn("title", label="Event", width="50%"),
        Column("reports", label="Reports", sort_key="reports"),
        Column("outlets", label="Outlets", sort_key="outlets", classname="on-wide"),
        StateColumn("closed_at", ended="closed"),
        DateColumn("moved_at", label="Latest report", sort_key="moved_at", classname="on-wide"),
    ]

    def get_base_queryset(self) -> QuerySet[Event]:
        return in_play(Event.objects.standing())

    def search_queryset(self, queryset: QuerySet[Event]) -> QuerySet[Event]:
        # Looked up by key: a search through the joined headlines would count a report once for each match.
        if not self.is_searching:
            return queryset
        words = self.search_query
        hits = Event.objects.filter(
            Q(title__icontains=words) | Q(placements__report__headline__icontains=words)
        )
        return queryset.filter(pk__in=hits.values("pk"))


def in_play(events: QuerySet[Event]) -> QuerySet[Event]:
    """What moved last first, with the number of reports and outlets, and when the latest report came in."""
    current = Q(placements__report__is_current=True)
    return events.annotate(
        reports=Count("placements__report", filter=current, distinct=True),
        outlets=Count("placements__report__outlet", filter=current, distinct=True),
        moved_at=Max("placements__report__captured_at"),
    ).order_by("-moved_at", "-pk")
