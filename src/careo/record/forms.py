"""What an editor fills in to put a statement right: words copied from the report, who, when."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from wagtail.admin.widgets import AdminDateInput

from careo.press.models import Report
from careo.reading.types import Days, Granularity, Kind, Span
from careo.record.actions import Wording
from careo.record.errors import WordsNotInReport
from careo.record.models import Statement
from careo.record.spans import find, spans, words_of

PARTS = ("source", "cue", "content")
GRANULARITIES = [
    ("", "not said"),
    ("day", "a day"),
    ("week", "a week"),
    ("month", "a month"),
    ("quarter", "a quarter"),
    ("year", "a year"),
    ("vague", "vaguely (“recently”)"),
]


class WordsInput(forms.Textarea):
    """Words of the report; the page's script offers to take those selected in the text."""

    def __init__(self) -> None:
        super().__init__({"rows": 2, "class": "words", "data-words": ""})


class StatementForm(forms.Form):
    """A statement as an editor says it is. Words are looked up in the report; what is not there is refused."""

    content = forms.CharField(
        label="What was said",
        widget=WordsInput,
        help_text="Words of the report. Between parts that stand apart put […].",
    )
    source = forms.CharField(label="Who, in the report's words", widget=WordsInput, required=False)
    cue = forms.CharField(label="The word for saying it", widget=WordsInput, required=False)
    kind = forms.ChoiceField(choices=Statement.Kind.choices)
    speaker = forms.CharField(max_length=300, required=False, help_text="The fullest name the report gives.")
    is_person = forms.BooleanField(label="The speaker is a person, not a body", required=False)
    office = forms.CharField(max_length=300, required=False)
    addressee = forms.CharField(label="Said to", max_length=300, required=False)
    said_granularity = forms.ChoiceField(label="When it was said", choices=GRANULARITIES, required=False)
    said_from = forms.DateField(label="From", required=False, widget=AdminDateInput)
    said_to = forms.DateField(
        label="To", required=False, widget=AdminDateInput, help_text="Both days are included."
    )
    # Where in the text the words were selected, in code points: which of two equal wordings is meant.
    content_near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    source_near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    cue_near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report, statement: Statement | None = None) -> None:
        self.report, self.statement = report, statement
        super().__init__(data, initial=_initial(statement, report.text))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for part in PARTS:
            cleaned[f"{part}_spans"] = self._spans(part, cleaned)
        cleaned["said_on"] = self._days(cleaned)
        return cleaned

    def wording(self) -> Wording:
        """Once it is valid."""
        given = self.cleaned_data
        return Wording(
            content=given["content_spans"],
            source=given["source_spans"],
            cue=given["cue_spans"],
            kind=cast("Kind", given["kind"]),
            speaker=given["speaker"].strip(),
            is_person=given["is_person"],
            office=given["office"].strip(),
            addressee=given["addressee"].strip(),
            said_on=given["said_on"],
        )

    def _spans(self, part: str, cleaned: dict[str, Any]) -> tuple[Span, ...]:
        words = cleaned.get(part, "")
        near = cleaned.get(f"{part}_near")
        if self.statement and near is None and words == self.initial[part]:
            return spans(getattr(self.statement, part))
        anchor = near if near is not None else (self.statement.begin if self.statement else 0)
        try:
            return find(words, self.report.text, near=anchor)
        except WordsNotInReport as refusal:
            self.add_error(part, str(refusal))
            return ()

    def _days(self, cleaned: dict[str, Any]) -> Days | None:
        first, last = cleaned.get("said_from"), cleaned.get("said_to")
        chosen = cleaned.get("said_granularity") or ("day" if first or last else "")
        if not chosen:
            return None
        granularity = cast("Granularity", chosen)
        if granularity == "vague":
            return Days(None, None, "vague")
        last = first if granularity == "day" else last
        if first is None or last is None or last < first:
            self.add_error(
                "said_from",
                "Give the first and the last day, the first one first; for one day the first will do.",
            )
            return None
        return Days(first, last, granularity)


def _initial(statement: Statement | None, text: str) -> dict[str, Any]:
    if statement is None:
        return {"kind": "indirect", "is_person": True}
    same = ("kind", "speaker", "office", "addressee", "said_granularity", "said_from", "said_to")
    known = {name: getattr(statement, name) for name in same}
    words = {part: words_of(text, getattr(statement, part)) for part in PARTS}
    return known | words | {"is_person": statement.person_id is not None}
