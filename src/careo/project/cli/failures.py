"""From an exception to the one plain sentence a person sees: what was wrong and what to do."""

from __future__ import annotations


class Failure(Exception):
    """Refused or failed on the command line; its text is the sentence."""


def sentence_for(error: Exception) -> str:
    """Our own errors carry their sentence; the system's are put into one; anything else is a fault of ours."""
    if any(kind.__module__.startswith("careo.") for kind in type(error).__mro__):
        return str(error)
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        return f"{error.filename}: {what}." if error.filename else f"{what}."
    return f"a fault of Careo's own ({type(error).__name__}: {error}); nothing was kept. Please report it."
