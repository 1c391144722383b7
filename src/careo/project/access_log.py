"""A line of JSON for each answer, on standard output: CAREO_ACCESS_LOG=on. Off by default.

It says what was answered and how fast. Who asked is left out, address, cookies and query string alike: what somebody
reads or searches for is theirs. So are the keys in the addresses of an account: they set a password, or are worth money.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from careo.edge.observer import Observer

# An address below these may hold a key: its first word is shown, and no more.
_KEYS_BELOW = ("/account/", "/desk/password_reset/")


def _print(line: str) -> None:
    """Or not, where the disk is full, or whoever read the lines has gone: the answer is worth more than its line."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def without_keys(path: str) -> str:
    """An address as the log may show it.

    >>> without_keys("/account/gift/5f0c2a/")
    '/account/gift/…'
    """
    for beginning in _KEYS_BELOW:
        if path.startswith(beginning):
            word, slash, rest = path[len(beginning) :].partition("/")
            return f"{beginning}{word}{slash}{'…' if rest else ''}"
    return path


class AccessLog:
    """An observer of the edge; `write` is given each line without its end."""

    watches = True

    def __init__(self, write: Callable[[str], None] = _print) -> None:
        self._write = write

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        self._line(method=method, path=without_keys(path), status=status, by=kind, bytes=size)

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        by = "stale" if stale else "django"
        self._line(method=method, path=without_keys(path), status=status, by=by, ms=round(seconds * 1000, 1))

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
