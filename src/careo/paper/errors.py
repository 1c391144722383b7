"""What can stand in the way at the paper's own doors."""

from __future__ import annotations


class PaperError(Exception):
    """Something that was refused; the sentence says what to do."""


class NoteSettledAlready(PaperError):
    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(f"{by} has settled this note already; open it again to settle it otherwise.")


class NoteOpenAlready(PaperError):
    def __init__(self) -> None:
        super().__init__("This note is open; nothing was changed.")
