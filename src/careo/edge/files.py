"""Static files and the pictures of stories, without Django and without copying them to a folder first.

Static files are those of a map drawn up once, from URL to file, so that no path from outside ever names a file. Of
the media folder only pictures under `images/` are public: originals, documents and whatever else lies there are not.

Where pictures are kept elsewhere and the folder holds copies, a copy is good for some seconds (`media_seconds`) since it was
made or touched; after them it is passed over, and whoever stands behind says whether the picture is still there.
"""

from __future__ import annotations

import mimetypes
import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import NamedTuple

from careo.edge.page import Page

MEMORY_BYTES = 32 * 1024 * 1024
PUBLIC_MEDIA = "images"
# Only what a browser shows as a picture: a page of HTML that somebody got into the folder stays there.
PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
_TEXT = ("application/javascript", "application/json")


class _AtHand(NamedTuple):
    page: Page
    changed: tuple[int, int]  # modified (ns), size: what tells that the file is another by now


class Files:
    """Finds and keeps files; `load` reads the disk, the rest does not wait. Safe for threads."""

    def __init__(
        self,
        static: Mapping[str, Path],
        *,
        media: Path | None = None,
        media_url: str = "/media/",
        media_seconds: float | None = None,
        memory_bytes: int = MEMORY_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.static = dict(static)
        self.media = media
        self.media_url = media_url
        self.media_seconds = media_seconds
        self.memory_bytes = memory_bytes
        self.clock = clock
        self._weight = 0
        self._at_hand: OrderedDict[Path, _AtHand] = OrderedDict()
        self._mutex = Lock()

    def locate(self, path: str) -> Path | None:
        """The file that this path of a URL is allowed to show; None for any other. Static ones are taken on trust."""
        return self.static.get(path) or self._picture(path)

    def at_hand(self, file: Path) -> Page | None:
        """The file, if it is in memory and has not changed on the disk."""
        with self._mutex:
            kept = self._at_hand.get(file)
            if kept is None:
                return None
            self._at_hand.move_to_end(file)
        return kept.page if kept.changed == _changed(file) else None

    def load(self, file: Path) -> Page | None:
        """The file from the disk, compressed where that helps; None where it is gone."""
        changed = _changed(file)
        try:
            body = file.read_bytes()
        except OSError:
            return None
        if changed is None:
            return None
        page = Page(body, content_type(file), changed[0] // 1_000_000_000).compressed()
        self._keep(file, _AtHand(page, changed))
        return page

    def _keep(self, file: Path, kept: _AtHand) -> None:
        with self._mutex:
            if (old := self._at_hand.pop(file, None)) is not None:
                self._weight -= old.page.weight
            self._at_hand[file] = kept
            self._weight += kept.page.weight
            while self._weight > self.memory_bytes:
                _, gone = self._at_hand.popitem(last=False)
                self._weight -= gone.page.weight

    def _picture(self, path: str) -> Path | None:
        if self.media is None or not path.startswith(f"{self.media_url}{PUBLIC_MEDIA}/"):
            return None
        name = path[len(self.media_url) :]
        if not is_public_picture(name):
            return None
        try:
            # Followed to its end: a link in the folder must not lead out of it.
            file = self.media.joinpath(*name.split("/")).resolve(strict=True)
            public = self.media.joinpath(PUBLIC_MEDIA).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return None
        return file if file.is_relative_to(public) and file.is_file() and self._is_good(file) else None

    def _is_good(self, file: Path) -> bool:
        if self.media_seconds is None:
            return True
        try:
            touched = file.stat().st_ctime
        except OSError:
            return False
        return self.clock() - touched < self.media_seconds


def is_public_picture(name: str) -> bool:
    """May everybody have what lies under this name in the media folder, if anything does?"""
    parts = name.split("/")
    if parts[0] != PUBLIC_MEDIA or len(parts) < 2:
        return False
    if any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts):
        return False
    return PurePosixPath(name).suffix.lower() in PICTURES


def content_type(file: Path) -> str:
    """By the name's ending; text is said to be UTF-8."""
    kind = (
        PICTURES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    )
    if kind.endswith("javascript"):
        kind = "text/javascript"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXT else kind


def _changed(file: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(file)  # noqa: PTH116  # asked at each request; Path.stat takes twice as long
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None
