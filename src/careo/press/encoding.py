"""From the bytes of a page to its characters: what the server says, then what the page says, then the bytes themselves.

Labels mean what they mean on the web (WHATWG Encoding): "iso-8859-1" is windows-1252. A page that is plainly UTF-8
is read as UTF-8 whatever it claims. What is no HTML at all is refused by name.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from careo.press.errors import EmptyPage, NotAPage, NotReadable

LOOK_AHEAD = 4_096  # bytes in which a page declares its encoding; the standard asks for 1,024, many need more

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_FEED = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"<(!doctype\s+html|html|head|body|title|main|article|section|div|h1|p)[\s>/]", re.IGNORECASE
)
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})


@dataclass(frozen=True, slots=True)
class Characters:
    """A page's characters and the encoding they were read in. `damaged`: some bytes were not of that encoding
    and stand as U+FFFD."""

    text: str
    encoding: str
    damaged: bool


def characters(body: bytes, *, url: str, content_type: str = "") -> Characters:
    """Decode a page. Raises EmptyPage, NotAPage or NotReadable."""
    if not body.strip(b"\x00\t\n\r\f "):
        raise EmptyPage(url)
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :], encoding)
    _refuse_what_is_no_page(body, url, content_type)
    declared = _known(_CHARSET.search(content_type)) or _known(
        _META.search(body[:LOOK_AHEAD]) or _XML.search(body[:LOOK_AHEAD])
    )
    if _is_utf8(body):
        return _decoded(body, "utf-8")
    if declared and declared != "utf-8":
        return _decoded(body, declared)
    if declared is None:
        return _undeclared(body, url)
    return _decoded(body, declared)


def _undeclared(body: bytes, url: str) -> Characters:
    """Neither declared nor UTF-8: the web's own assumption, unless the bytes speak against it."""
    try:
        return Characters(body.decode("cp1252"), "windows-1252", damaged=False)
    except UnicodeDecodeError as error:
        raise NotReadable(url, "no encoding it names") from error


def _decoded(body: bytes, encoding: str) -> Characters:
    try:
        return Characters(body.decode(encoding), encoding, damaged=False)
    except UnicodeDecodeError:
        return Characters(body.decode(encoding, errors="replace"), encoding, damaged=True)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(match: re.Match[str] | re.Match[bytes] | None) -> str | None:
    """Python's name for a declared label; None for one that nobody knows."""
    if match is None:
        return None
    label = match.group(1)
    text = label.decode("ascii", "replace") if isinstance(label, bytes) else label
    try:
        name = codecs.lookup(text).name
        "".encode(name)  # some codecs of Python are no encodings of text
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    if name in _LATIN:
        return "cp1252"
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name  # what was read this far is no UTF-16


def _refuse_what_is_no_page(body: bytes, url: str, content_type: str) -> None:
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise NotAPage(url, what)
    nothings = body.count(b"\x00", 0, LOOK_AHEAD)
    if nothings and (10 * nothings > len(body[:LOOK_AHEAD]) or not _TAG.search(body[:LOOK_AHEAD])):
        raise NotAPage(url, "a binary file")
    kind = content_type.partition(";")[0].strip().casefold()
    if kind.startswith(("image/", "audio/", "video/", "font/")) or kind in (
        "application/pdf",
        "application/zip",
    ):
        raise NotAPage(url, f"of type {kind}")
    head = body[:LOOK_AHEAD]
    if _TAG.search(body):
        return
    if _FEED.search(head):
        raise NotAPage(url, "a feed")
    raise NotAPage(url, "JSON" if head.lstrip()[:1] in (b"{", b"[") else "text without any markup")
