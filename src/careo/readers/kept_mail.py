"""The e-mails that Django's file backend kept in a folder instead of sending, read back.

A file is what one connection sent: messages as bytes, each followed by a line of 79 hyphens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from itertools import islice
from pathlib import Path

from django.conf import settings

RULE = b"\n" + b"-" * 79 + b"\n"
SIZE_LIMIT = 4_000_000  # bytes of a file: twenty of the longest e-mail editions are half of it; what is larger is none of ours


@dataclass(frozen=True)
class KeptMail:
    """One e-mail as text. What its headers lack is empty."""

    to: str
    subject: str
    date: str
    body: str


def folder() -> Path | None:
    """Where mail is kept; None where it is sent instead."""
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return None
    return Path(settings.EMAIL_FILE_PATH)


def newest(folder: Path, *, most: int) -> list[KeptMail]:
    """At most so many, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return list(islice((mail for file in files for mail in reversed(list(mails(file)))), most))


def mails(file: Path) -> Iterator[KeptMail]:
    if file.stat().st_size > SIZE_LIMIT:
        return
    for raw in file.read_bytes().split(RULE):
        if raw.strip():
            yield read(raw)


def read(raw: bytes) -> KeptMail:
    message: EmailMessage = BytesParser(policy=policy.default).parsebytes(raw.lstrip())
    part = message.get_body(preferencelist=("plain",))
    return KeptMail(
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        date=str(message.get("Date", "")),
        body=_text(part) if part else "",
    )


def _text(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    charset = part.get_content_charset("utf-8")
    try:
        return bytes(raw).decode(charset, "replace") if isinstance(raw, bytes) else ""
    except LookupError:  # a charset that does not exist: the file is none of ours, and is shown all the same
        return bytes(raw).decode("latin-1")
