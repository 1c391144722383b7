"""Forms of the desk: the story's own, the house style's, and the override of a check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from careo.stories.findings import KINDS


class HouseStyleForm(WagtailAdminModelForm):
    blocking = forms.MultipleChoiceField(
        choices=list(KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Findings that stop a story",
        help_text="All others warn.",
    )


class StoryForm(WagtailAdminPageForm):
    """A story begun from an event starts with its title and statements at hand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "event" in self.fields:
            self.fields["event"].empty_label = "No event"


class OverrideForm(forms.Form):
    sure = forms.BooleanField(label="Publish this story although the check stops it")
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with your name, and shown to readers of the story once it is out.",
    )


class BeginForm(forms.Form):
    title = forms.CharField(label="Headline", max_length=255)
    section: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, label="Section", empty_label=None
    )

    def __init__(self, *args: Any, sections: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
