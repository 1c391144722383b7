"""`careo editor forget-second-factor`: the way back for whoever lost telephone, key and recovery codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.command import Careo

pytestmark = pytest.mark.slow

SET_UP = """
from allauth.mfa.models import Authenticator
from careo.readers.actions import open_account
ana = open_account("ana@example.org", "correct horse of Alba")
for kind in ("totp", "webauthn", "recovery_codes"):
    Authenticator.objects.create(user=ana, type=kind, data={})
before = ana.get_session_auth_hash()
print(before)
"""
LEFT = """
from allauth.mfa.models import Authenticator
from careo.readers.models import Reader
print(Authenticator.objects.count(), Reader.objects.get().get_session_auth_hash())
"""


def test_an_account_is_opened_by_its_password_alone_again_and_logged_out_everywhere(tmp_path: Path) -> None:
    careo = Careo(tmp_path / "data")
    careo("editor", "add", "clara@example.org")
    careo.python("from careo.readers.models import Reader; Reader.objects.all().delete()")
    before = careo.python(SET_UP).strip()
    told = careo("editor", "forget-second-factor", "Ana@example.org").stdout
    assert told.startswith("Taken off the account of Ana@example.org: 2.")
    number, after = careo.python(LEFT).split()
    assert number == "0"
    assert after != before


def test_an_unknown_address_is_said_to_be_one(tmp_path: Path) -> None:
    done = Careo(tmp_path / "data")("editor", "forget-second-factor", "nobody@example.org", check=False)
    assert done.returncode == 3
    assert "No account has the address nobody@example.org; check how it is written." in done.stderr
