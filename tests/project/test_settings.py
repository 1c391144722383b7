"""What Django is set to, where its own default would not do."""

from __future__ import annotations

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache


def test_counted_attempts_are_not_thrown_out_by_a_crowd_of_others() -> None:
    cache = LocMemCache("a-crowd", settings.CACHES["default"])
    cache.set("attempts:nadia", 5)
    for number in range(10_000):
        cache.set(f"attempts:{number}", 1)
    assert cache.get("attempts:nadia") == 5
