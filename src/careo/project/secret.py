"""The key that signs sessions and passes: from CAREO_SECRET, else drawn once and kept in CAREO_DATA/secret, mode 0600."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from careo.project import environment


def secret_key(data: Path) -> str:
    """The secret in force; draws one where there is none. Two processes that start at once agree on one."""
    if given := environment.SECRET.read():
        return given
    path = data / "secret"
    if not path.exists():
        _draw(path)
    return path.read_text().strip()


def _draw(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # readers' mail will lie here too
    draft = path.with_name(f"secret.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # fails where another process was first; its secret stands
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
