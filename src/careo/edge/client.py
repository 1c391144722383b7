"""Whose request is it, when it comes through proxies we trust?

A proxy appends the address it was called from to X-Forwarded-For. Read from the right, the first address that is not
a trusted proxy's is the client's; everything left of it may be invented.

>>> client("10.0.0.1", "6.6.6.6, 203.0.113.9", trusted=networks(["10.0.0.0/8"]))
'203.0.113.9'
>>> client("203.0.113.9", "6.6.6.6", trusted=networks(["10.0.0.0/8"]))
'203.0.113.9'
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(texts: Iterable[str]) -> Networks:
    """Addresses and networks as settings write them. Raises ValueError naming the first that is neither."""
    return tuple(ip_network(text, strict=False) for text in texts)


def client(peer: str, forwarded: str, *, trusted: Networks) -> str:
    """The address of the client, as far as it can be believed; `forwarded` is X-Forwarded-For."""
    address = peer
    for claimed in reversed(forwarded[-1_000:].split(",")):
        if not _trusted(address, trusted):
            return address
        if not _is_address(claimed.strip()):
            return address
        address = claimed.strip()
    return address


def _trusted(text: str, trusted: Networks) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
