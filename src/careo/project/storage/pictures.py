"""A picture that is kept in a store, under way to readers: fetched once by each machine, then handed out by the edge.

    reader ─▶ edge ─ a copy in CAREO_DATA/pictures, good for a minute ─▶ answered
               └──── none, or an older one ─▶ here: is it still in the store? ─▶ copied or touched ─▶ answered

A name is given once (`MediaStorage`), so that a copy is right as long as the picture is there. Where the store cannot
be asked, what was shown is shown. Only what the edge would hand out is looked for: no original, document or snapshot.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from careo.edge.files import PUBLIC_MEDIA, content_type, is_public_picture
from careo.edge.page import Page
from careo.edge.protection import FILE_POLICY
from careo.project.storage.errors import StoreTrouble

GOOD_SECONDS = (
    60.0  # a picture that was taken back is shown by other machines no longer; browsers keep it for an hour
)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture as the edge would answer with it, which does so from now on for a while."""
    wanted = f"{PUBLIC_MEDIA}/{name}"
    if not is_public_picture(wanted) or not all(letter.isprintable() for letter in wanted):
        raise Http404
    file = bring(wanted)
    page = Page(file.read_bytes(), content_type(file), int(file.stat().st_mtime))
    response = HttpResponse(page.body, content_type=page.content_type)
    response["ETag"], response["Last-Modified"] = page.etag, http_date(page.last_modified)
    response["Cache-Control"] = "public, max-age=3600"
    response["Vary"] = "Accept-Encoding"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, page.etag, page.last_modified, response) or response


def bring(name: str) -> Path:
    """This machine's copy, good from now on. Raises Http404 where the picture is no more, StoreTrouble where it cannot
    be had."""
    copy = Path(settings.MEDIA_ROOT, name)
    if copy.is_file():
        if _is_kept(name):
            copy.chmod(0o600)  # touches it, and leaves the day of its last change
            return copy
        copy.unlink(missing_ok=True)
        raise Http404
    try:
        with default_storage.open(name) as file:
            body = file.read()
    except FileNotFoundError:
        raise Http404 from None
    _lay(copy, body)
    return copy


def forget(name: str) -> None:
    """This machine hands out a picture no longer that it took back."""
    if is_public_picture(name):
        with suppress(OSError):
            Path(settings.MEDIA_ROOT, name).unlink()


def _is_kept(name: str) -> bool:
    try:
        return default_storage.exists(name)
    except StoreTrouble:
        return True


def _lay(copy: Path, body: bytes) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=copy.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(draft).replace(copy)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
