"""`/healthz`: the process answers. `/readyz`: it can serve, or which of its parts cannot.

Asked by whatever starts and balances servers, often by an address that is none of the paper's, so the Host does not
count; nothing is told but a word for each part. What `ready` found holds for a second, so that asking costs nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from careo.edge.answers import Answer

HEALTH, READY = "/healthz", "/readyz"
PATHS = frozenset((HEALTH, READY))
HOLDS_SECONDS = 1.0
PATIENCE_SECONDS = 5.0

# Says which parts cannot do their work, in a word each; may take a while.
Probe = Callable[[], Sequence[str]]


class Health:
    """`probe` is called in a thread; one that does not come back in time counts as a part that is slow."""

    def __init__(self, probe: Probe = tuple, clock: Callable[[], float] = time.monotonic) -> None:
        self._probe, self._clock = probe, clock
        self._asked = -HOLDS_SECONDS
        self._asking: asyncio.Task[Sequence[str]] | None = None

    async def answer(self, path: str, method: str) -> Answer:
        """200, or 503 naming the parts."""
        if path == HEALTH:
            return _words(200, "ok", method)
        failing = await self._failing()
        return (
            _words(503, f"not ready: {', '.join(failing)}", method)
            if failing
            else _words(200, "ready", method)
        )

    async def _failing(self) -> Sequence[str]:
        if self._asking is None or (self._asking.done() and self._clock() - self._asked >= HOLDS_SECONDS):
            self._asked = self._clock()
            self._asking = asyncio.create_task(asyncio.to_thread(self._looked))
        done, _ = await asyncio.wait({self._asking}, timeout=PATIENCE_SECONDS)
        return self._asking.result() if done else ("slow",)

    def _looked(self) -> Sequence[str]:
        try:
            return self._probe()
        except Exception:  # whatever it is: what cannot even be looked at is not ready
            return ("unknown",)


def _words(status: int, words: str, method: str) -> Answer:
    body = f"{words}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    return Answer(status, headers, b"" if method == "HEAD" else body)
