"""The desk's pages; mounted in Wagtail's admin, where editors alone are let in."""

from __future__ import annotations

from django.urls import path

from careo.desk import views
from careo.desk.listing import EventsView

app_name = "desk"
urlpatterns = [
    path("", EventsView.as_view(), name="events"),
    path("results/", EventsView.as_view(results_only=True), name="events_results"),
    path("<int:pk>/", views.event, name="event"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/open/", views.reopen, name="reopen"),
    path("<int:pk>/draw/", views.draw, name="draw"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/remarks/", views.remarks, name="remarks"),
    path("<int:pk>/part/<int:statement>/", views.part, name="part"),
    path("<int:pk>/settle/<int:relation>/", views.settle, name="settle"),
]
