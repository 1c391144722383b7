"""`careo mail-bounced`, as a mail server runs it: addresses, a file, or a report on standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.command import Careo
from tests.readers.test_delivery_reports import COMPLAINT, POSTFIX

pytestmark = pytest.mark.slow

READERS = """
from careo.readers.actions import open_account
for name in ("ana", "bruno"):
    open_account(f"{name}@example.org")
"""
BOUNCING = """
from careo.readers.models import Bounce
print(sorted(Bounce.objects.stopping().values_list("address", flat=True)))
"""


def test_a_report_on_standard_input_stops_mail_to_whom_it_names(tmp_path: Path) -> None:
    careo = Careo(tmp_path / "data")
    assert "nothing was done" in careo("mail-bounced", text="Hello\n").stdout
    careo.python(READERS)
    assert (
        careo("mail-bounced", text=POSTFIX.decode()).stdout == "ana@example.org: nothing more is sent there\n"
    )
    assert careo.python(BOUNCING) == "['ana@example.org']\n"
    again = tmp_path / "report.eml"
    again.write_bytes(COMPLAINT)
    told = careo("mail-bounced", "--report", str(again), "bruno@example.org", "nobody@example.org").stdout
    assert told.splitlines() == [
        "bruno@example.org: nothing more is sent there",
        "nobody@example.org: nothing to be done",
        "ana@example.org: nothing to be done",
    ]
    assert careo.python(BOUNCING) == "['ana@example.org', 'bruno@example.org']\n"


def test_soft_ones_are_noted_until_the_third(tmp_path: Path) -> None:
    careo = Careo(tmp_path / "data")
    careo.python("from careo.project.database import ready; ready()\n" + READERS)
    for expected in ("[]", "[]", "['ana@example.org']"):
        assert careo("mail-bounced", "--soft", "ana@example.org").stdout == "ana@example.org: noted\n"
        assert careo.python(BOUNCING) == f"{expected}\n"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = Careo(tmp_path / "data")("mail-bounced", "--report", str(tmp_path / "none"), check=False)
    assert (done.returncode, "is not there; check the path" in done.stderr) == (3, True)
