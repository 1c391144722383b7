"""What is typed into the paper's forms, and how the desk settles it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy

from careo.paper.sentences import Sentence

WHOLE = "whole"
LONGEST = 2000  # characters: a page of type; whoever has more to say has an e-mail address to say it from


class WrongForm(forms.Form):
    """Something wrong in a sentence. Of sentences only those can be chosen that the asker may read."""

    sentence = forms.ChoiceField(
        label=gettext_lazy("Which sentence?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the sentence you mean, or the story as a whole."),
            "invalid_choice": gettext_lazy(
                "That sentence does not stand in the story as you can read it; it may have been changed. Choose again."
            ),
        },
    )
    what = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write what is wrong."),
            "max_length": gettext_lazy(
                "This is %(show_value)s characters long; %(limit_value)s is the most."
            ),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you would like an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("This is no e-mail address. Mend it, or leave it empty.")},
    )
    # Out of sight, and no person's name for anything: only a program fills it in.
    website = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, sentences: Sequence[Sentence], cited: str = "", **options: Any) -> None:
        """`cited`: the number of the citation whose sentence is chosen beforehand, as it stands in the address."""
        super().__init__(*args, **options)
        self.label_suffix = ""
        self._sentences = {one.key: one for one in sentences}
        whole = (WHOLE, gettext("The story as a whole, a picture, or other outlets’ words in it"))
        field = self.fields["sentence"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as written above
        field.choices = [*((one.key, _label(one)) for one in sentences), whole]
        meant = [one.key for one in sentences if cited in map(str, one.numbers)]
        field.initial = meant[0] if meant else None

    @property
    def chosen(self) -> Sentence | None:
        """The sentence; None for the story as a whole."""
        return self._sentences.get(self.cleaned_data["sentence"])


class SettleForm(forms.Form):
    answer = forms.CharField(
        label="What was done about it",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the desk; kept with who settled it.",
        error_messages={"required": "Write what was done, if only that nothing was wrong."},
    )


def _label(sentence: Sentence) -> str:
    return " ".join([sentence.text, *(f"[{number}]" for number in sentence.numbers)])
