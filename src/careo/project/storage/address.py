"""Where a store in S3's manner is and what in it is ours, as CAREO_STORAGE_URL says it. No Django.

>>> parse("s3://newsroom/post?endpoint=https://s3.example.net&region=eu-west-1")
StoreAddress(bucket='newsroom', prefix='post', endpoint='https://s3.example.net', region='eu-west-1')

Keys are no part of it: they come by the variables that every client of S3 knows (AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY, a role of the machine), and an address may be shown.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

REGION = "us-east-1"  # what those who have no regions take
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # as S3 names them
_PREFIX = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


@dataclass(frozen=True)
class StoreAddress:
    """`prefix` is without slashes at its ends, empty where the whole bucket is ours; `endpoint` empty for Amazon's."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = REGION

    def __str__(self) -> str:
        at = f" at {self.endpoint}" if self.endpoint else ""
        return f"bucket {self.bucket}{at}"


def parse(text: str) -> StoreAddress:
    """Raises ValueError for what is no such address, or carries a key."""
    parts = urlsplit(text)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    endpoint, region = (
        asked.pop("endpoint", ""),
        asked.pop("region", "") or os.environ.get("AWS_REGION", "") or REGION,
    )
    prefix = parts.path.strip("/")
    if parts.scheme != "s3" or asked or parts.fragment or not _BUCKET.fullmatch(parts.netloc):
        raise ValueError(text)
    if prefix and (not _PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/"))):
        raise ValueError(text)
    return StoreAddress(parts.netloc, prefix, _endpoint(endpoint), region)


def _endpoint(text: str) -> str:
    parts = urlsplit(text)
    if text and (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or "@" in parts.netloc
        or parts.query
        or parts.port == 0
    ):
        raise ValueError(text)
    return text.rstrip("/")
