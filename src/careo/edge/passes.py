"""The pass: a short-lived signed cookie that says its bearer may read what subscribers read, until its end.

Wire format, 66 characters of base64url without padding, over 49 bytes, integers big-endian:

    | version, 1 byte: 1 | reader id, 8 bytes | end, 8 bytes: seconds since 1970 | HMAC-SHA-256 of the 17, 32 bytes |

    >>> cookie = issue(b"a key of thirty-two bytes or more", 7, now=1_000, seconds=300)
    >>> judge(b"a key of thirty-two bytes or more", cookie, now=1_299.9)
    <Verdict.GENUINE: 'genuine'>
    >>> judge(b"a key of thirty-two bytes or more", cookie, now=1_300)
    <Verdict.EXPIRED: 'expired'>
    >>> judge(b"another key, of somebody else's!!", cookie, now=1_000)
    <Verdict.NONE: 'none'>

Whatever is not exactly what `issue` wrote with the same key (older versions, other spellings of the same bytes,
garbage of any length) is no pass, and never an exception. There is no list of revoked passes: docs/decisions/.
"""

from __future__ import annotations

import binascii
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import Enum

_VERSION = 1
_CLAIM = struct.Struct(">BQQ")
_LENGTH = 66  # characters; checked first, so that no cookie of a megabyte is ever decoded
_MAC_BYTES = 32


class Verdict(Enum):
    """What a cookie is worth at a given time."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass of our own making says, in force or past its `end` (seconds since 1970)."""

    reader: int
    end: int


def issue(key: bytes, reader: int, *, now: float, seconds: int) -> str:
    """A pass for the reader with this id, good for `seconds` from `now` (seconds since 1970)."""
    claim = _CLAIM.pack(_VERSION, reader, int(now) + seconds)
    return urlsafe_b64encode(claim + hmac.digest(key, claim, "sha256")).rstrip(b"=").decode("ascii")


def judge(key: bytes, cookie: str | None, *, now: float) -> Verdict:
    """Whether the cookie is a pass of ours, and in force at `now`."""
    read = opened(key, cookie)
    if read is None:
        return Verdict.NONE
    return Verdict.GENUINE if now < read.end else Verdict.EXPIRED


def opened(key: bytes, cookie: str | None) -> Pass | None:
    """What a genuine pass says, whether or not its end has come; None for anything else."""
    if cookie is None or len(cookie) != _LENGTH or not cookie.isascii():
        return None
    try:
        raw = urlsafe_b64decode(cookie + "==")
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _CLAIM.size + _MAC_BYTES:
        return None
    claim = raw[: _CLAIM.size]
    version, reader, end = _CLAIM.unpack(claim)
    # Compared as text: the decoder skips stray characters and spare bits, and one pass must have one spelling.
    genuine = urlsafe_b64encode(claim + hmac.digest(key, claim, "sha256")).rstrip(b"=")
    if not hmac.compare_digest(genuine, cookie.encode("ascii")) or version != _VERSION:
        return None
    return Pass(reader, end)
