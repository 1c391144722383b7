"""Django's cache in Redis, and in this process's memory while Redis cannot be reached.

Attempts to log in are counted in it: with Redis gone each machine counts for itself, which is better than letting
everybody in or nobody. So it does where Redis answers and takes nothing, being full or a replica. After a failure it is not
asked for some seconds: whoever logs in would else wait for it at each count.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
_paused_until: dict[str, float] = {}  # monotonic seconds, by address; Django makes a cache for each request

# All that a cache does by itself; the rest of Django's interface is made of these.
_ACTS = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "clear",
    "incr",
    "has_key",
    "get_many",
    "set_many",
    "delete_many",
)


class SturdyCache(BaseCache):
    """Takes what RedisCache takes, and `MAX_ENTRIES` for its own memory."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._server = server
        own = dict(params.get("OPTIONS", {}))
        local = {"OPTIONS": {"MAX_ENTRIES": own.pop("MAX_ENTRIES", 50_000)}}
        self._shared = RedisCache(server, {**params, "OPTIONS": own})
        self._local = LocMemCache(f"careo {server}", {**params, **local})

    def close(self, **kwargs: Any) -> None:
        self._shared.close(**kwargs)


def _sturdy(name: str) -> Callable[..., Any]:
    def act(self: SturdyCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _paused_until.get(self._server, 0.0):
            try:
                return getattr(self._shared, name)(*args, **kwargs)
            except redis.RedisError as error:
                log.warning("The cache cannot be used (%s); this process counts for itself.", error)
                _paused_until[self._server] = time.monotonic() + PAUSE_SECONDS
        return getattr(self._local, name)(*args, **kwargs)

    act.__name__ = name
    return act


for _name in _ACTS:
    setattr(SturdyCache, _name, _sturdy(_name))
