"""A line of JSON for each answer, on standard output: CAREO_ACCESS_LOG=on. Off by default.

It says what was answered and how fast. Who asked is left out, address, cookies and query string alike: what somebody
reads or searches for is theirs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from careo.edge.observer import Observer


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class AccessLog:
    """An observer of the edge; `write` is given each line without its end."""

    watches = True

    def __init__(self, write: Callable[[str], None] = _print) -> None:
        self._write = write

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        self._line(method=method, path=path, status=status, by=kind, bytes=size)

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        by = "stale" if stale else "django"
        self._line(method=method, path=path, status=status, by=by, ms=round(seconds * 1000, 1))

    def _line(self, **facts: object) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._write(json.dumps({"at": at, **facts}))


class Observers:
    """Several observers as one."""

    def __init__(self, observers: Sequence[Observer]) -> None:
        self._observers = tuple(observers)
        self.watches = any(one.watches for one in self._observers)

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        for one in self._observers:
            one.given(method, path, status, size, kind)

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        for one in self._observers:
            one.passed_on(method, path, status, seconds, stale)
