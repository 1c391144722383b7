"""The first copy of the database is what the migrations make of an empty one."""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from careo.project.database import FIRST


@pytest.mark.slow
def test_the_first_copy_is_what_the_migrations_make(tmp_path: Path) -> None:
    package = Path(__file__).parents[2] / "src/careo/project"
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(lzma.decompress((package / FIRST).read_bytes()))
    code = "import sys, pathlib; from tests.tools.first_copy import migrated; migrated(pathlib.Path(sys.argv[1]))"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, env=environment)

    assert _shape(copy) == _shape(tmp_path / "careo.sqlite3"), "run `make schema`"


def _shape(path: Path) -> dict[str, set[str]]:
    """Tables and indexes with their definitions, and which migrations are applied."""
    with sqlite3.connect(path) as database:
        schema = {f"{name}: {sql}" for name, sql in database.execute("SELECT name, sql FROM sqlite_master")}
        applied = {
            f"{app} {name}" for app, name in database.execute("SELECT app, name FROM django_migrations")
        }
        rights = {f"{name}" for (name,) in database.execute("SELECT codename FROM auth_permission")}
    return {"schema": schema, "applied": applied, "rights": rights}
