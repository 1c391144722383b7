"""Pages that an earlier run kept are served again only where nothing speaks against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from careo.edge.page import Page
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.project.kept_pages import KeptPages, kept_pages

DAM = "/politics/dam/"


def keep(pages: KeptPages) -> None:
    page = Page(b"<p>The dam holds.</p>", "text/html", 0)
    assert pages.store.put(DAM, PUBLIC, page, tags={"story:12"}, stamp=pages.store.stamp())


def run(data: Path, *, ended_well: bool = True) -> bool:
    """One run that keeps a page; says whether it found the last run's."""
    with kept_pages(data) as pages:
        found = PageStore(data / "pages").get(DAM, PUBLIC) is not None
        keep(pages)
        pages.ended_well = ended_well
    return found


def test_a_restart_finds_them(tmp_path: Path) -> None:
    assert [run(tmp_path) for _ in range(3)] == [False, True, True]


def test_the_restart_after_the_very_first_run_too(tmp_path: Path) -> None:
    with kept_pages(tmp_path) as pages:
        (tmp_path / "careo.sqlite3").touch()
        keep(pages)
        pages.ended_well = True
    assert run(tmp_path)


def test_a_run_that_did_not_end_well_leaves_none(tmp_path: Path) -> None:
    run(tmp_path, ended_well=False)
    assert not run(tmp_path)
    with pytest.raises(KeyboardInterrupt), kept_pages(tmp_path):
        raise KeyboardInterrupt
    assert not run(tmp_path)
    assert run(tmp_path)


def test_after_a_run_that_did_not_end_well_the_other_machines_are_told_to_begin_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREO_REDIS_URL", "redis://127.0.0.1")
    untold = tmp_path / "pages" / "untold"
    run(tmp_path)
    run(tmp_path, ended_well=False)
    assert not untold.exists()
    with kept_pages(tmp_path) as pages:
        assert json.loads(untold.read_text()) == ["*"]
        pages.doubt()  # a part of this run dies as well
    assert untold.read_text().count("*") == 2


def restore(data: Path) -> None:
    (data / "restored").touch()
    (data / "restored").replace(data / "careo.sqlite3")


def test_a_database_elsewhere_that_was_put_in_another_s_place_is_noticed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    elsewhere.touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{elsewhere}")
    data = tmp_path / "data"
    data.mkdir()
    assert [run(data), run(data)] == [False, True]
    (tmp_path / "restored").touch()
    (tmp_path / "restored").replace(elsewhere)
    assert not run(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data, monkeypatch: monkeypatch.setenv("CAREO_ADDRESS", "https://post.example"),
        lambda data, monkeypatch: monkeypatch.setenv("DATABASE_URL", "postgresql://post@127.0.0.1/post"),
        lambda data, monkeypatch: monkeypatch.setenv("CAREO_EDIT_MINUTES", "20"),
        lambda data, monkeypatch: restore(data),
        lambda data, monkeypatch: (data / "pages-made-by").write_text("another version"),
        lambda data, monkeypatch: (data / "pages-made-by").unlink(),
    ],
    ids=[
        "another address",
        "another database",
        "another setting",
        "a restored database",
        "other code",
        "nobody knows what",
    ],
)
def test_pages_made_otherwise_than_now_are_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, pytest.MonkeyPatch], object]
) -> None:
    (tmp_path / "careo.sqlite3").touch()
    run(tmp_path)
    assert run(tmp_path)
    change(tmp_path, monkeypatch)
    assert not run(tmp_path)
