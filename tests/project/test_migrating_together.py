"""Machines that share a PostgreSQL and are started at once, as after an upgrade: one migrates at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from careo.project.database import MIGRATING
from tests.project.machines import shared_database
from tests.project.newspaper import until

pytestmark = [pytest.mark.slow, pytest.mark.both_databases, pytest.mark.django_db]

READY = "from careo.project.database import ready; ready(); print('ready')"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture(scope="module")
def database(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    if connection.vendor != "postgresql":
        pytest.skip("machines that share a SQLite file lie on one machine, and its lock is the file's")
    return shared_database(tmp_path_factory.mktemp("together"))


def test_a_machine_waits_until_another_has_migrated(database: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        begins = subprocess.Popen(
            [sys.executable, "-c", READY],
            env=os.environ | {"CAREO_DATA": str(tmp_path / "data"), "DATABASE_URL": database},
            stdout=subprocess.PIPE,
        )
        try:
            until(lambda: other.execute(WAITING).fetchone() == (1,), "it to wait")
            assert begins.poll() is None
            other.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
            assert begins.communicate(timeout=60)[0] == b"ready\n"
            assert begins.returncode == 0
            assert other.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATING]).fetchone() == (True,)
        finally:
            begins.kill()
            begins.wait()
