"""Who is asking: the address of the client, told by a proxy only where that proxy is one we trust.

X-Forwarded-For grows to the right as a request passes proxies, and whoever sends it may begin it with anything. It is
therefore read from the right, and only as far as the addresses that stand there are trusted proxies' themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address


def client(peer: str, forwarded: str, trusted: Iterable[str]) -> str | None:
    """The client's address; None where even the peer's cannot be read. `trusted`: addresses or networks.

    >>> client("10.0.0.2", "6.6.6.6, 203.0.113.9", ["10.0.0.0/8"])
    '203.0.113.9'
    >>> client("198.51.100.7", "203.0.113.9", ["10.0.0.0/8"])
    '198.51.100.7'
    """
    networks = [ip_network(each, strict=False) for each in trusted]
    address = _address(peer)
    hops = [hop for hop in forwarded.split(",") if hop.strip()]
    while address and hops and _within(address, networks):
        hop = _address(hops.pop())
        if hop is None:  # a proxy of ours wrote it, but it is no address: the proxy is all we know
            break
        address = hop
    return str(address) if address else None


def _within(address: Address, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(address in network for network in networks)


def _address(text: str) -> Address | None:
    """Read "203.0.113.9", "203.0.113.9:4711", "[2001:db8::1]:4711" or "2001:db8::1"."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket open to both families tells an IPv4 client as ::ffff:203.0.113.9.
    return getattr(address, "ipv4_mapped", None) or address
