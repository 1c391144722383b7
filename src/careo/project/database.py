"""Makes ready what a command needs under CAREO_DATA: Django, the database with every migration, the paper's first pages.

Silent, once, under a lock (PostgreSQL's own too, for other machines), and quick: a new SQLite database is a copy of
`first.sqlite3.xz`, which holds what all migrations make of an empty one (running the three hundred of them takes longer
than the ten seconds that a first command may take). Whatever is newer than that copy is migrated as usual. `make schema`
draws it again, a test compares it with the migrations. PostgreSQL is always migrated.
"""

from __future__ import annotations

import fcntl
import lzma
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from careo.project import environment
from careo.project.folder import make_folder

FIRST = "first.sqlite3.xz"
MIGRATING = 0x43_61_72_65_6F  # "Careo": the number of PostgreSQL's lock, which is the whole database's


class DatabaseTrouble(Exception):
    """The database cannot be opened or made; says which and what to do."""


def ready() -> None:
    """Set Django up and make or migrate what is missing. Raises DatabaseTrouble, FolderTrouble, BadSetting."""
    make_folder(environment.DATA.read().absolute())  # before Django, which draws a secret into it
    set_up_django()
    from django.conf import settings
    from django.db import DatabaseError

    try:
        with locked(settings.CAREO_DATA / "lock"):
            if path := sqlite_path():
                lay_first_copy(path)
            with _alone():
                if _migrate():
                    _found_paper()
    except DatabaseError as error:
        said = " ".join(str(error).split())  # PostgreSQL says it in several lines
        raise DatabaseTrouble(
            f"The database cannot be made ready ({said}); "
            f"check DATABASE_URL, or the disk under {settings.CAREO_DATA}."
        ) from error


def set_up_django() -> None:
    """Django's own start; cheap where it has been done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careo.project.settings")
    import django

    django.setup()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock at `path`; another process that wants it waits."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """Of the machines that share a PostgreSQL and begin at once, one migrates and the others wait."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def sqlite_path() -> Path | None:
    """Where the SQLite database lies; None on PostgreSQL."""
    from django.db import connection

    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def lay_first_copy(path: Path) -> None:
    """Put the first copy at `path`, whole or not at all; leaves what is there alone."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.write(lzma.decompress(files("careo.project").joinpath(FIRST).read_bytes()))
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _migrate() -> bool:
    """Apply what is missing; True where the paper's first pages may be missing too."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        return True
    from careo.paper.models import Home

    return not Home.objects.exists()


def _found_paper() -> None:
    from careo.paper.actions import found_paper

    found_paper()
