"""Reports of mail that came back: as mail servers write them, and whatever else may be sent to that address."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.readers.delivery_reports import Failure, failures_in

# As Postfix writes one, shortened; names are ours.
POSTFIX = b"""\
Return-Path: <>
Date: Tue, 24 Nov 2026 09:00:00 +0100 (CET)
From: MAILER-DAEMON@mx.meridiapost.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: paper@meridiapost.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1B2C.1/mx.meridiapost.example"

This is a MIME-encapsulated message.

--4F1B2C.1/mx.meridiapost.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<ana@example.org>: host mx.example.org said: 550 5.1.1 User unknown

--4F1B2C.1/mx.meridiapost.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.meridiapost.example
X-Postfix-Queue-ID: 4F1B2C
Arrival-Date: Tue, 24 Nov 2026 08:59:00 +0100 (CET)

Final-Recipient: rfc822; Ana@example.org
Original-Recipient: rfc822;ana@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 User unknown

Final-Recipient: rfc822; bruno@example.org
Action: delayed
Status: 4.4.1

--4F1B2C.1/mx.meridiapost.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: paper@meridiapost.example
To: eva@example.org
Content-Type: message/delivery-status

Final-Recipient: rfc822; eva@example.org
Action: failed
Status: 5.1.1

--4F1B2C.1/mx.meridiapost.example--
"""
COMPLAINT = b"""\
From: <abuse@mailbox.example>
To: <paper@meridiapost.example>
Content-Type: multipart/report; report-type=feedback-report; boundary=b
MIME-Version: 1.0

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Mailbox/1.0
Version: 1
Original-Rcpt-To: <Ana@Example.org>

--b--
"""


def test_a_server_s_report_names_who_did_not_get_it_and_nobody_whom_the_mail_itself_names() -> None:
    assert failures_in(POSTFIX) == [Failure("ana@example.org", "hard", "5.1.1")]


def test_a_complaint_names_who_complained() -> None:
    assert failures_in(COMPLAINT) == [Failure("ana@example.org", "complaint", "abuse")]


def report(*blocks: dict[str, str]) -> bytes:
    """A report with these fields for each recipient."""
    whole = MIMEMultipart("report")
    whole.set_param("report-type", "delivery-status")
    status = MIMENonMultipart("message", "delivery-status")
    fields: list[Message | str] = [Message() for _ in ("of the mail", *blocks)]
    for block, told in zip(fields, ({"Reporting-MTA": "dns; mx.example"}, *blocks), strict=True):
        assert isinstance(block, Message)
        for name, value in told.items():
            block[name] = value
    status.set_payload(fields)
    whole.attach(status)
    return whole.as_bytes()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", "hard"),  # no such mailbox
        ("5.1.10", "hard"),  # the domain takes no mail
        ("5.2.1", "hard"),  # the mailbox is shut
        ("5.0.0", "hard"),
        ("5.2.2", "soft"),  # it is full
        ("5.7.1", "soft"),  # refused by a rule: of the address it says nothing
        ("5.3.4", "soft"),  # this mail was too large
        ("4.4.7", "soft"),  # tried long enough
        ("", "soft"),
        ("5.1", "soft"),
        ("nonsense", "soft"),
    ],
)
def test_how_final_a_status_is(status: str, kind: str) -> None:
    told = {"Final-Recipient": "rfc822; ana@example.org", "Action": "failed", "Status": status}
    [failure] = failures_in(report(told))
    assert failure.kind == kind


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "fail"])
def test_what_arrived_or_may_yet_is_no_failure(action: str) -> None:
    told = {"Final-Recipient": "rfc822; ana@example.org", "Action": action, "Status": "5.1.1"}
    assert failures_in(report(told)) == []


names = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789.+-_"), min_size=1, max_size=30)
addresses = st.builds(
    lambda name, host: f"{name}@{host}.example", names, st.from_regex(r"[a-z]{1,20}", fullmatch=True)
)


@given(
    st.lists(
        st.tuples(addresses, st.sampled_from(["5.1.1", "4.2.2"])), max_size=5, unique_by=lambda one: one[0]
    )
)
def test_every_recipient_of_a_report_is_found_once_and_in_order(told: list[tuple[str, str]]) -> None:
    blocks = [
        {"Final-Recipient": f"rfc822; {address}", "Action": "Failed", "Status": f"{status} (why)"}
        for address, status in told
    ]
    expected = [Failure(address, "hard" if status[0] == "5" else "soft", status) for address, status in told]
    assert failures_in(report(*blocks)) == failures_in(report(*blocks, *blocks)) == expected


@given(st.data())
def test_a_report_that_was_damaged_on_the_way_raises_nothing_and_invents_nobody(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([POSTFIX, COMPLAINT]))
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, min(len(whole), begin + 200)))
    damaged = whole[:begin] + data.draw(st.binary(max_size=40)) + whole[end:]
    for failure in failures_in(damaged):
        assert "@" in failure.address
        assert failure.address.encode("utf-8", "surrogateescape")
        assert len(failure.said) <= 200


@given(st.binary(max_size=2_000))
def test_whatever_is_no_report_holds_no_failure(raw: bytes) -> None:
    assert failures_in(raw) == []


def test_a_letter_that_only_quotes_a_report_is_none() -> None:
    letter = EmailMessage()
    letter.set_content(POSTFIX.decode())
    assert failures_in(letter.as_bytes()) == []
