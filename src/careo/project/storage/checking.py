"""Is the store of use? Asked before anything is served: written, read, closed to strangers, deleted."""

from __future__ import annotations

import secrets

from careo.project.storage.address import StoreAddress
from careo.project.storage.backend import SnapshotStorage
from careo.project.storage.errors import (
    BucketMissing,
    OpenToAll,
    StoreRefuses,
    StoreTrouble,
    StoreUnreachable,
)
from careo.project.storage.store import Store

BODY = b"Careo tries whether it can keep something here, and whether strangers can read it."


def refuse_useless_store(address: StoreAddress | None) -> None:
    """Raises StoreTrouble, with the sentence that says what to mend. Leaves nothing in the store."""
    if address is None:
        return
    store, probe = Store(address, SnapshotStorage.folder), f"probe-{secrets.token_hex(8)}"
    store.put(probe, BODY)
    try:
        if store.get(probe) != BODY:
            raise StoreTrouble(f"The store ({address}) does not give back what was put into it; use another.")
        if _stranger_reads(address, probe):
            raise OpenToAll(address)
    finally:
        store.delete(probe)


def _stranger_reads(address: StoreAddress, probe: str) -> bool:
    """Whether who has no key is given a snapshot. Told that it is not there, the stranger is at least not given it."""
    try:
        Store(address, SnapshotStorage.folder, anonymous=True).get(probe)
    except (StoreRefuses, BucketMissing, FileNotFoundError):
        return False
    except StoreUnreachable:  # what has just answered to us does not to a stranger
        return False
    return True
