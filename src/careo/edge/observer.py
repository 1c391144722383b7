"""Who is told what was answered, where anybody is: counts and logs are kept outside, so that the edge stays small."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Told of each answer. Called in the server's thread and in the loop: it must be safe for threads, and wait for
    nothing."""

    watches: bool  # asked before an answer from the store is described, which costs as much as giving it

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        """The edge answered by itself; `kind` is a variant, "file" or "health", `size` the bytes of the body."""

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        """Django answered, or failed and an older page was given; status 0 where the client had gone."""


class _Unobserved:
    watches = False

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        pass

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        pass


UNOBSERVED: Observer = _Unobserved()
