"""What an editor fills in at an event's page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from careo.desk.models import Event, Relation
from careo.press.models import Report
from careo.record.models import Remark


class TitleForm(forms.Form):
    title = forms.CharField(max_length=300, label="Title")


class MoveForm(forms.Form):
    """Reports of the event, and where they shall go: another event, or a new one."""

    reports = forms.ModelMultipleChoiceField(queryset=Report.objects.none(), required=False)
    into = forms.ModelChoiceField(
        queryset=Event.objects.none(),
        required=False,
        empty_label="a new event",
        label="Move the chosen reports into",
    )
    title = forms.CharField(max_length=300, required=False, label="Title of a new event")

    def __init__(self, event: Event, data: Any = None) -> None:
        super().__init__(data)
        _choose_from(self.fields["reports"], Report.objects.filter(placement__event=event))
        _choose_from(self.fields["into"], _others(event))


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(queryset=Event.objects.none(), label="Merge this event into")

    def __init__(self, event: Event, data: Any = None) -> None:
        super().__init__(data)
        _choose_from(self.fields["into"], _others(event))


class RemarksForm(forms.Form):
    """Chosen rows, and what they are to each other."""

    ACTS = [
        ("join", "are one remark"),
        ("same", "say the same"),
        ("differs", "differ in detail"),
        ("conflicts", "conflict"),
        ("follows", "the lower answers the upper"),
        ("answers", "the upper answers the lower"),
    ]
    remarks = forms.ModelMultipleChoiceField(queryset=Remark.objects.none(), required=False)
    act = forms.ChoiceField(choices=ACTS, label="The chosen remarks")

    def __init__(self, event: Event, data: Any = None) -> None:
        super().__init__(data)
        told_here = Remark.objects.filter(statements__report__placement__event=event)
        _choose_from(self.fields["remarks"], told_here.distinct().order_by("pk"))


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=[*Relation.Kind.choices, ("none", "none")])


def _others(event: Event) -> QuerySet[Event]:
    return Event.objects.standing().exclude(pk=event.pk).order_by("closed_at", "-opened_at")


def _choose_from(field: forms.Field, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", field).queryset = rows
