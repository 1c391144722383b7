"""Carry a paper's files from the disk into a store, or back: each compared by SHA-256 after it was written, none deleted.

Begun again it passes over what is there already, byte for byte; what differs is written anew.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from careo.project.storage.address import StoreAddress
from careo.project.storage.backend import key
from careo.project.storage.errors import StoreTrouble
from careo.project.storage.store import Store

FOLDERS = ("media", "snapshots")  # the same names in CAREO_DATA and in the store


@dataclass
class Moved:
    """How many files were written, and how many were there already."""

    written: int = 0
    there: int = 0


def move_to_store(data: Path, address: StoreAddress) -> Moved:
    """Raises StoreTrouble, OSError."""
    moved = Moved()
    for folder in FOLDERS:
        store = Store(address, folder)
        for path in _files(data / folder):
            name, body = key(path.relative_to(data / folder).as_posix()), path.read_bytes()
            if _same(_in_store(store, name, len(body)), body):
                moved.there += 1
                continue
            store.put(name, body, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
            _compare(name, _in_store(store, name, len(body)), body)
            moved.written += 1
    return moved


def move_to_disk(data: Path, address: StoreAddress) -> Moved:
    """Raises StoreTrouble, OSError."""
    moved = Moved()
    for folder in FOLDERS:
        store = Store(address, folder)
        for told in store.all():
            place, body = data / folder / key(told.name), store.get(told.name)
            if _same(_on_disk(place), body):
                moved.there += 1
                continue
            _write(place, body)
            _compare(told.name, _on_disk(place), body)
            moved.written += 1
    return moved


def _files(folder: Path) -> Iterator[Path]:
    """Those of ours; drafts of writers that were killed are none."""
    yield from sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".draft-")
    )


def _in_store(store: Store, name: str, size: int) -> bytes | None:
    told = store.ask(name)
    return store.get(name) if told is not None and told.size == size else None


def _on_disk(place: Path) -> bytes | None:
    return place.read_bytes() if place.is_file() else None


def _same(there: bytes | None, body: bytes) -> bool:
    return there is not None and _digest(there) == _digest(body)


def _compare(name: str, there: bytes | None, body: bytes) -> None:
    if not _same(there, body):
        raise StoreTrouble(
            f"{name} is not what was written; nothing was deleted. Look at the store, and begin again."
        )


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _write(place: Path, body: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
