"""Choosing a statement at the desk: the modal in which an editor searches by event, outlet and words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import ChooserBlock

from careo.desk.models import Event
from careo.press.models import Outlet
from careo.record.models import Statement


def standing_statements() -> QuerySet[Statement]:
    """Those that no editor rejected, newest reports first."""
    return Statement.objects.standing().with_reports().order_by("-report__published_at", "report", "begin")


class StatementFilter(BaseFilterForm):
    """By event, outlet, and words: each word must stand in the speaker's name, the report's headline or its text."""

    q = forms.CharField(
        label="Words", required=False, widget=forms.TextInput(attrs={"placeholder": "Words or a name"})
    )
    event = forms.ModelChoiceField(Event.objects.all(), required=False, empty_label="Any event")
    outlet = forms.ModelChoiceField(Outlet.objects.all(), required=False, empty_label="Any outlet")

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(_with_event_as_it_stands(data), **kwargs)
        self.fields["event"].queryset = Event.objects.standing()

    def filter(self, objects: QuerySet[Statement]) -> QuerySet[Statement]:
        chosen = self.cleaned_data
        if chosen["event"]:
            objects = objects.filter(report__placement__event=chosen["event"])
        if chosen["outlet"]:
            objects = objects.filter(report__outlet=chosen["outlet"])
        self.search_query = chosen["q"]
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            objects = objects.filter(
                Q(speaker__icontains=word)
                | Q(report__headline__icontains=word)
                | Q(report__text__icontains=word)
            )
        return objects


def _with_event_as_it_stands(data: QueryDict) -> QueryDict:
    """An event that was merged into another is asked for under that one."""
    number = data.get("event", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 20  # Python reads no endless one
    event = Event.objects.filter(pk=number).first() if is_number else None
    if event is None or event.merged_into_id is None:
        return data
    moved = data.copy()
    moved["event"] = str(event.merged_into_id)
    return moved


class StatementColumn(TitleColumn):
    """A statement's words, marked with their language."""

    def get_link_attrs(self, instance: Statement, parent_context: Any) -> dict[str, Any]:
        return {**super().get_link_attrs(instance, parent_context), "lang": instance.language}


class _StatementList:
    filter_form_class = StatementFilter

    @property
    def title_column(self) -> Column:
        return StatementColumn(
            "title",
            label="Statement",
            accessor=str,
            get_url=lambda statement: reverse("statement_chooser:chosen", args=[statement.pk]),
            link_attrs={"data-chooser-modal-choice": True},
        )

    @property
    def columns(self) -> list[Column]:
        own: list[Column] = super().columns  # type: ignore[misc]  # mixed into Wagtail's views alone
        return [
            *own,
            Column("outlet", label="Outlet", accessor=lambda statement: statement.report.outlet.name),
            Column("language", label="Language"),
        ]

    def get_object_list(self) -> QuerySet[Statement]:
        return standing_statements()

    def can_create(self) -> bool:
        return False  # statements are found in reports, never made up while choosing


class StatementChooseView(_StatementList, ChooseView):
    pass


class StatementResultsView(_StatementList, ChooseResultsView):
    pass


class StatementChosenView(ChosenView):
    def get_object(self, pk: Any) -> Statement:
        return Statement.objects.with_reports().get(pk=pk)


class StatementWidget(BaseChooser):
    """Opens on the statements of the story's event."""

    linked_fields = {"event": {"selector": "#id_event"}}


class StatementBlock(ChooserBlock):
    """A statement in a body, by its number; with its report and outlet, in one query for all."""

    def bulk_to_python(self, values: list[int]) -> list[Statement | None]:
        found = Statement.objects.with_reports().in_bulk(values)
        return [found.get(value) for value in values]


class StatementChooser(ChooserViewSet):
    model = Statement
    icon = "openquote"
    choose_one_text = "Choose a statement"
    choose_another_text = "Choose another statement"
    edit_item_text = "See it at the desk"
    base_widget_class = StatementWidget
    base_block_class = StatementBlock
    choose_view_class = StatementChooseView
    choose_results_view_class = StatementResultsView
    chosen_view_class = StatementChosenView
    per_page = 10


statement_chooser = StatementChooser("statement_chooser")
StatementChooserBlock = statement_chooser.get_block_class(
    name="StatementChooserBlock", module_path="careo.stories.choosers"
)


class EventFilter(BaseFilterForm):
    """By words: each must stand in the event's title or in a headline of its reports."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"placeholder": "Words"}))

    def filter(self, objects: QuerySet[Event]) -> QuerySet[Event]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            told = Event.objects.filter(placements__report__headline__icontains=word)
            objects = objects.filter(Q(title__icontains=word) | Q(pk__in=told.values("pk")))
        return objects


class _EventList:
    filter_form_class = EventFilter

    @property
    def columns(self) -> list[Column]:
        own: list[Column] = super().columns  # type: ignore[misc]  # mixed into Wagtail's views alone
        return [*own, Column("published", label="Published stories")]

    def get_object_list(self) -> QuerySet[Event]:
        published = Count("stories", filter=Q(stories__live=True))
        return Event.objects.standing().annotate(published=published).order_by("-opened_at", "-pk")


class EventChooseView(_EventList, ChooseView):
    pass


class EventResultsView(_EventList, ChooseResultsView):
    pass


class EventChooser(ChooserViewSet):
    """Events are opened at the desk, never while choosing."""

    model = Event
    icon = "group"
    choose_one_text = "Choose an event"
    choose_another_text = "Choose another event"
    edit_item_text = "See it at the desk"
    choose_view_class = EventChooseView
    choose_results_view_class = EventResultsView
    per_page = 10


event_chooser = EventChooser("event_chooser")
EventChooserBlock = event_chooser.get_block_class(
    name="EventChooserBlock", module_path="careo.stories.choosers"
)
