"""Readers' notes at the desk, the newest first, in Wagtail's own listing."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from careo.paper.models import ReadersNote
from careo.record.listing import DeskListing
from careo.record.states import StateColumn, state_filter


class NoteFilters(WagtailFilterSet):
    state = state_filter("settled_at", ended="settled")

    class Meta:
        model = ReadersNote
        fields = ["state"]


class NoteColumn(Column):
    cell_template_name = "paper/desk/note_cell.html"


class NotesView(DeskListing):
    model = ReadersNote
    page_title = "Readers' notes"
    header_icon = "warning"
    index_url_name = "notes:notes"
    index_results_url_name = "notes:notes_results"
    index_url = reverse_lazy("notes:notes")
    index_results_url = reverse_lazy("notes:notes_results")
    filterset_class = NoteFilters
    search_fields = ["headline", "sentence", "what", "email", "answer"]
    default_ordering = "-sent_at"
    verbose_name_plural = "notes"
    columns = [
        NoteColumn("what", label="What is wrong", width="45%"),
        Column("headline", label="Story"),
        StateColumn("settled_at", ended="settled"),
        DateColumn("sent_at", label="Sent", sort_key="sent_at"),
    ]

    def get_base_queryset(self) -> QuerySet[ReadersNote]:
        return ReadersNote.objects.select_related("settled_by")
