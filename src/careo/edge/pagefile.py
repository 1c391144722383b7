"""How a page lies on the disk: a line of JSON, its three forms one after the other, and a digest of it all.

    {"page": 2, "path": …, "variant": …, "journal": …, "position": …, "tags": […], "lengths": [body, gzip, brotli], …}
    body · gzip · brotli · SHA-256 of everything before, 32 bytes

A file that was cut, changed or written by another version is no page.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careo.edge.journal import Stamp
from careo.edge.page import Page
from careo.edge.variants import Variant

_VERSION = 2
SUFFIX = ".page"
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """A page with what tells whether it still counts."""

    path: str
    variant: Variant
    page: Page
    tags: frozenset[str]
    stamp: Stamp


def place(folder: Path, path: str, variant: Variant) -> Path:
    """Where the page lies: under a digest, so that no path is ever a file's name."""
    digest = hashlib.sha256(f"{variant}\0{path}".encode("utf-8", "surrogatepass")).hexdigest()
    return folder / digest[:2] / f"{digest[2:42]}{SUFFIX}"


def write(file: Path, kept: Kept) -> None:
    """Whole or not at all. Raises OSError, leaving nothing."""
    draft = file.with_suffix(f".{os.getpid()}")
    content = _to_bytes(kept)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        draft.write_bytes(content)
        draft.rename(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def read(file: Path) -> Kept | None:
    """What lies there; None for nothing, and for what is not a whole page."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    whole, digest = content[:-_DIGEST_BYTES], content[-_DIGEST_BYTES:]
    if hashlib.sha256(whole).digest() != digest:
        return None
    line, _, forms = whole.partition(b"\n")
    return _from_bytes(json.loads(line), forms)


def _to_bytes(kept: Kept) -> bytes:
    page = kept.page
    forms = (page.body, page.gzip, page.brotli)
    line = {
        "page": _VERSION,
        "path": kept.path,
        "variant": kept.variant,
        "journal": kept.stamp.journal,
        "position": kept.stamp.position,
        "tags": sorted(kept.tags),
        "content_type": page.content_type,
        "last_modified": page.last_modified,
        "headers": page.headers,
        "digest": page.digest,
        "lengths": [len(form) for form in forms],
    }
    whole = b"\n".join([json.dumps(line).encode("ascii"), b"".join(forms)])
    return whole + hashlib.sha256(whole).digest()


def _from_bytes(line: dict[str, Any], forms: bytes) -> Kept | None:
    if line["page"] != _VERSION:
        return None
    body, gzipped, _ = line["lengths"]
    page = Page(
        forms[:body],
        line["content_type"],
        line["last_modified"],
        tuple((name, value) for name, value in line["headers"]),
        line["digest"],
    )
    page.know(gzip=forms[body : body + gzipped], brotli=forms[body + gzipped :])
    stamp = Stamp(line["journal"], line["position"])
    return Kept(line["path"], line["variant"], page, frozenset(line["tags"]), stamp)
