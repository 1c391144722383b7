"""What a reader recognises a log-in by: the browser and system in words, and the first part of the address.

>>> named("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0")
('Firefox', 'Linux')
>>> coarse("203.0.113.77"), coarse("2001:db8:85a3::8a2e:370:7334")
('203.0.113.x', '2001:db8:85a3:x')

A browser says of itself what it likes, and names its forebears besides; the first sign that fits counts, so the more
particular stand first. What is not known stays empty, never guessed. No more than this is kept of either.
"""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> tuple[str, str]:
    """Browser and system; "" for what is not known."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def coarse(address: str) -> str:
    """The network a client came from, three bytes of IPv4 or six of IPv6; "" for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv4Address):
        return f"{address.rpartition('.')[0]}.x"
    return ":".join(f"{int(part, 16):x}" for part in known.exploded.split(":")[:3]) + ":x"


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
