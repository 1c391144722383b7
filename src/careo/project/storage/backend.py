"""Django's storages over a store in S3's manner: one for pictures and documents, one for snapshots.

`name` is what the database keeps, the same as on a disk, so that files can be moved from one to the other.
"""

from __future__ import annotations

import mimetypes
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage

from careo.project.storage.address import StoreAddress
from careo.project.storage.errors import PictureAway, StoreTrouble
from careo.project.storage.store import Store

LONGEST = 1024  # bytes of a key, prefix included, by S3; a disk's limit of 255 bytes holds for each part
_LONGEST_PART, _ROOM_FOR_PREFIX = 255, 200


class ObjectStorage(Storage):
    """The folder `folder` of the store; what is put in is whole or not there, and kept when `save` returns."""

    folder = ""

    def __init__(self, address: StoreAddress) -> None:
        self.address = address

    @cached_property
    def store(self) -> Store:
        return Store(self.address, self.folder)

    def exists(self, name: str) -> bool:
        return self.store.ask(key(name)) is not None

    def size(self, name: str) -> int:
        return self._told(name)[0]

    def get_modified_time(self, name: str) -> datetime:
        return self._told(name)[1]

    def delete(self, name: str) -> None:
        self.store.delete(key(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self.store.beside("" if path in ("", ".") else key(path.strip("/")))

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode not in ("rb", "r"):
            raise ValueError(
                "What is in a store is read, or replaced as a whole; it cannot be opened for writing."
            )
        return File(BytesIO(self.store.get(key(name))), name)

    def _told(self, name: str) -> tuple[int, datetime]:
        told = self.store.ask(key(name))
        if told is None:
            raise FileNotFoundError(f"The store has no {name}.")
        return told.size, told.changed


class MediaStorage(ObjectStorage):
    """Pictures and documents. A name is given once and never again: what is kept of a picture under way to a reader
    (`careo.project.storage.pictures`) can be shown as long as the picture is there."""

    folder = "media"

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            return super()._open(name, mode)
        except StoreTrouble as error:
            raise PictureAway(error) from error

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name with seven random letters, free or not: of two machines that asked, both might find it free."""
        folder, _, file = str(name).replace("\\", "/").rpartition("/")
        ending = "".join(PurePosixPath(file).suffixes)
        fresh = self.get_alternative_name(file.removesuffix(ending), ending)
        return super().get_available_name(f"{folder}/{fresh}" if folder else fresh, max_length)

    def url(self, name: str | None) -> str:
        """At the paper's own address: nobody learns of the store's."""
        from django.conf import settings

        return settings.MEDIA_URL + quote(key(name or ""))

    def delete(self, name: str) -> None:
        from careo.project.storage.pictures import forget

        super().delete(name)
        forget(name)

    def _save(self, name: str, content: File[Any]) -> str:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.store.put_new(key(name), _body(content), content_type=kind)
        return name


class SnapshotStorage(ObjectStorage):
    """What other outlets printed, each named by its own digest: the same name has the same bytes. It has no address."""

    folder = "snapshots"

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        self.store.put(key(name), _body(content))
        return name


def key(name: str) -> str:
    """The name as the store has it. Raises SuspiciousFileOperation for one that might be read as another's place."""
    parts = name.split("/")
    told = name.encode("utf-8", "surrogatepass")
    if (
        any(
            part in ("", ".", "..") or len(part.encode("utf-8", "surrogatepass")) > _LONGEST_PART
            for part in parts
        )
        or len(told) > LONGEST - _ROOM_FOR_PREFIX
        or "\\" in name
        or any(not letter.isprintable() for letter in name)
    ):
        raise SuspiciousFileOperation(f"{name[:100]!r} is no name for a file.")
    return name


def _body(content: File[Any]) -> bytes:
    content.seek(0)
    pieces = (piece.encode() if isinstance(piece, str) else piece for piece in content.chunks())
    return b"".join(pieces)
