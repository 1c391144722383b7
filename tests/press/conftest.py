from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from careo.press.fetch import Fetched, fetch
from careo.press.limits import Limits
from tests.press.outlet import LocalOutlet, serving


@pytest.fixture
def outlet() -> Iterator[LocalOutlet]:
    """An outlet on this machine that nobody has allowed yet."""
    with serving() as local:
        yield local


@pytest.fixture
def ask(outlet: LocalOutlet) -> Callable[..., Fetched]:
    """Fetch from the outlet, which this fixture allows; limits may be given."""

    def asking(
        url: str, *, size: int = 100_000, seconds: float = 5.0, redirects: int = 5, **more: str
    ) -> Fetched:
        return fetch(url, limits=Limits(size, seconds, redirects, hosts=(outlet.host,)), **more)

    return asking


@pytest.fixture
def faro(outlet: LocalOutlet, settings: Any, tmp_path: Any) -> LocalOutlet:
    """El Faro de Alba on this machine, allowed by the settings; snapshots go to a folder of the test's own."""
    settings.CAREO_FETCH_HOSTS = (outlet.host,)
    snapshots = settings.STORAGES["snapshots"]
    settings.STORAGES = settings.STORAGES | {
        "snapshots": snapshots | {"OPTIONS": snapshots["OPTIONS"] | {"location": tmp_path / "snapshots"}}
    }
    return outlet
