"""Back up a newspaper into one file, and restore it elsewhere.

The file is a tar of: `careo.json` (version, database, when, and the SHA-256 of every member), `database.sqlite3` (taken
by SQLite's own online backup, so that the paper may go on being written), and the folders of CAREO_DATA that cannot be
made again: snapshots, pictures and documents, kept mail, and the secret. The page store is left out: it fills itself.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import lzma
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from careo import __version__
from careo.project.folder import make_folder

KEPT = ("snapshots", "media", "mail", "secret", "demo.json")
DATABASE = "database.sqlite3"
MANIFEST = "careo.json"


class BackupTrouble(Exception):
    """A back-up that could not be made or taken back; nothing half-done is left."""


def back_up(data: Path, database: Path, target: Path) -> int:
    """Write everything under `data` that must not be lost to `target`, whole or not at all; its size in bytes."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / DATABASE
            _copy_database(database, copy)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                _write(file, {DATABASE: copy, **_members(data)})
                file.flush()
                os.fsync(file.fileno())
        draft.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupTrouble(
            f"{target} was not written ({_why(error)}) and nothing was kept of it; see to that, or choose another place."
        ) from error
    finally:
        if target.parent.is_dir():
            draft.unlink(missing_ok=True)
    return target.stat().st_size


def restore(source: Path, data: Path, database: Path) -> None:
    """Lay a back-up into `data`, which must hold no newspaper yet; checked whole before anything is put in place."""
    if database.exists():
        raise BackupTrouble(
            f"{data} holds a newspaper already; set CAREO_DATA to an empty folder to restore into."
        )
    make_folder(data)
    draft = Path(tempfile.mkdtemp(prefix=".restore-", dir=data))
    try:
        _unpack(source, draft)
        for path in draft.iterdir():
            if path.name in KEPT:
                _put(path, data / path.name)
        _put(
            draft / DATABASE, database
        )  # last: until it is there, this is no newspaper and restoring can be tried again
    except _NOT_WHOLE as error:
        raise BackupTrouble(
            f"{source} is not a whole back-up of Careo ({error}); nothing was restored. Give another one."
        ) from error
    except OSError as error:
        raise BackupTrouble(
            f"{source} was not restored into {data} ({_why(error)}); see to that and do it again."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


# What a file that is no back-up, or half of one, makes of being read as one.
_NOT_WHOLE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


def _why(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _put(path: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.move(path, target)
        return
    draft = target.with_name(
        f".{target.name}.{os.getpid()}"
    )  # on another disk moving is copying, which may end half-way
    try:
        shutil.move(path, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _copy_database(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)


def _members(data: Path) -> dict[str, Path]:
    return {str(path.relative_to(data)): path for name in KEPT for path in _files(data / name)}


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())


def _write(file: io.BufferedWriter, members: dict[str, Path]) -> None:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
        digests = {}
        for name, path in members.items():
            tar.add(path, arcname=name, recursive=False)
            digests[name] = _sha256(path)
        _add_bytes(tar, MANIFEST, json.dumps(_manifest(digests), indent=1).encode())


def _manifest(digests: dict[str, str]) -> dict[str, object]:
    return {"careo": 1, "version": __version__, "made": datetime.now(UTC).isoformat(), "sha256": digests}


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> None:
    with tarfile.open(source, mode="r:*") as tar:
        for member in tar:
            _unpack_member(tar, member, folder)
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise ValueError("it has no careo.json")
    for name, digest in json.loads(manifest.read_text())["sha256"].items():
        if _sha256(folder / name) != digest:
            raise ValueError(f"{name} is damaged")


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """A file to its place under `folder`. Raises ValueError for what would land elsewhere, and for links and devices.

    Not by tarfile's own filter: the Python 3.11 of Debian 12 is older than that.
    """
    if member.isdir():
        return
    target = (folder / member.name).resolve()
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or not target.is_relative_to(folder.resolve()):
        raise ValueError(f"{member.name} has no place in one")
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise ValueError(f"{path.name} is missing")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
