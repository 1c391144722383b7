"""Accounts of those who work at the desk."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from careo.readers.actions import add_editor
from careo.readers.models import Reader
from careo.stories.actions import grant_editor


class NotAnAddress(Exception):
    """What was given as an e-mail address is none."""

    def __init__(self, email: str) -> None:
        super().__init__(f"{email!r} is not an e-mail address; give one such as editor@paper.example.")


@transaction.atomic
def invite_editor(email: str, *, administrator: bool = False) -> str:
    """Make an editor of `email`, whoever already reads the paper included; the address at which they set a password.

    The first account of a newspaper is an administrator's, since somebody must be able to let others in.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotAnAddress(email) from error
    first = not Reader.objects.filter(is_superuser=True).exists()
    path = add_editor(email, administrator=administrator or first)
    grant_editor(Reader.objects.get(email=email.lower()))
    return f"{settings.CAREO_ADDRESS}{path}"
