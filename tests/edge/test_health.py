"""Whoever starts and balances servers is told whether this one lives and can serve, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from careo.edge.health import HEALTH, READY, Health


def asked(health: Health, path: str, method: str = "GET") -> tuple[int, str]:
    given = asyncio.run(health.answer(path, method))
    return given.status, given.body.decode()


def test_a_process_that_answers_is_healthy_whatever_its_parts_do() -> None:
    assert asked(Health(lambda: ("database",)), HEALTH) == (200, "ok\n")


def test_it_is_ready_when_no_part_fails_and_names_those_that_do() -> None:
    assert asked(Health(), READY) == (200, "ready\n")
    assert asked(Health(lambda: ("database", "page store")), READY) == (
        503,
        "not ready: database, page store\n",
    )
    assert asked(Health(lambda: ("database",)), READY, "HEAD") == (503, "")


def test_a_probe_that_breaks_is_not_ready() -> None:
    def broken() -> Sequence[str]:
        raise RuntimeError("no driver")

    assert asked(Health(broken), READY) == (503, "not ready: unknown\n")


def test_asking_often_probes_once_a_second() -> None:
    now, probed = [0.0], [0]

    def probe() -> Sequence[str]:
        probed[0] += 1
        return ()

    async def ask_at(*moments: float) -> None:
        for moment in moments:
            now[0] = moment
            assert (await health.answer(READY, "GET")).status == 200

    health = Health(probe, clock=lambda: now[0])
    asyncio.run(ask_at(0.0, 0.3, 0.9, 1.0, 1.5))
    assert probed == [2]
