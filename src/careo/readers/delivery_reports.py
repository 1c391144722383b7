"""What mail servers write back: mail that did not arrive (RFC 3464), and complaints of those who got it (RFC 5965).

>>> failures_in(b'''Content-Type: multipart/report; report-type=delivery-status; boundary=b
...
... --b
... Content-Type: message/delivery-status
...
... Reporting-MTA: dns; mail.example
...
... Final-Recipient: rfc822; Ana@Example.org
... Action: failed
... Status: 5.1.1
... --b--
... ''')
[Failure(address='ana@example.org', kind='hard', said='5.1.1')]

Whatever is no such report holds no failure; nothing that a stranger can send raises anything. A report is believed as far as
the mail server that hands it on believes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Literal

Kind = Literal["hard", "soft", "complaint"]
LONGEST_SAID = 200  # characters
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})", re.ASCII)
_ADDRESS = re.compile(r"[^\s<>,;\"]{1,64}@[^\s<>,;\"@]{1,255}")
_FULL_MAILBOX = ("2", "2")
# Of the subjects of RFC 3463: address, mailbox, and what says no more than "no". The others (mail system, network, content,
# policy) speak of one mail or of our server, and of the address nothing.
_OF_THE_ADDRESS = frozenset({"0", "1", "2"})


@dataclass(frozen=True, slots=True)
class Failure:
    """`hard`: nothing will ever arrive there. `soft`: this did not. `complaint`: it arrived and was not wanted."""

    address: str
    kind: Kind
    said: str = ""


def failures_in(raw: bytes) -> list[Failure]:
    """Each address once, by the worst that is said of it, in the order of the report."""
    found: dict[str, Failure] = {}
    for failure in _all_in(message_from_bytes(raw, policy=compat32)):
        before = found.get(failure.address)
        if before is None or (before.kind == "soft" and failure.kind != "soft"):
            found[failure.address] = failure
    return list(found.values())


def _all_in(message: Message) -> Iterator[Failure]:
    if message.get_content_type() != "multipart/report":
        return
    for part in _parts(message):
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            yield from (failure for block in _parts(part) if (failure := _of_recipient(block)))
        elif part.get_content_type() == "message/feedback-report":
            yield from _complaints(part)


def _parts(message: Message) -> list[Message]:
    """What it is made of; the mail returned with a report is left alone, whatever it holds."""
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _of_recipient(block: Message) -> Failure | None:
    """What the fields of one recipient say; None of one who has got it, or may get it yet."""
    address = _address(block, "Original-Recipient") or _address(block, "Final-Recipient")
    if not address or _text(block, "Action").split("(")[0].strip().lower() != "failed":
        return None
    status = _STATUS.search(_text(block, "Status"))
    said = status[0] if status else _text(block, "Diagnostic-Code")[:LONGEST_SAID]
    return Failure(address, "hard" if status and _is_hard(*status.groups()) else "soft", said)


def _is_hard(kind: str, subject: str, detail: str) -> bool:
    return kind == "5" and subject in _OF_THE_ADDRESS and (subject, detail) != _FULL_MAILBOX


def _complaints(part: Message) -> Iterator[Failure]:
    """A report of abuse names its recipients, where it names any, in fields of its own."""
    body = _parts(part)
    fields = body[0] if body else message_from_bytes(_bytes(part), policy=compat32)
    for name in ("Original-Rcpt-To", "Removal-Recipient"):
        for value in fields.get_all(name, []):
            if found := _ADDRESS.search(str(value)):
                yield Failure(found[0].lower(), "complaint", _text(fields, "Feedback-Type")[:LONGEST_SAID])


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(block: Message, name: str) -> str:
    """The address in `rfc822; ana@example.org`, in small letters; empty where there is none."""
    _, _, value = _text(block, name).partition(";")
    found = _ADDRESS.search(value)
    return found[0].lower() if found else ""


def _text(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())
