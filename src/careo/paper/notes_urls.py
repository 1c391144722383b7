"""The desk's doors to readers' notes, under /desk/notes/."""

from __future__ import annotations

from django.urls import path

from careo.paper import notes_desk
from careo.paper.notes_listing import NotesView

app_name = "notes"
urlpatterns = [
    path("", NotesView.as_view(), name="notes"),
    path("results/", NotesView.as_view(results_only=True), name="notes_results"),
    path("<int:pk>/", notes_desk.note, name="note"),
    path("<int:pk>/reopen/", notes_desk.reopen, name="reopen"),
]
