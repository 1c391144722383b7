"""One folder of a bucket, by obstore: put, get, ask, delete, list; its troubles as `StoreTrouble`.

A put is whole or not at all, and durable when it returns, as far as the store keeps its word. All is tried again for a
few seconds: a store behind a proxy drops a line now and then. No Django.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from careo.project.storage.address import StoreAddress
from careo.project.storage.errors import BucketMissing, NameTaken, StoreRefuses, StoreUnreachable

if TYPE_CHECKING:
    from obstore.store import S3Store

TRIES_AGAIN = 3
GIVE_UP = timedelta(seconds=5)  # an editor waits for it, and a visitor for a picture
CONNECT, ANSWER = timedelta(seconds=2), timedelta(seconds=20)  # 32 MB, the most that is taken, in the latter


class Told(NamedTuple):
    """What the store knows of one object."""

    name: str
    size: int  # bytes
    changed: datetime


class Store:
    """`folder` is below the address's prefix. Raises ImportError where obstore is missing."""

    def __init__(self, address: StoreAddress, folder: str, *, anonymous: bool = False) -> None:
        self.address = replace(address, prefix="/".join(part for part in (address.prefix, folder) if part))
        self._store = _connected(self.address, anonymous=anonymous)

    def put(self, name: str, body: bytes, *, content_type: str = "application/octet-stream") -> None:
        """Keep it under this name, whatever was there. Raises StoreTrouble."""
        self._put(name, body, content_type, "overwrite")

    def put_new(self, name: str, body: bytes, *, content_type: str) -> None:
        """Keep it under a name that nothing has. Raises NameTaken, StoreTrouble.

        Where the first answer was lost, the second try finds the name taken, by ourselves: then it holds these bytes.
        """
        import obstore.exceptions

        try:
            self._put(name, body, content_type, "create")
        except obstore.exceptions.AlreadyExistsError:
            if self.get(name) != body:
                raise NameTaken(name) from None

    def get(self, name: str) -> bytes:
        """Raises FileNotFoundError, StoreTrouble."""
        import obstore

        with self._told(name):
            return bytes(obstore.get(self._store, name).bytes())

    def ask(self, name: str) -> Told | None:
        """None where there is nothing of this name. Raises StoreTrouble."""
        import obstore

        try:
            with self._told(name):
                return _told(obstore.head(self._store, name))
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        """No matter whether it was there. Raises StoreTrouble."""
        import obstore

        try:
            with self._told(name):
                obstore.delete(self._store, name)
        except FileNotFoundError:
            return

    def all(self, below: str = "") -> Iterator[Told]:
        """Every object of the folder, in the order of their names. Raises StoreTrouble."""
        import obstore

        with self._told(below):
            for some in obstore.list(self._store, below or None):
                yield from map(_told, some)

    def beside(self, below: str) -> tuple[list[str], list[str]]:
        """The names of folders and of files right below. Raises StoreTrouble."""
        import obstore

        with self._told(below):
            found = obstore.list_with_delimiter(self._store, below or None)
        names = [one["path"].rpartition("/")[2] for one in found["objects"]]
        return [one.rpartition("/")[2] for one in found["common_prefixes"]], names

    def _put(self, name: str, body: bytes, content_type: str, mode: Any) -> None:
        import obstore

        try:
            with self._told(name):
                # In one piece: of an upload in parts that broke off, the parts would stay and be paid for.
                obstore.put(
                    self._store,
                    name,
                    body,
                    mode=mode,
                    use_multipart=False,
                    attributes={"Content-Type": content_type},
                )
        except FileNotFoundError:
            raise BucketMissing(self.address) from None

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """obstore's errors as ours. Which are meant is told apart by the store's own words (S3's error codes)."""
        import obstore.exceptions as theirs

        try:
            yield
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise BucketMissing(self.address) from None
            raise FileNotFoundError(f"The store has no {name}.") from None
        except (theirs.AlreadyExistsError, theirs.InvalidPathError):
            raise
        except (theirs.PermissionDeniedError, theirs.UnauthenticatedError) as error:
            raise StoreRefuses(self.address) from error
        except theirs.BaseError as error:
            raise self._meant(str(error)) from error

    def _meant(self, said: str) -> BucketMissing | StoreRefuses | StoreUnreachable:
        if "NoSuchBucket" in said:
            return BucketMissing(self.address)
        if "403 Forbidden" in said or "401 Unauthorized" in said:  # lists say it so
            return StoreRefuses(self.address)
        return StoreUnreachable(self.address)


def _told(meta: Any) -> Told:
    return Told(meta["path"], meta["size"], meta["last_modified"])


def _connected(address: StoreAddress, *, anonymous: bool) -> S3Store:
    from obstore.store import S3Store

    config: dict[str, Any] = {"region": address.region, "skip_signature": anonymous}
    if address.endpoint:
        config["endpoint"] = address.endpoint
    return S3Store(
        address.bucket,
        prefix=address.prefix or None,
        config=config,  # type: ignore[arg-type]  # a TypedDict
        client_options={
            "allow_http": address.endpoint.startswith("http://"),
            "connect_timeout": CONNECT,
            "timeout": ANSWER,
        },
        retry_config={
            "max_retries": TRIES_AGAIN,
            "retry_timeout": GIVE_UP,
            "backoff": {
                "init_backoff": timedelta(milliseconds=100),
                "max_backoff": timedelta(seconds=1),
                "base": 2,
            },
        },
    )
