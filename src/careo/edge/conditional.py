"""Is what the client has still what we would send? (RFC 9110, 13.1.2, 13.1.3 and 13.2.2)

>>> unchanged('"a1"', 1_000, none_match='W/"a1", "b2"', modified_since="")
True
>>> unchanged('"a1"', 784_111_777, none_match="", modified_since="Sun, 06 Nov 1994 08:49:37 GMT")
True
"""

from __future__ import annotations

import re
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_LONGEST = 4_000  # characters of If-None-Match that are looked at


def unchanged(etag: str, last_modified: int, *, none_match: str, modified_since: str) -> bool:
    """Would 304 do? The ETag decides where the client sent one; a date is believed only where it sent none."""
    if none_match:
        return none_match.strip() == "*" or etag in _TAG.findall(none_match[:_LONGEST])
    since = _seconds(modified_since) if modified_since else None
    return since is not None and last_modified <= since


@lru_cache(maxsize=1024)
def http_date(seconds: int) -> str:
    """Seconds since 1970 as headers write them."""
    return formatdate(seconds, usegmt=True)


def _seconds(date: str) -> float | None:
    """The date of a header in seconds since 1970; None where it is none."""
    try:
        return parsedate_to_datetime(date[:100]).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
