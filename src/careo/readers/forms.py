"""Forms that readers fill in. Allauth's, but for what we ask besides and for what a used address must not betray."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from careo.readers import pen_names
from careo.readers.actions import is_taken
from careo.readers.errors import BadPenName, PenNameTaken
from careo.readers.models import Reader


class PenNameField(forms.CharField):
    """A pen name that is well formed and free."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Pen name"),
            max_length=pen_names.MOST,
            help_text=_("Shown beside what you write in the reader forum. It need not be your own name."),
            widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
            **options,
        )

    def clean(self, value: Any) -> str:
        try:
            name = pen_names.clean(super().clean(value))
            if is_taken(name):
                raise PenNameTaken(name)
        except (BadPenName, PenNameTaken) as error:
            raise forms.ValidationError(str(error)) from error
        return name


class PenNameForm(forms.Form):
    pen_name = PenNameField()


class MailEditionForm(forms.Form):
    """The e-mail edition that a reader gets, of those that are offered."""

    mail_edition = forms.ChoiceField(label=_("Edition"), required=False)

    def __init__(self, *args: Any, offered: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mail_edition"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            (value, label) for value, label in Reader.MailEdition.choices if not value or value in offered
        ]


class LeavingForm(forms.Form):
    """What becomes of posts when the account is deleted."""

    KEEP, ERASE = "keep", "erase"

    posts = forms.ChoiceField(
        label=_("Your posts in the forum"),
        widget=forms.RadioSelect,
        choices=[
            (KEEP, _("They stay, under “Former reader”: answers to them keep their sense.")),
            (ERASE, _("Their words are erased; a place-holder stays where each was.")),
        ],
        error_messages={"required": _("Choose what becomes of your posts.")},
    )


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _drop_placeholders(self)


class SignupForm(AllauthSignupForm):
    pen_name = PenNameField()
    field_order = ("email", "pen_name", "password1")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].help_text = _(
            "We send a link to it, to see that it is yours. It is shown to nobody."
        )
        _drop_placeholders(self)

    def try_save(self, request: HttpRequest) -> tuple[Reader | None, HttpResponse | None]:
        """A used address gets the same answer as a new one, after as much work: the difference would tell."""
        if self.account_already_exists:
            Reader().set_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # the same form came twice at once, and the other was first
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])

    def custom_signup(self, request: HttpRequest, user: Reader) -> None:
        user.wished_pen_name = self.cleaned_data["pen_name"]
        user.save(update_fields=["wished_pen_name"])


def _drop_placeholders(form: forms.Form) -> None:
    """A placeholder that repeats its label is read twice by a screen reader and vanishes when needed."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
