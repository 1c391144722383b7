"""Editors, back-ups and restoring, by the commands an operator types."""

from __future__ import annotations

import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.project.command import Careo


@pytest.fixture
def careo(tmp_path: Path) -> Careo:
    return Careo(tmp_path / "data")


COUNT = """
from careo.readers.models import Reader
from careo.press.models import Report, Snapshot
print(Reader.objects.count(), Report.objects.count(), Snapshot.objects.count())
"""

REPORT = (
    Path(__file__).parents[2]
    / "src/careo/project/demo/reports/elfaro.example/cortes-de-agua-desde-el-lunes.html"
)


def test_the_first_editor_is_an_administrator_and_gets_a_link_to_set_the_password(
    careo: Careo,
) -> None:
    printed = careo("editor", "add", "Ana@paper.example").stdout
    assert printed.startswith("http://127.0.0.1:8000/account/")
    careo("editor", "add", "ben@paper.example")
    rights = careo.python(
        "from careo.readers.models import Reader\n"
        "for one in Reader.objects.order_by('email'):\n"
        "    print(one.email, one.is_superuser, one.has_perm('wagtailadmin.access_admin'))"
    )
    assert rights.splitlines() == ["ana@paper.example True True", "ben@paper.example False True"]


def test_an_address_that_is_none_is_refused_in_one_sentence(careo: Careo) -> None:
    done = careo("editor", "add", "not an address", check=False)
    assert done.returncode == 3
    assert (
        done.stderr
        == "careo: 'not an address' is not an e-mail address; give one such as editor@paper.example.\n"
    )


def test_a_newspaper_restored_elsewhere_holds_what_was_backed_up(careo: Careo, tmp_path: Path) -> None:
    careo("editor", "add", "ana@paper.example")
    careo("capture", str(REPORT))
    file = tmp_path / "careo.tar.gz"
    careo("back-up", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    elsewhere = Careo(tmp_path / "elsewhere")
    elsewhere("restore", str(file))

    assert elsewhere.python(COUNT) == careo.python(COUNT) == "1 1 1\n"
    assert (elsewhere.data / "secret").read_text() == (careo.data / "secret").read_text()
    assert _files(elsewhere.data / "snapshots") == _files(careo.data / "snapshots") != {}


def test_a_damaged_back_up_is_refused_and_leaves_nothing(careo: Careo, tmp_path: Path) -> None:
    careo("editor", "add", "ana@paper.example")
    file = tmp_path / "careo.tar.gz"
    careo("back-up", str(file))
    file.write_bytes(file.read_bytes()[:-2000])

    elsewhere = Careo(tmp_path / "elsewhere")
    done = elsewhere("restore", str(file), check=False)

    assert done.returncode == 3
    assert "is not a whole back-up of Careo" in done.stderr
    assert not any(elsewhere.data.iterdir())


def test_a_back_up_whose_member_was_changed_is_refused(careo: Careo, tmp_path: Path) -> None:
    careo("editor", "add", "ana@paper.example")
    careo("back-up", str(tmp_path / "careo.tar.gz"))
    (tmp_path / "open").mkdir()
    subprocess.run(["tar", "-xzf", tmp_path / "careo.tar.gz", "-C", tmp_path / "open"], check=True)
    (tmp_path / "open/secret").write_text("another secret, put there by somebody else")
    subprocess.run(["tar", "-czf", tmp_path / "forged.tar.gz", "-C", tmp_path / "open", "."], check=True)

    done = Careo(tmp_path / "elsewhere")("restore", str(tmp_path / "forged.tar.gz"), check=False)

    assert done.returncode == 3
    assert "secret is damaged; nothing was restored" in done.stderr.replace(")", "")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "snapshots/../../outside"])
def test_a_member_that_would_land_elsewhere_is_refused(careo: Careo, tmp_path: Path, name: str) -> None:
    file = tmp_path / "hostile.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name))
    done = careo("restore", str(file), check=False)
    assert done.returncode == 3
    assert f"{name} has no place in one" in done.stderr
    assert not (tmp_path / "outside").exists()
    assert not any(careo.data.iterdir())


def test_a_link_in_a_back_up_is_refused(careo: Careo, tmp_path: Path) -> None:
    file = tmp_path / "hostile.tar.gz"
    link = tarfile.TarInfo("snapshots/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    with tarfile.open(file, "w:gz") as tar:
        tar.addfile(link)
    done = careo("restore", str(file), check=False)
    assert done.returncode == 3
    assert "snapshots/link has no place in one" in done.stderr


def test_nothing_is_restored_over_a_newspaper(careo: Careo, tmp_path: Path) -> None:
    careo("editor", "add", "ana@paper.example")
    careo("back-up", str(tmp_path / "careo.tar.gz"))
    done = careo("restore", str(tmp_path / "careo.tar.gz"), check=False)
    assert done.returncode == 3
    assert "holds a newspaper already; set CAREO_DATA to an empty folder" in done.stderr


def test_a_back_up_is_not_written_over_another_unless_asked(careo: Careo, tmp_path: Path) -> None:
    file = tmp_path / "careo.tar.gz"
    file.write_text("yesterday's")
    done = careo("back-up", str(file), check=False)
    assert done.returncode == 3
    assert "exists already; choose another name, or add --replace" in done.stderr
    assert file.read_text() == "yesterday's"


def test_a_back_up_to_a_folder_that_is_not_there_keeps_nothing(careo: Careo, tmp_path: Path) -> None:
    done = careo("back-up", str(tmp_path / "nowhere/careo.tar.gz"), check=False)
    assert done.returncode == 3
    assert "was not written" in done.stderr


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
