"""The press at the desk: taking in reports by their addresses. Wagtail lets nobody in here but who may use its admin."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from careo.press.actions import Captured, limits, take_in
from careo.press.errors import PressError
from careo.press.fetch import Fetched, fetch
from careo.press.forms import CaptureForm
from careo.press.limits import Limits

AT_ONCE = 5  # pages fetched side by side; an editor's list is of different outlets as a rule


@require_http_methods(["GET", "POST"])
def capture(request: HttpRequest) -> HttpResponse:
    """The form, and what became of what it was sent with: reports that were taken in, addresses that were refused.

    A form sent twice takes in nothing twice, so the answer to it can be shown at once.
    """
    if request.method == "GET":
        return _page(request, CaptureForm(), [])
    form = CaptureForm(request.POST)
    if not form.is_valid():
        return _page(request, form, [], status=422)
    captured, troubles = take_in_all(form.cleaned_data["addresses"], by=_editor(request))
    if not troubles:
        return _page(request, CaptureForm(), captured)
    form = CaptureForm({"addresses": "\n".join(troubles)})  # what is left to mend; the rest is done
    form.is_valid()
    for trouble in troubles.values():
        form.add_error("addresses", trouble)
    return _page(request, form, captured, status=422)


def take_in_all(
    addresses: list[str], *, by: AbstractBaseUser | None
) -> tuple[list[Captured], dict[str, str]]:
    """Take in each address; gives what was taken in, and the sentence of each that was not."""
    captured: list[Captured] = []
    troubles: dict[str, str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        pages = list(pool.map(partial(_fetched, limits=limits()), addresses))
    for address, page in zip(addresses, pages, strict=True):
        try:
            if isinstance(page, PressError):
                raise page
            captured.append(take_in(page, by=by))
        except PressError as error:
            troubles[address] = str(error)
        except OSError as error:
            troubles[address] = _not_kept(address, error)
    return captured, troubles


def _not_kept(address: str, error: OSError) -> str:
    if error.errno is None:  # no disk's: a store's own sentence, which says what to do
        return f"{address} could not be kept. {error}"
    return f"{address} could not be kept ({error.strerror or error}); make room on the disk and try again."


def _editor(request: HttpRequest) -> AbstractBaseUser | None:
    return request.user if request.user.is_authenticated else None


def _fetched(address: str, limits: Limits) -> Fetched | PressError:
    try:
        return fetch(address, limits=limits)
    except PressError as error:
        return error


def _page(
    request: HttpRequest, form: CaptureForm, captured: list[Captured], *, status: int = 200
) -> HttpResponse:
    return render(request, "press/capture.html", {"form": form, "captured": captured}, status=status)
