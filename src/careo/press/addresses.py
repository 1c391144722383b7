"""Which addresses of the internet are public: the only ones that a page is fetched from.

Judged after the name was resolved, on the very address that is then connected to: a name that answers differently
the second time (DNS rebinding) gains nothing. From the IANA special-purpose registries for IPv4 and IPv6; more is
refused than Python's `is_global` refuses, which lets multicast and some tunnels through.

>>> is_public("93.184.215.14"), is_public("10.0.0.7"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
(True, False, False, False)
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_REFUSED_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared behind a carrier's NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local: clouds serve their machines' secrets there
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: a tunnel to any IPv4 address
        "2620:4f:8000::/48",
        "3ffe::/16",
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address, as the resolver wrote it, is one that anybody may reach. What is no address is not public."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _public_v4(parsed) if isinstance(parsed, IPv4Address) else _public_v6(parsed)


def _public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _REFUSED_V4)


def _public_v6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return _public_v4(address.ipv4_mapped)
    if (
        address in _NAT64
    ):  # how a network without IPv4 reaches the IPv4 internet: as good as the address within
        return _public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_V6 and not any(address in network for network in _REFUSED_V6)
