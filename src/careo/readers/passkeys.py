"""Forms that take what a browser says of a passkey. Any of it may be made up: what cannot be read is refused, not a fault."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as AllauthAuthenticateForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm as AllauthLoginForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as AllauthReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from careo.readers.second_factor import SecondFactorAdapter

T = TypeVar("T")
NAME_LENGTH = 60  # characters
CREDENTIAL_LENGTH = (
    20_000  # characters of JSON; what browsers send has a tenth of it, with the maker's certificates
)
# What fido2 and allauth raise at words that are not as the standard has them.
NOT_READ = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def believed(clean: Callable[[], T]) -> T:
    """What `clean` makes of a credential. Raises ValidationError for one that is none."""
    try:
        return clean()
    except NOT_READ as error:
        raise SecondFactorAdapter().validation_error("incorrect_code") from error


class CredentialField(forms.JSONField):
    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if len(str(value)) > CREDENTIAL_LENGTH:
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return believed(partial(super().to_python, value))


class LogInForm(AllauthLoginForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        return believed(super().clean_credential)


class AuthenticateForm(AllauthAuthenticateForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        return believed(super().clean_credential)


class ReauthenticateForm(AllauthReauthenticateForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        return believed(super().clean_credential)


class AddForm(AllauthAddForm):
    credential = CredentialField()
    field_order = ("name", "passwordless", "credential")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_for_name(self)
        self.fields["passwordless"].label = _("Log in with this key alone, without a password")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "It then asks for a finger, a face or a PIN. Without this it is a second factor after the password."
        )

    def clean_name(self) -> str:
        return str(super().clean_name())[:NAME_LENGTH]

    def clean(self) -> Any:
        return believed(super().clean)


class NameForm(AllauthEditForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_for_name(self)

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:NAME_LENGTH]


def _ask_for_name(form: forms.Form) -> None:
    field = form.fields["name"]
    field.label = _("Name")
    field.widget.attrs["maxlength"] = NAME_LENGTH
    field.help_text = _("By which you know it again: “my telephone”, “the key on my key ring”.")
