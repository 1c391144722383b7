"""The bytes of pages, kept for ever under their SHA-256, whole or not at all.

A file is written beside its place and moved there: nobody ever sees half of one, and a full disk leaves nothing
behind. The row comes after the bytes, so that no row is without them; bytes without a row do no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from careo.press.models import Snapshot


def keep(body: bytes) -> str:
    """Keep a page's bytes; what is there already is not written again. Gives their SHA-256. Raises OSError."""
    sha256 = hashlib.sha256(body).hexdigest()
    storage, name = storages["snapshots"], _name(sha256)
    if not (storage.exists(name) and storage.size(name) == len(body)):
        place = _path(storage, name)
        if place is None:
            storage.save(name, ContentFile(body))  # an object store shows an object when it is whole
        else:
            _write(place, body)
    return sha256


def bytes_of(snapshot: Snapshot) -> bytes:
    """A snapshot's bytes, as fetched. Raises OSError."""
    with storages["snapshots"].open(_name(snapshot.sha256)) as file:
        body: bytes = file.read()
    return body


def digest_of(snapshot: Snapshot) -> str:
    """The SHA-256 of the bytes as they are kept now, read piece by piece. Raises OSError."""
    digest = hashlib.sha256()
    with storages["snapshots"].open(_name(snapshot.sha256)) as file:
        for piece in file.chunks():
            digest.update(piece)
    return digest.hexdigest()


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _path(storage: Storage, name: str) -> Path | None:
    """Where a storage of files keeps it; None for one that has no files."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None


def _write(place: Path, body: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
