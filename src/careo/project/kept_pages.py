"""May the pages that the last run kept be served in this one?

Not if a process of that run died: it may have changed the database and not come to dropping the page. Nor if they were
made by other code or templates, with another theme, under other settings, or from a database other than the one in use
now. After a run that ended well and was the same in all that, the paper starts warm.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from careo.edge.shared import tell_everything
from careo.edge.store import PageStore
from careo.project import environment, theme


class KeptPages:
    """The page store under `data`. `ended_well` is to be set when a run ended with nothing left undone."""

    def __init__(self, data: Path) -> None:
        self.store = PageStore(data / "pages")
        self.ended_well = False

    def doubt(self) -> None:
        """Drop them all, on the other machines too, where there are any: what changed before a process died they were
        not told either. Raises StoreUnwritable."""
        self.store.clear()
        if environment.REDIS_URL.read():
            tell_everything(self.store.folder)


@contextmanager
def kept_pages(data: Path) -> Iterator[KeptPages]:
    """The store as the last run left it, or empty where that cannot be trusted. Raises StoreUnwritable, OSError.

    `data/serving` stands while a run goes on, and after one that did not end well; `data/pages-made-by` says what made them.
    """
    running, made_by, pages = data / "serving", data / "pages-made-by", KeptPages(data)
    code = fingerprint()
    if running.exists():
        pages.doubt()
    elif not made_by.exists() or made_by.read_text() != _maker(code, data):
        pages.store.clear()
    running.write_text(f"{os.getpid()}\n")
    yield pages
    if pages.ended_well:
        made_by.write_text(
            _maker(code, data)
        )  # by the code that ran, which an upgrade may have replaced meanwhile
        running.unlink(missing_ok=True)


def fingerprint() -> str:
    """A digest of all that a page's bytes depend on, besides the database."""
    package = Path(__file__).parents[1]
    facts = [environment.address(), version("django"), version("wagtail"), *_settings()]
    facts += [_fact(file, package) for file in sorted(package.rglob("*")) if file.suffix not in (".pyc", "")]
    facts += _facts_of_theme()
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _facts_of_theme() -> list[str]:
    """Where the theme lies is one of them: with none, or another in its place, the same pages look otherwise."""
    folder = environment.THEME.read()
    return [str(folder), *(_fact(file, folder) for file in theme.files_of(folder))] if folder else []


def _settings() -> list[str]:
    """Every setting as it is written: it is not asked which of them a page may show. The secret shows nowhere."""
    named = [setting for setting in environment.SETTINGS if setting is not environment.SECRET]
    return [f"{setting.name}={os.environ.get(setting.name, '')}" for setting in named]


def _fact(file: Path, package: Path) -> str:
    status = file.stat()
    return f"{file.relative_to(package)} {status.st_size} {status.st_mtime_ns}"


def _maker(code: str, data: Path) -> str:
    """Code and database: a file that was put in the place of SQLite's is another."""
    try:
        return f"{code} {environment.sqlite_file(data).stat().st_ino}"
    except OSError:
        return code
