"""What the desk refuses; each error's text is the sentence a person sees."""

from __future__ import annotations


class DeskError(Exception):
    """Any refusal of the desk."""


class NothingChosen(DeskError):
    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"No {what} was chosen; tick at least one and try again.")


class TwoRemarksNeeded(DeskError):
    def __init__(self, chosen: int) -> None:
        self.chosen = chosen
        super().__init__(f"{chosen} remarks are chosen; choose the two that stand to each other in this way.")


class NotOfThisEvent(DeskError):
    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"This {what} does not belong to this event any more; open the page again.")


class MergeIntoItself(DeskError):
    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(f"“{title}” cannot be merged into itself; choose another event.")
