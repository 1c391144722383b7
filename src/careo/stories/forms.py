"""Forms of the desk: the story's own, the house style's, and the override of a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from careo.stories.composing import Place, at_place
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

    def clean_edition_of(self) -> Any:
        """All editions of a story point at one of them, so that each finds every other."""
        first = self.cleaned_data["edition_of"]
        if first is None:
            return None
        if first.pk == self.instance.pk:
            raise forms.ValidationError(
                "A story is not its own edition in another language; choose another one."
            )
        if first.edition_of_id:
            raise forms.ValidationError(
                f"That story is itself an edition of “{first.edition_of}”; choose this one."
            )
        if self.instance.pk and self.instance.editions.exists():
            raise forms.ValidationError(
                "Other stories name this one as their original; let that one name it, too."
            )
        return first

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        first = cleaned.get("edition_of")
        papers = first.locale.language_code if first else ""
        if first and (first.language or papers) == (cleaned.get("language") or papers):
            self.add_error(
                "language", "Both stories are in the same language; say in which this one is written."
            )
        ours = cleaned.get("language") or self.instance.locale.language_code
        for place in needless_translations(cleaned.get("body") or (), ours):
            self.add_error("body", at_place(place, TAKE_AWAY))
        return cleaned


TAKE_AWAY = "This remark is in the story's own language; take the translation away."


def needless_translations(body: Iterable[Any], language: str) -> Iterator[Place]:
    """Where a remark of a body has a translation of ours, although it is in the story's language."""
    for number, block in enumerate(body):
        remarks = block.value["statements"] if block.block_type == "face_to_face" else ()
        for place, remark in enumerate(remarks):
            said = remark["statement"]
            if said and remark["translation"].strip() and _are_one(said.language, language):
                yield (number, "statements", place, "translation")


def _are_one(language: str, other: str) -> bool:
    return language.split("-")[0].lower() == other.split("-")[0].lower()


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
