"""The door of the desk, where `CAREO_DESK_SECOND_FACTOR` asks a second factor of those who work there."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from careo.readers.models import Reader


class DeskDoorMiddleware:
    """Where CAREO_DESK_SECOND_FACTOR is on, nobody enters the desk whose account has no second factor.

    Whoever has one was asked for it at log-in: there is no way round it but for those who set it up since.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.CAREO_DESK_SECOND_FACTOR and request.path.startswith(reverse("wagtailadmin_home")):
            reader = request.user
            if isinstance(reader, Reader) and _works_there(reader) and not is_mfa_enabled(reader):
                messages.warning(
                    request, _("The desk asks for a second factor: set one up first, then come back.")
                )
                return redirect("mfa_index")
        return self.get_response(request)


def _works_there(reader: Reader) -> bool:
    return reader.has_perms(["wagtailadmin.access_admin"])
