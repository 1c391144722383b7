"""The record's pages; mounted at the desk, where Wagtail lets editors alone in."""

from __future__ import annotations

from django.urls import path

from careo.record import views, withholding_views
from careo.record.listing import ReportsView

app_name = "record"
urlpatterns = [
    path("reports/", ReportsView.as_view(), name="reports"),
    path("reports/results/", ReportsView.as_view(results_only=True), name="reports_results"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/read/", views.read_again, name="read_again"),
    path("reports/<int:pk>/add/", views.add, name="add"),
    path("reports/<int:pk>/withheld/", withholding_views.withheld, name="withheld"),
    path("withheld/<int:pk>/lift/", withholding_views.lift, name="lift"),
    path("statements/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("statements/<int:pk>/reject/", views.reject, name="reject"),
    path("statements/<int:pk>/correct/", views.correct, name="correct"),
]
