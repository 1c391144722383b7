"""How often one address may write to the desk: counted in Django's cache, forgotten after an hour."""

from __future__ import annotations

import hashlib
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

AN_HOUR = 3600
NOTES_AN_HOUR = 10  # a careful reader finds three; behind one address may be a school


def too_many_notes(request: HttpRequest) -> bool:
    """Count one more note from where the request comes; is it one too many?"""
    return _counted(f"careo.note.{_household(request)}") > NOTES_AN_HOUR


def _household(request: HttpRequest) -> str:
    """The address, hashed; of IPv6 the network of 64 bits, all of which one connection has for itself."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    whose = str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
    return hashlib.sha256(whose.encode()).hexdigest()[:32]


def _counted(key: str) -> int:
    cache.add(key, 0, AN_HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # its hour ended between the two
        cache.set(key, 1, AN_HOUR)
        return 1
