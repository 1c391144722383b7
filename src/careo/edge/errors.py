"""What can go wrong at the edge, each with one sentence: what was wrong and what to do."""

from __future__ import annotations

from pathlib import Path


class EdgeError(Exception):
    """The family."""


class StoreUnwritable(EdgeError):
    """Pages could not be dropped, and not even the whole store: readers may be shown what was replaced."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        self.folder, self.cause = folder, cause
        super().__init__(
            f"Replaced pages cannot be dropped from {folder} ({cause.strerror or cause}); "
            "old ones may be served until it can be written again: free the disk, then delete that folder."
        )
