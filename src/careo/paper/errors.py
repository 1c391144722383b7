"""What can be wrong with an e-mail edition, told to the editor who asked for it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format


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
