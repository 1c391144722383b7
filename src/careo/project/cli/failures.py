"""From an exception to the one plain sentence a person sees: what was wrong and what to do."""

from __future__ import annotations

import errno

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What the system says of a path → what is so, and what to do.
_OF_A_PATH = {
    errno.ENOENT: "is not there; check the path",
    errno.EISDIR: "is a folder; give a file",
    errno.ENOTDIR: "leads through a file as if it were a folder; check the path",
    errno.EACCES: "may not be used by this user; change its permissions, or run as its owner",
    errno.EPERM: "may not be used by this user; change its permissions, or run as its owner",
    errno.EROFS: "lies on a disk that cannot be written; choose another place",
    errno.ENAMETOOLONG: "is too long a name; give the path of a file",
}


class Failure(Exception):
    """Refused or failed on the command line; its text is the sentence."""


def sentence_for(error: Exception) -> str:
    """Our own errors carry their sentence; the system's and the database's are put into one; anything else is a fault
    of ours."""
    if any(kind.__module__.startswith("careo.") for kind in type(error).__mro__):
        return one_line(error)
    if isinstance(error, OSError):
        return _of_the_system(error)
    if _is_of_the_database(error):
        return (
            f"The database could not be used ({one_line(error)}); what had not been finished was not kept. "
            "Look at the disk of CAREO_DATA, or at DATABASE_URL, and do it again."
        )
    return f"a fault of Careo's own ({type(error).__name__}: {one_line(error)}); nothing was kept. Please report it."


def one_line(error: Exception) -> str:
    """What an error says, without the line ends of those who say it in several."""
    return " ".join(str(error).split())


def _of_the_system(error: OSError) -> str:
    if error.errno in _FULL:
        where = f" for {error.filename}" if error.filename else ""
        return f"There is no room left on the disk{where}; what had not been finished was not kept. Make room and do it again."
    if error.filename and error.errno in _OF_A_PATH:
        return f"{error.filename} {_OF_A_PATH[error.errno]}."
    what = error.strerror or one_line(error)
    return f"{error.filename}: {what}; check the path." if error.filename else f"{what}."


def _is_of_the_database(error: Exception) -> bool:
    """A full or failing disk, a lost server, a file that is no database: told by name, since Django may not be loaded."""
    names = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    return not names.isdisjoint({"sqlite3.OperationalError", "django.db.utils.OperationalError"}) or (
        type(error).__name__ == "DatabaseError" and type(error).__module__ in ("sqlite3", "django.db.utils")
    )
