"""A disk with no room: what was told as kept is kept, nothing is left half-written, and the sentence says what to do."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.command import Careo
from tests.project.newspaper import free_port

pytestmark = pytest.mark.slow

REPORTS = sorted((Path(__file__).parents[2] / "src/careo/project/demo/reports").rglob("*.html"))
ROOM = "12m"  # a new newspaper takes some five; what is left is filled up by the test
COUNT = (
    "from careo.press.models import Report, Snapshot; print(Report.objects.count(), Snapshot.objects.count())"
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "careo-test", place], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"this user may not make a disk of its own ({mounted.stderr.strip()})")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Take what room there is but for `leave` bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    os.truncate(filler, max(0, filler.stat().st_size - leave))
    return filler


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.startswith("careo: ")
    assert done.stderr.count("\n") == 1
    assert "fault of Careo" not in done.stderr
    return done.stderr


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "leave"),
    [
        ("editor add ana@paper.example", 0),
        ("editor add ana@paper.example", 8_192),
        ("editor add ana@paper.example", 262_144),
        (f"capture {REPORTS[0]}", 0),
        (f"capture {REPORTS[0]}", 262_144),
        ("serve", 262_144),
    ],
)
def test_a_newspaper_that_finds_no_room_to_begin_can_be_begun_later(
    disk: Path, words: str, leave: int
) -> None:
    careo = Careo(disk / "data", CAREO_BIND=f"127.0.0.1:{free_port()}")
    filler = fill(disk, leave=leave)
    assert "disk" in refused(careo(*words.split(), check=False))
    assert {name for name in files(careo.data) if name.startswith(("careo.sqlite3.", "secret."))} == set()
    filler.unlink()
    careo("editor", "add", "ben@paper.example")


@pytest.mark.parametrize("leave", [0, 20_000, 60_000, 100_000])
def test_reports_that_were_told_as_kept_are_kept_when_the_disk_fills(disk: Path, leave: int) -> None:
    careo = Careo(disk / "data")
    assert "New report." in careo("capture", str(REPORTS[0])).stderr
    filler = fill(disk, leave=leave)
    assert "disk" in refused(careo("capture", str(REPORTS[1]), check=False))
    filler.unlink()
    assert careo.python(COUNT) == "1 1\n"
    for path in (careo.data / "snapshots").rglob("*"):
        if path.is_file():  # whole, under its own digest; one whose row found no room may lie there too
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert "New report." in careo("capture", str(REPORTS[1])).stderr
    assert careo.python(COUNT) == "2 2\n"


def test_a_back_up_that_finds_no_room_leaves_nothing_and_the_newspaper_as_it_was(
    disk: Path, tmp_path: Path
) -> None:
    careo = Careo(tmp_path / "data")
    careo("capture", str(REPORTS[0]))
    for leave in (0, 100_000):
        filler = fill(disk, leave=leave)
        said = refused(careo("back-up", str(disk / "kept.tgz"), check=False))
        assert "kept.tgz was not written (" in said
        assert "nothing was kept of it; see to that, or choose another place." in said
        assert [path.name for path in disk.iterdir()] == ["filler"]
        filler.unlink()
    careo("back-up", str(tmp_path / "kept.tgz"))

    elsewhere = Careo(disk / "data")
    filler = fill(disk, leave=1_000_000)
    said = refused(elsewhere("restore", str(tmp_path / "kept.tgz"), check=False))
    assert (
        f"was not restored into {elsewhere.data} (No space left on device); see to that and do it again."
        in said
    )
    assert list(elsewhere.data.iterdir()) == []
    filler.unlink()
    elsewhere("restore", str(tmp_path / "kept.tgz"))
    assert elsewhere.python(COUNT) == "1 1\n"


@pytest.mark.parametrize("what", ["a text", "a tar of something else", "a list for a manifest"])
def test_what_is_no_back_up_is_refused_and_nothing_restored(tmp_path: Path, what: str) -> None:
    source = tmp_path / "kept.tgz"
    if what == "a text":
        source.write_text("no archive")
    else:
        name = "careo.json" if "manifest" in what else "notes.txt"
        (tmp_path / name).write_text("[1]")
        subprocess.run(["tar", "-czf", source, "-C", tmp_path, name], check=True)
    careo = Careo(tmp_path / "data")
    said = refused(careo("restore", str(source), check=False))
    assert "kept.tgz is not a whole back-up of Careo (" in said
    assert said.endswith("nothing was restored. Give another one.\n")
    assert list(careo.data.iterdir()) == []
