"""CAREO_DATA is made where it is missing, and can be written, or it is said why not before anything else is tried."""

from __future__ import annotations

import tempfile
from pathlib import Path


class FolderTrouble(Exception):
    """CAREO_DATA cannot hold a newspaper; the sentence says why and what to do."""

    def __init__(self, data: Path, why: str) -> None:
        self.data = data
        super().__init__(f"CAREO_DATA is {data}, {why}; set it to a folder that this user may write.")


def make_folder(data: Path) -> None:
    """Make it, for its owner alone. Raises FolderTrouble, and OSError where the disk is full."""
    if data.exists() and not data.is_dir():
        raise FolderTrouble(data, "which is a file")
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=data).close()
    except (PermissionError, FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise FolderTrouble(data, f"where nothing can be written ({error.strerror})") from error
