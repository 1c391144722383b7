"""Counts are shared through Redis, and kept by each process for itself while it is away."""

from __future__ import annotations

from careo.project.cache import SturdyCache
from tests.tools.valkey import running_valkey


def test_what_one_process_counts_another_sees_and_each_goes_on_alone_without_it() -> None:
    with running_valkey() as valkey:
        options = {"OPTIONS": {"socket_connect_timeout": 0.5}}
        one, other = SturdyCache(valkey.url, options), SturdyCache(valkey.url, options)
        assert one.add("attempts", 1)
        assert not other.add("attempts", 1)
        assert other.incr("attempts") == 2
        assert one.get_many(["attempts", "none"]) == {"attempts": 2}
        valkey.stop()
        assert one.get("attempts") is None
        one.set("attempts", 7)
        assert one.incr("attempts") == 8
        assert one.get_or_set("other", 3) == 3
        valkey.start()
        assert one.get("attempts") is None, "what Redis says counts again"
