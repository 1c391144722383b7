"""A web address taken apart and judged before any name is resolved, and written anew in the form that is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from careo.press.errors import CredentialsRefused, NotAnAddress, SchemeRefused

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000  # code points; what the store keeps of an address, and more than any outlet's needs

_SPACES = re.compile(r"[\x00-\x20\x7f]")
_SAFE = "/%:@!$&'()*+,;=~-._?[]"
_HOST = re.compile(r"[a-z0-9._:-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a page is asked for. `url` is all ASCII and without a fragment; `host` without brackets."""

    url: str
    scheme: str
    host: str
    port: int


def target(url: str) -> Target:
    """Judge and normalise an address. Raises NotAnAddress, SchemeRefused or CredentialsRefused.

    >>> target("HTTPS://ElFaro.example/año?q=1#top").url
    'https://elfaro.example/a%C3%B1o?q=1'
    """
    url = url.strip()
    if not url or len(url) > LONGEST or _SPACES.search(url) or "\\" in url:
        raise NotAnAddress(url[:200])
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAnAddress(url) from error
    scheme = parts.scheme.casefold()
    if not scheme or not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
        raise NotAnAddress(url)
    if scheme not in PORTS:
        raise SchemeRefused(url, scheme)
    if "@" in parts.netloc:
        raise CredentialsRefused(f"{scheme}://…@{parts.netloc.rpartition('@')[2]}{parts.path}")
    host = _ascii(parts.hostname or "", url)
    if port == 0:
        raise NotAnAddress(url)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, PORTS[scheme]) else f"{shown}:{port}"
    try:
        path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    except UnicodeEncodeError as error:  # half a character
        raise NotAnAddress(url) from error
    return Target(
        urlunsplit((scheme, netloc, path, query, "")),
        scheme,
        host,
        port or PORTS[scheme],
    )


def onward(base: str, location: str) -> str:
    """Where a redirect leads: its Location read against the page's own address."""
    return urljoin(base, location.strip())


def _ascii(host: str, url: str) -> str:
    try:
        name = host.encode("ascii" if ":" in host else "idna").decode("ascii").casefold().rstrip(".")
    except UnicodeError as error:
        raise NotAnAddress(url) from error
    if not _HOST.fullmatch(name):
        raise NotAnAddress(url)
    return name
