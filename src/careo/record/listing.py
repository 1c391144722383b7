"""The list of incoming reports: newest first, with filters and search, in Wagtail's own listing."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.models import IndexView

from careo.press.models import Outlet, Report
from careo.record.access import at_the_desk
from careo.record.models import Statement
from careo.record.places import places

STATES = [
    ("waiting", "Waiting to be read"),
    ("trouble", "Could not be read"),
    ("open", "Statements to settle"),
    ("settled", "All statements settled"),
]


def in_state(reports: QuerySet[Report], _field: str, state: str) -> QuerySet[Report]:
    """Reports whose reading has come as far as one of STATES."""
    suggested = Report.objects.filter(statements__status=Statement.Status.SUGGESTED)
    trouble = Q(reading__trouble__gt="")
    match state:
        case "waiting":
            return reports.filter(read_at=None).exclude(trouble)
        case "trouble":
            return reports.filter(trouble)
        case "open":
            return reports.filter(pk__in=suggested.values("pk"))
        case "settled":
            return reports.exclude(read_at=None).exclude(pk__in=suggested.values("pk"))
        case _:
            return reports


def languages(_request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Those reports have come in."""
    return [
        (code, code)
        for code in Report.objects.order_by("language").values_list("language", flat=True).distinct()
        if code
    ]


class ReportFilters(WagtailFilterSet):
    outlet = django_filters.ModelChoiceFilter(queryset=Outlet.objects.all())
    language = django_filters.ChoiceFilter(choices=languages)
    state = django_filters.ChoiceFilter(label="State", choices=STATES, method=in_state)

    class Meta:
        model = Report
        fields = ["outlet", "language", "state"]


class HeadlineColumn(Column):
    cell_template_name = "record/tables/headline_cell.html"


class PlacesColumn(Column):
    cell_template_name = "record/tables/places_cell.html"


class StateColumn(Column):
    cell_template_name = "record/tables/state_cell.html"


class DeskListing(IndexView):
    """Wagtail's listing behind our own gate: whoever works at the desk may see all of it."""

    any_permission_required = None
    permission_policy = None
    paginate_by = 30

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        at_the_desk(request.user)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Two rows of one instant keep their order from page to page.
        return queryset.order_by(self.ordering, "-pk")


class ReportsView(DeskListing):
    model = Report
    page_title = "Incoming reports"
    header_icon = "doc-full-inverse"
    index_url_name = "record:reports"
    index_results_url_name = "record:reports_results"
    index_url = reverse_lazy("record:reports")
    index_results_url = reverse_lazy("record:reports_results")
    template_name = "record/reports.html"
    filterset_class = ReportFilters
    search_fields = ["headline", "text", "outlet__name"]
    default_ordering = "-captured_at"
    verbose_name_plural = "reports"
    columns = [
        HeadlineColumn("headline", label="Report", width="40%"),
        Column("outlet", label="Outlet", sort_key="outlet__name"),
        Column("language", label="Language", sort_key="language", classname="on-wide"),
        DateColumn("published_at", label="Published", sort_key="published_at", classname="on-wide"),
        DateColumn("captured_at", label="Taken in", sort_key="captured_at", classname="on-wide"),
        StateColumn("statements_standing", label="Statements"),
        PlacesColumn("places", label="Event"),
    ]

    def get_base_queryset(self) -> QuerySet[Report]:
        suggested = Q(statements__status=Statement.Status.SUGGESTED)
        rejected = Q(statements__status=Statement.Status.REJECTED)
        return (
            Report.objects.current()
            .defer("text", "images")
            .select_related("outlet", "reading")
            .annotate(
                statements_standing=Count("statements", filter=~rejected),
                statements_open=Count("statements", filter=suggested),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = list(context["object_list"])
        where = places(listed)
        for report in listed:
            report.places = where.get(report.pk, [])
        context["object_list"] = listed
        return context
