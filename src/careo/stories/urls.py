"""The desk's doors to stories, under /desk/stories/."""

from __future__ import annotations

from django.urls import path

from careo.stories import views

app_name = "stories"
urlpatterns = [
    path("from-event/", views.events, name="events"),
    path("from-event/<int:event_id>/", views.begin, name="begin"),
    path("<int:pk>/check/", views.check_page, name="check"),
    path("citing/", views.citing_modal, name="citing"),
    path("citing/results/", views.citing_results, name="citing_results"),
    path("citing/reports/<int:pk>/", views.citing_report, name="citing_report"),
    path("citing/told/", views.told, name="told"),
]
