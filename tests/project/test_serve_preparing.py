"""What `careo serve` refuses before it starts anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careo.project.preparing import refuse_demonstration_passwords
from careo.project.serving_refused import CannotServe
from careo.readers.models import Reader

pytestmark = pytest.mark.django_db

PASSWORD = "a password for all to see"
EVERYBODY = "0.0.0.0"  # noqa: S104  # refused, never listened on
ROSA = "rosa@meridia.example"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose demonstration gives Rosa's password away."""
    Reader.objects.create_user(ROSA, PASSWORD)
    logins = {"reader": [ROSA, PASSWORD], "editor": ["nobody@meridia.example", PASSWORD]}
    (tmp_path / "demo.json").write_text(json.dumps({"careo": 1, "logins": logins}))
    return tmp_path


@pytest.mark.parametrize("host", [EVERYBODY, "::", "192.0.2.1", "paper.example", ""])
def test_others_are_not_let_in_with_passwords_that_a_file_gives_away(data: Path, host: str) -> None:
    with pytest.raises(
        CannotServe, match=r"The demonstration's passwords still work \(rosa@meridia.example\)"
    ):
        refuse_demonstration_passwords(host, data)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_s_own_people_are(data: Path, host: str) -> None:
    refuse_demonstration_passwords(host, data)


def test_a_changed_password_or_a_closed_account_opens_nothing(data: Path) -> None:
    rosa = Reader.objects.get(email=ROSA)
    rosa.set_password("one that nobody knows")
    rosa.save()
    refuse_demonstration_passwords(EVERYBODY, data)
    rosa.set_password(PASSWORD)
    rosa.is_active = False
    rosa.save()
    refuse_demonstration_passwords(EVERYBODY, data)


def test_without_a_demonstration_there_is_nothing_to_refuse(tmp_path: Path) -> None:
    refuse_demonstration_passwords(EVERYBODY, tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"logins": 7}', '{"logins": {"editor": "x"}}', "\0"])
def test_a_map_that_cannot_be_read_is_refused_and_not_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "demo.json").write_text(content)
    with pytest.raises(CannotServe, match="cannot be read; `careo demo` makes it again"):
        refuse_demonstration_passwords(EVERYBODY, tmp_path)


def test_an_unfinished_demonstration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo.part").write_text("{}")
    with pytest.raises(CannotServe, match="was begun and not finished; run `careo demo`"):
        refuse_demonstration_passwords(EVERYBODY, tmp_path)
