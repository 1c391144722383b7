"""The form at the desk by which an editor takes in reports."""

from __future__ import annotations

from django import forms

from careo.press.errors import FetchError
from careo.press.models import Feed, Outlet
from careo.press.targets import target

MOST = 10  # addresses at a time: at the limit of time each, a minute's wait

_FIELD = {
    "rows": 5,
    "spellcheck": "false",
    "autocapitalize": "off",
    "placeholder": "https://elfaro.example/agua",
}


class CaptureForm(forms.Form):
    """Addresses of reports, one a line; each line that is none is named in the error."""

    addresses = forms.CharField(
        label="Addresses",
        help_text=f"One a line, {MOST} at most. Each page is fetched now and kept as it is.",
        widget=forms.Textarea(attrs=_FIELD),
        error_messages={"required": "Give the address of a report."},
    )

    def clean_addresses(self) -> list[str]:
        """The addresses, each once, in order."""
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["addresses"].splitlines()))))
        if len(lines) > MOST:
            raise forms.ValidationError(f"These are {len(lines)} addresses; give {MOST} at most at a time.")
        troubles = [str(error) for line in lines if (error := _trouble(line))]
        if troubles:
            raise forms.ValidationError(troubles)
        return lines


class OutletForm(forms.ModelForm[Outlet]):
    home_page = forms.URLField(required=False, max_length=2000, assume_scheme="https")

    class Meta:
        model = Outlet
        fields = ["name", "host", "home_page", "language", "country", "basis", "basis_note", "passage_limit"]
        widgets = {"basis_note": forms.Textarea(attrs={"rows": 3})}


class FeedForm(forms.ModelForm[Feed]):
    url = forms.URLField(label="Address", max_length=2000, assume_scheme="https")

    class Meta:
        model = Feed
        fields = ["outlet", "url", "every_minutes", "active"]

    def clean_url(self) -> str:
        """The feed's address in the form it will be asked for by. It is fetched by the worker, not here."""
        try:
            return target(self.cleaned_data["url"]).url
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error


def _trouble(address: str) -> FetchError | None:
    try:
        target(address)
    except FetchError as error:
        return error
    return None
