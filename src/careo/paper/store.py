"""The one page store of this process, and dropping from it when a transaction has come to pass."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from careo.edge.shared import SharedPageStore
from careo.edge.store import PageStore


def page_store() -> PageStore:
    """The store over CAREO_PAGES; the edge in the same process is given this very one."""
    return _store_over(Path(settings.CAREO_PAGES), settings.CAREO_PAGES_MEMORY)


@lru_cache(maxsize=4)  # one in production; tests point CAREO_PAGES elsewhere
def _store_over(folder: Path, megabytes: int) -> PageStore:
    memory = megabytes * 1024 * 1024
    if not settings.CAREO_REDIS_URL:
        return PageStore(folder, memory_bytes=memory)
    stream = f"careo:drops:{urlsplit(settings.CAREO_ADDRESS).netloc}"
    return SharedPageStore(folder, redis_url=settings.CAREO_REDIS_URL, stream=stream, memory_bytes=memory)


def drop_on_commit(tags: Collection[str], *, merely_old: Collection[str] = ()) -> None:
    """Drop what carries one of the tags once the change is there for all to see, and not if it is rolled back.

    Pages that are `merely_old` may still be shown, marked as such, while they cannot be made anew.
    """
    transaction.on_commit(partial(_drop, frozenset(tags), frozenset(merely_old)))


def _drop(tags: frozenset[str], merely_old: frozenset[str]) -> None:
    page_store().drop(tags, merely_old=merely_old)
