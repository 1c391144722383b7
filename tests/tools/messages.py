"""Draws the catalogue of sentences anew from sources and templates, and compiles it: `make messages`.

Translations are kept; a sentence that is gone is dropped, a new one stands empty until somebody translates it. GNU gettext
is not needed: a bare Debian lacks it.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "careo"
A_DAY = datetime(2026, 11, 24, tzinfo=UTC)
CATALOGUE = SOURCE / "project" / "locale" / "es" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_CALL = re.compile(r"\b(_|n?p?gettext)\(")
# Moments would make each drawing differ from the last; the rest are blanks to be filled in.
_HEAD_LINES = re.compile(
    r'^"(POT?-(Creation|Revision)-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team):.*\n',
    re.MULTILINE,
)
_HEADER = """\
# The interface of a newspaper in Spanish.
# This file is part of Careo, under the same licence."""

Found = tuple[str, str | tuple[str, ...], str | None]


def found() -> Catalog:
    """Every sentence that the sources ask to have translated."""
    catalogue = Catalog(
        locale="es", domain="django", project="Careo", version="1", header_comment=_HEADER, fuzzy=False
    )
    for file in sorted(SOURCE.rglob("*")):
        sentences = (
            _in_python(file) if file.suffix == ".py" else _in_template(file) if _is_template(file) else ()
        )
        for name, message, context in sentences:
            catalogue.add(message, locations=[(name, 0)], context=context, flags=_flags(message))
    return catalogue


def kept() -> Catalog:
    """The catalogue as it lies in the tree."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="es", domain="django")
    catalogue.creation_date = catalogue.revision_date = (
        A_DAY  # else each compiling would differ from the last
    )
    return catalogue


def renewed() -> Catalog:
    """What the sources ask for, with the translations that there are."""
    old, new = kept() if CATALOGUE.exists() else Catalog(locale="es"), found()
    for message in new:
        if message.id and (known := old.get(_key(message.id), message.context)):
            message.string = known.string
    return new


def untranslated() -> list[str]:
    """Sentences that stand empty, or are not in the tree's catalogue at all."""
    there = kept()
    return [
        _key(message.id)
        for message in found()
        if message.id
        and not ((known := there.get(_key(message.id), message.context)) and _is_whole(known.string))
    ]


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    settings.configure(USE_I18N=True)
    django.setup()
    catalogue = renewed()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
    CATALOGUE.write_text(_HEAD_LINES.sub("", CATALOGUE.read_text()))
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(kept()))


def _is_whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))


def _key(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _flags(message: str | tuple[str, ...]) -> list[str]:
    return ["python-format"] if re.search(r"%\(\w+\)[sd]|%[sd]", "".join(message)) else []


def _is_template(file: Path) -> bool:
    return "templates" in file.parts and file.suffix in (".html", ".txt", ".xml")


def _in_python(file: Path) -> Iterator[Found]:
    with file.open("rb") as source:
        for _, message, _, context in extract("python", source, keywords=KEYWORDS):
            yield file.relative_to(SOURCE).as_posix(), message, context


def _in_template(file: Path) -> Iterator[Found]:
    """Django turns a template into calls of gettext among blanks; each is read as Python."""
    text = templatize(file.read_text())
    for match in _CALL.finditer(text):
        name, arguments = match[1], _strings(text, match.start())
        if name in ("_", "gettext"):
            yield file.relative_to(SOURCE).as_posix(), arguments[0], None
        elif name == "ngettext":
            yield file.relative_to(SOURCE).as_posix(), (arguments[0], arguments[1]), None
        elif name == "pgettext":
            yield file.relative_to(SOURCE).as_posix(), arguments[1], arguments[0]
        else:
            yield file.relative_to(SOURCE).as_posix(), (arguments[1], arguments[2]), arguments[0]


def _strings(text: str, start: int) -> list[str]:
    """The texts given to the call that begins here."""
    end = start
    while (end := text.find(")", end) + 1) > 0:
        try:
            call = ast.parse(text[start:end], mode="eval").body
        except SyntaxError:
            continue
        assert isinstance(call, ast.Call)
        return [
            one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
    raise ValueError(text[start : start + 60])


if __name__ == "__main__":
    main()
