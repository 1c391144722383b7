"""What can stand in the way at the paper's own doors, and of an e-mail edition."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class PaperError(Exception):
    """Something of the paper's that could not be done; its text is for people."""


class NothingNew(PaperError):
    def __init__(self, period: str) -> None:
        super().__init__(f"No story has appeared since the last {period} edition; there is nothing to send.")


class EditionExists(PaperError):
    def __init__(self, period: str, day: date) -> None:
        self.day = day
        super().__init__(
            f"There is a {period} edition of {date_format(day, 'j F Y')} already; the next can go tomorrow."
        )


class NoteSettledAlready(PaperError):
    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(f"{by} has settled this note already; open it again to settle it otherwise.")


class NoteOpenAlready(PaperError):
    def __init__(self) -> None:
        super().__init__("This note is open; nothing was changed.")


class SavedEnough(PaperError):
    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(
            _("You have saved %(most)d stories, and no more fit; take some off your list first.")
            % {"most": most}
        )


class NothingToGive(PaperError):
    def __init__(self) -> None:
        super().__init__(_("This story is open to all; send its address."))


class GiftsSpent(PaperError):
    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            _("You have given %(limit)d stories in thirty days, as many as may be given; wait some days.")
            % {"limit": limit}
        )
