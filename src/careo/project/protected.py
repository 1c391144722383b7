"""At the desk, what others rest on cannot be deleted: who tries is told so, on the page from which it was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from careo.project.security import DESK


class ProtectedMiddleware:
    """Stands after MessageMiddleware. Views that know better advice catch the error themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Redirected to the page that asked whether to delete, on which the sentence then stands."""
        if not isinstance(error, ProtectedError | RestrictedError) or not request.path.startswith(DESK):
            return None
        rest = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        messages.error(
            request,
            f"This cannot be deleted, since there is more that rests on it ({_counted(rest)}); delete or change that first, "
            "or keep it.",
        )
        return HttpResponseRedirect(request.get_full_path())


def _counted(rows: Iterable[Model]) -> str:
    """Kinds and numbers alone: who deletes may have no right to see what rests on it."""
    kinds = Counter(row._meta.verbose_name_plural for row in rows)
    return ", ".join(f"{kind}: {number}" for kind, number in sorted(kinds.items(), key=str))
