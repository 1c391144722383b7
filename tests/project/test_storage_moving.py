"""`careo storage`: a paper's files carried into a store and back, byte for byte, as often as one begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from careo.project.cli.storage import command
from careo.project.storage.address import parse
from careo.project.storage.errors import OpenToAll
from careo.project.storage.moving import move_to_disk, move_to_store
from careo.project.storage.store import Store
from tests.tools.seaweed import PUBLIC_BUCKET, Seaweed

FILES = {
    "media/images/dam.width-800.jpg": b"\xff\xd8 the dam",
    "media/original_images/dam.jpg": b"\xff\xd8 the dam, whole",
    "media/documents/el río.pdf": b"%PDF",
    "snapshots/ab/" + "ab" * 32: b"<html>" * 100,
}
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, body in FILES.items():
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_bytes(body)
    (tmp_path / "data/snapshots/ab/.draft-x").write_bytes(b"half")
    return tmp_path / "data"


@pytest.fixture
def run(seaweed: Seaweed, data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name, value in seaweed.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CAREO_DATA", str(data))
    monkeypatch.setenv("CAREO_STORAGE_URL", seaweed.url(uuid4().hex))
    return lambda *words: CliRunner().invoke(command, words)


def lying(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for name in ("media", "snapshots")
        for path in (folder / name).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_files_go_there_and_back_and_none_is_lost_on_the_way(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("move", "to-store").output == "4 files copied and compared, 0 were there already.\n"
    assert run("move", "to-store").output == "0 files copied and compared, 4 were there already.\n"
    assert lying(data) == FILES
    monkeypatch.setenv("CAREO_DATA", str(tmp_path / "another"))
    assert run("move", "to-disk").output == "4 files copied and compared, 0 were there already.\n"
    assert lying(tmp_path / "another") == FILES


def test_what_was_begun_goes_on_and_what_differs_is_written_anew(
    run: Run, seaweed: Seaweed, data: Path, tmp_path: Path
) -> None:
    address = parse(seaweed.url(uuid4().hex))
    store = Store(address, "media")
    store.put("images/dam.width-800.jpg", FILES["media/images/dam.width-800.jpg"])
    store.put("original_images/dam.jpg", FILES["media/original_images/dam.jpg"][::-1])
    moved = move_to_store(data, address)
    assert (moved.written, moved.there) == (3, 1)
    assert store.get("original_images/dam.jpg") == FILES["media/original_images/dam.jpg"]
    (data / "media/images/dam.width-800.jpg").write_bytes(b"spoilt")
    moved = move_to_disk(data, address)
    assert (moved.written, moved.there) == (1, 3)
    assert lying(data) == FILES


def test_a_store_is_tried(run: Run) -> None:
    answer = run("check")
    assert answer.exit_code == 0
    assert "nobody reads there without the key" in answer.output


def test_nothing_is_carried_into_a_store_that_strangers_can_read(
    run: Run, seaweed: Seaweed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREO_STORAGE_URL", url := seaweed.url(uuid4().hex, PUBLIC_BUCKET))
    assert isinstance(run("move", "to-store").exception, OpenToAll)
    assert list(Store(parse(url), "").all()) == []


def test_without_a_store_it_says_what_to_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREO_STORAGE_URL")
    assert "CAREO_STORAGE_URL is not set; set it to the store" in str(
        run("check").exception or run("check").output
    )
