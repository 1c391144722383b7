"""Counts are shared through Redis, and kept by each process for itself while it is away."""

from __future__ import annotations

import socket

import pytest

from careo.project.cache import PAUSE_SECONDS, SturdyCache
from tests.tools.valkey import running_valkey


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock by which Redis is asked again, in seconds."""
    now = [1_000.0]
    monkeypatch.setattr("careo.project.cache.time.monotonic", lambda: now[0])
    return now


def test_what_one_process_counts_another_sees_and_each_goes_on_alone_without_it(now: list[float]) -> None:
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
        now[0] += PAUSE_SECONDS
        assert one.get("attempts") is None, "what Redis says counts again"


def test_a_redis_that_takes_nothing_any_more_is_as_good_as_gone() -> None:
    with running_valkey() as valkey:
        full = SturdyCache(valkey.url, {})
        valkey.client().config_set("maxmemory", 1)
        assert full.add("attempts", 1)
        assert full.incr("attempts") == 2


def test_a_redis_that_does_not_answer_is_waited_for_once_in_a_while(
    now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        for _ in range(10):  # requests
            SturdyCache(url, {"OPTIONS": {"socket_timeout": 0.1}}).get("attempts")
        assert len(caplog.records) == 1
        now[0] += PAUSE_SECONDS
        SturdyCache(url, {"OPTIONS": {"socket_timeout": 0.1}}).get("attempts")
        assert len(caplog.records) == 2
