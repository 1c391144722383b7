"""Where static files lie, and the addresses that say which version of each is meant.

Files are served from where their packages put them: nothing is collected, so nothing can be forgotten or stale. A
digest of the content in the address (`/static/paper/paper.css?v=3f2a…`) lets browsers keep a file for ever and still
see a new one at once.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


def static_files() -> dict[str, Path]:
    """From the path of a URL to the file, for every static file of every installed application; the first one wins."""
    files: dict[str, Path] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            prefix = getattr(storage, "prefix", None)
            url = f"{settings.STATIC_URL}{prefix}/{name}" if prefix else f"{settings.STATIC_URL}{name}"
            files.setdefault(url, Path(storage.path(name)))
    return files


class VersionedStaticFiles(StaticFilesStorage):
    """`{% static %}` with the content's digest in the address."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        address = str(super().url(name, *args, **kwargs))
        version = _version(name) if name and "?" not in address else None
        return f"{address}?v={version}" if version else address


@cache
def _version(name: str) -> str | None:
    """Ten characters of the content's digest; None where there is no such file."""
    found = finders.find(name.partition("#")[0])
    if not isinstance(found, str):
        return None
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]
