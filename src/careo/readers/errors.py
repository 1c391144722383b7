"""What can go wrong with accounts and subscriptions, a sentence each."""

from __future__ import annotations

from datetime import datetime


class ReadersError(Exception):
    """Anything this room refuses; `str()` of it is fit for a reader's eyes."""


class BadPenName(ReadersError):
    def __init__(self, name: str, must: str) -> None:
        self.name = name
        super().__init__(f"A pen name {must}; choose another.")


class PenNameTaken(ReadersError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"“{name}” is the pen name of somebody else; choose another.")


class PenNameChosen(ReadersError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"Your pen name is “{name}” already; ask the editors to have it changed.")


class AddressTaken(ReadersError):
    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"{email} belongs to an account already; use that account, or another address.")


class EndsBeforeItBegins(ReadersError):
    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            f"A subscription cannot end on {until:%Y-%m-%d %H:%M}, which is past; choose a later day."
        )


class AlreadyEnded(ReadersError):
    def __init__(self, ended: datetime) -> None:
        self.ended = ended
        super().__init__(f"This subscription ended on {ended:%Y-%m-%d %H:%M}; there is nothing left to end.")
