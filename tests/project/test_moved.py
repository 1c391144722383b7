"""A database that is moved or replaced under a server that keeps its connections."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from careo.project.moved import close_moved


def words_in(path: Path, words: str) -> None:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE told (words TEXT)")
        made.execute("INSERT INTO told VALUES (?)", [words])
    made.close()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DatabaseWrapper:
    path = tmp_path / "paper.sqlite3"
    words_in(path, "the first")
    settings = {**connections["default"].settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": path}
    connection = DatabaseWrapper({**settings, "OPTIONS": {}}, alias="kept")
    monkeypatch.setattr(connections, "all", lambda **_: [connection])
    return connection


def told(connection: DatabaseWrapper) -> Any:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT words FROM told").fetchone()[0]


@pytest.mark.django_db
def test_a_file_put_in_its_place_is_read_at_the_next_request(kept: DatabaseWrapper, tmp_path: Path) -> None:
    assert told(kept) == "the first"
    words_in(tmp_path / "restored", "the second")
    (tmp_path / "restored").rename(tmp_path / "paper.sqlite3")
    close_moved()
    assert told(kept) == "the second"
    kept.close()


@pytest.mark.django_db
def test_where_nothing_was_moved_the_connection_stays(kept: DatabaseWrapper, tmp_path: Path) -> None:
    told(kept)
    before = kept.connection
    close_moved()
    assert kept.connection is before
    (tmp_path / "paper.sqlite3").rename(tmp_path / "away")
    close_moved()
    assert kept.connection is None
