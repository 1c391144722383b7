"""What an editor fills in to withhold words from public view: how much, which words, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser

from careo.press.models import Report
from careo.reading.types import Span
from careo.record import actions
from careo.record.errors import WordsNotInReport
from careo.record.forms import WordsInput
from careo.record.spans import find

WORDS, REPORT, OUTLET = "words", "report", "outlet"


class WithholdForm(forms.Form):
    """Words are looked up in the report; what is not there is refused."""

    scope = forms.ChoiceField(
        label="What is withheld",
        choices=[
            (WORDS, "Words of this report"),
            (REPORT, "The whole report, its headline too"),
            (OUTLET, "All of this outlet, in every report"),
        ],
        initial=WORDS,
        widget=forms.RadioSelect,
        help_text="Citations, their numbers, the sources line and the kept page stay; in public a sentence stands in "
        "the place of the words.",
    )
    words = forms.CharField(
        label="The words",
        required=False,
        widget=WordsInput,
        help_text="As the report prints them. Every cited passage that shares a letter with them is withheld whole.",
    )
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the desk alone. Kept for ever with your name and the hour.",
    )
    # Where in the text the words were selected, in code points.
    words_near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        self.report = report
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["spans"] = self._spans(cleaned) if cleaned.get("scope") == WORDS else ()
        return cleaned

    def withhold(self, *, editor: AbstractBaseUser) -> None:
        """Once it is valid. Raises RecordError."""
        reason, scope = self.cleaned_data["reason"], self.cleaned_data["scope"]
        if scope == OUTLET:
            actions.withhold_outlet(self.report.outlet, editor=editor, reason=reason)
        elif scope == REPORT:
            actions.withhold_report(self.report, editor=editor, reason=reason)
        else:
            spans = self.cleaned_data["spans"]
            actions.withhold_words(self.report, spans, editor=editor, reason=reason)

    def _spans(self, cleaned: dict[str, Any]) -> tuple[Span, ...]:
        words = cleaned.get("words", "")
        if not words.strip():
            self.add_error("words", "Choose the words in the report's text, or withhold the whole report.")
            return ()
        try:
            return find(words, self.report.text, near=cleaned.get("words_near") or 0)
        except WordsNotInReport as refusal:
            self.add_error("words", str(refusal))
            return ()
