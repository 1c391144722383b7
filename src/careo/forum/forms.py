"""What is typed into the forum's forms. `length` of a reason is the column's."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from careo.forum.actions import fit
from careo.forum.errors import BadPost

HOW_TO = "*emphasis*, **strong**, > quotation, - list, `code`, [words](https://…). Links need no signs."


class PostForm(forms.Form):
    """A post. The token is drawn with the form: the same form sent twice makes one post."""

    text = forms.CharField(
        label="Your post",
        help_text=HOW_TO,
        required=False,  # what is empty is said by `fit`, in our words
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_text(self) -> str:
        try:
            return fit(self.cleaned_data["text"])
        except BadPost as error:
            raise forms.ValidationError(str(error)) from error


class EditForm(PostForm):
    form_token = None  # type: ignore[assignment]


class FlagForm(forms.Form):
    why = forms.CharField(
        label="What is wrong with it?",
        required=False,
        max_length=300,
        help_text="Moderators read it; nobody else does.",
    )


class ReasonForm(forms.Form):
    why = forms.CharField(label="Reason", max_length=300, help_text="Kept in the log.")


class HideForm(forms.Form):
    why = forms.CharField(
        label="Reason", max_length=300, help_text="Kept in the log, and shown to the author."
    )


class SuspendForm(forms.Form):
    LENGTHS: ClassVar[list[tuple[str, str]]] = [
        ("1", "a day"),
        ("7", "a week"),
        ("30", "thirty days"),
        ("365", "a year"),
        ("", "until it is lifted"),
    ]
    days = forms.TypedChoiceField(
        label="For how long?", choices=LENGTHS, coerce=int, empty_value=None, required=False, initial="7"
    )
    why = forms.CharField(
        label="Reason", max_length=300, help_text="Kept in the log, and shown to the reader."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].widget.attrs["class"] = "choice"
