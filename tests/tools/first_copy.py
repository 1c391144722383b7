"""Draw `first.sqlite3.xz` again from the migrations: `make schema`, after every change of a model."""

from __future__ import annotations

import lzma
import os
import sqlite3
import tempfile
from pathlib import Path

TARGET = Path("src/careo/project/first.sqlite3.xz")


def migrated(folder: Path) -> Path:
    """A SQLite database in `folder` with every migration applied and nothing else; times made one fixed time."""
    os.environ |= {"CAREO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "careo.project.settings"}
    os.environ.pop("DATABASE_URL", None)
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    path = folder / "careo.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE django_migrations SET applied = '2026-01-01 00:00:00'")
    database.execute("VACUUM")
    database.close()
    return path


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TARGET.write_bytes(lzma.compress(migrated(Path(folder)).read_bytes(), preset=9))
