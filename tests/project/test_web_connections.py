"""How many connections the server takes: as many as leave it files to open."""

from __future__ import annotations

import resource

import pytest

from careo.project.web import BACKPRESSURE, _allow_connections


@pytest.mark.parametrize(
    ("soft", "hard", "files", "connections"),
    [
        (1_024, resource.RLIM_INFINITY, 2 * BACKPRESSURE, BACKPRESSURE),
        (1_024, 524_288, 2 * BACKPRESSURE, BACKPRESSURE),
        (100_000, 524_288, 100_000, BACKPRESSURE),
        (1_024, 4_096, 4_096, 2_048),
        (256, 256, 256, 128),
    ],
)
def test_half_of_the_files_that_may_be_open_are_left_for_others(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, files: int, connections: int
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: asked.append(limits))
    assert _allow_connections() == connections
    assert asked == [(files, hard)]
