"""A theme: a folder of the operator's own that decides how the paper looks, named by CAREO_THEME (docs/themes.md).

theme.css    rules that stand after those of paper.css in the public pages' one stylesheet
static/      files that win over Careo's of the same name; `static/paper/paper.css` takes the place of ours
templates/   templates that win over Careo's of the same name

Pages wait for one stylesheet alone: theme.css is joined to paper.css once, at the start, and served under its address.
No Django here: the folder is looked at before anything is started.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

PARTS = ("theme.css", "static", "templates")
STYLESHEET = Path("paper", "paper.css")
OURS = Path(__file__).parents[1] / "paper" / "static" / STYLESHEET
VERSION_LENGTH = 10  # as of every static file: careo.project.static
_WRITTEN_BY_HAND = (".html", ".txt", ".xml")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STATIC_URL = re.compile(r"""url\(\s*(["']?)/static/([^"')?#\s]+)\1\s*\)""")


def is_theme(folder: Path) -> bool:
    """Is there anything in it that a theme has?"""
    return any((folder / part).exists() for part in PARTS)


def troubles(folder: Path) -> Iterator[str]:
    """A sentence for whatever of it could not be served."""
    css = folder / "theme.css"
    if not css.exists():
        return
    try:
        text = css.read_text()
    except (OSError, UnicodeDecodeError) as error:
        yield f"{css} of CAREO_THEME cannot be read ({error}); it must be a file of UTF-8 text."
        return
    if "@import" in _COMMENT.sub("", text):
        yield (
            f"{css} of CAREO_THEME has an @import, which browsers ignore in a stylesheet's middle, where it is put; "
            "write those rules into it instead."
        )


def files_of(folder: Path) -> list[Path]:
    """Every file that pages may depend on."""
    return sorted(file for part in PARTS for file in _files(folder / part))


def _files(path: Path) -> list[Path]:
    return [file for file in (path, *path.rglob("*")) if file.is_file()]


def template_folders(folder: Path | None) -> list[Path]:
    """Where templates are looked for before the applications' own."""
    return [folder / "templates"] if folder else []


def template_names(folder: Path) -> list[str]:
    """The names under which the theme's templates are asked for."""
    templates = folder / "templates"
    written = (file for file in _files(templates) if file.suffix in _WRITTEN_BY_HAND)
    return sorted(file.relative_to(templates).as_posix() for file in written)


def static_folders(folder: Path | None, data: Path) -> list[Path]:
    """Where static files are looked for before the applications' own, the joined stylesheet first, which is made here."""
    if folder is None:
        return []
    joined = [_lay_joined(folder, data / "theme")] if (folder / "theme.css").exists() else []
    return [*joined, *filter(Path.is_dir, [folder / "static"])]


def _lay_joined(folder: Path, target: Path) -> Path:
    """Write the one stylesheet under `target` where it is not so already; gives `target`."""
    file, text = target / STYLESHEET, joined(folder)
    if not file.exists() or file.read_text() != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(text)
        draft.replace(file)
    return target


def joined(folder: Path) -> str:
    """The theme's stylesheet: paper.css, its own or ours, and the rules of theme.css after it."""
    own = folder / "static" / STYLESHEET
    base = own if own.exists() else OURS
    theme = _STATIC_URL.sub(lambda found: _versioned(found, folder), (folder / "theme.css").read_text())
    return f"{base.read_text().rstrip()}\n\n/* The theme's own rules, from theme.css. */\n{theme}"


def _versioned(found: re.Match[str], folder: Path) -> str:
    """A file of the theme's own under the address that lets browsers keep it for ever; any other as it was written."""
    quote, name = found.groups()
    file = folder / "static" / name
    if not file.is_file():
        return found[0]
    version = hashlib.sha256(file.read_bytes()).hexdigest()[:VERSION_LENGTH]
    return f"url({quote}/static/{name}?v={version}{quote})"
