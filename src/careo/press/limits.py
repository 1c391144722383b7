"""How much a fetch may take. Who calls reads the settings: `fetch` itself knows no environment and no Django."""

from __future__ import annotations

from dataclasses import dataclass

HEADER_BYTES = 100 * 1024  # what httpcore's parser holds of one head; a real page's is under 16 KiB


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes, as sent and again decompressed; `seconds` for everything from the name's resolution to the
    last byte, redirects included; `hosts` may be fetched although their addresses are private or local."""

    size: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    hosts: tuple[str, ...] = ()

    def names(self, host: str, port: int) -> bool:
        """Whether an operator named this host, or this host with this port.

        >>> Limits(hosts=("localhost:8001", "[::1]")).names("LOCALHOST", 8001)
        True
        >>> Limits(hosts=("localhost:8001",)).names("localhost", 22)
        False
        """
        host = host.casefold()
        bare = f"[{host}]" if ":" in host else host
        named = {entry.strip().casefold() for entry in self.hosts}
        return bool({host, bare, f"{bare}:{port}"} & named)
