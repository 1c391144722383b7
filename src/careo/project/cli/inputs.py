"""Reports as they are named on the command line: a file (text or HTML), a web address, `-`, a report's id at the desk,
or a file of JSON Lines that holds many.

Only an id, which is neither file nor address, is looked up in the database; everything else starts without Django.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from careo.project import environment
from careo.project.cli.failures import Failure, sentence_for
from careo.reading.errors import UnknownLanguage
from careo.reading.language import language_of, named_language

STANDARD_INPUT = "-"
# Marks at the head of a file that say how its letters are written.
_BYTE_ORDER = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),  # before the mark of UTF-16, with which it begins
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What begins like this is a file for machines, though it may hold no zero byte.
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Given:
    """One report, from wherever it came. `id` is what the user called it; `outlet` is empty where nothing says it;
    `addresses` are those under which a story may link to it."""

    id: str | int
    outlet: str
    language: str
    published: date | None
    text: str
    addresses: frozenset[str] = frozenset()


def reports(arguments: Sequence[str], *, language: str | None, published: date | None) -> list[Given]:
    """The reports that the arguments name, in order; language and day stand in for what they do not say themselves.

    Raises Failure, a PressError, UnknownLanguage or OSError, each with its sentence.
    """
    found = [one for argument in arguments for one in _reports_of(argument, language, published)]
    seen: set[str] = set()
    for one in found:
        if str(one.id) in seen:
            raise Failure(f"The report {one.id} is given twice; give each once, under an id of its own.")
        seen.add(str(one.id))
    return found


def day(said: object) -> date:
    """The day of an ISO date, or of an ISO time, which is kept as the day it names in its own zone."""
    text = str(said)
    try:
        return date.fromisoformat(text[:10] if "T" in text or " " in text else text)
    except ValueError as error:
        raise Failure(f"{said!r} is not a day; give it as year-month-day, such as 2026-03-05.") from error


def is_address(argument: str) -> bool:
    return argument.startswith(("http://", "https://")) or ("://" in argument and not Path(argument).exists())


def is_html(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article")) or b"<html" in head


def content_of(name: str) -> bytes:
    """The bytes of a file or of standard input, within the limit on a page's size."""
    most = environment.REPORT_LIMIT.read()
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(most + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise Failure(f"{_called(name)} is larger than {most:,} bytes; raise CAREO_REPORT_LIMIT to read it.")
    if not content.strip():
        raise Failure(f"{_called(name)} is empty; there is nothing to read.")
    return content


def plain_text(content: bytes, name: str) -> str:
    """The letters of a text file as they stand there. Raises Failure for what is no text."""
    encoding = next((known for mark, known in _BYTE_ORDER if content.startswith(mark)), "utf-8")
    if content.startswith(_BINARY) or (encoding.startswith("utf-8") and b"\0" in content[:65536]):
        raise Failure(f"{_called(name)} is not text but a binary file; give a text or an HTML page.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        at = f"byte {error.start + 1:,}"
        raise Failure(
            f"{_called(name)} is not {encoding.upper().removesuffix('-SIG')} text ({at}); save it as UTF-8 and give it again."
        ) from error


def tongue(text: str, language: str | None, name: object) -> str:
    """The language to read a text in, as named or as told by the text; the refusal says which text it was."""
    try:
        return named_language(language) if language else language_of(text)
    except UnknownLanguage as error:
        raise Failure(f"{_called(str(name))}: {error}") from error


def _reports_of(argument: str, language: str | None, published: date | None) -> Iterator[Given]:
    if is_address(argument):
        yield _fetched(argument, language, published)
    elif argument != STANDARD_INPUT and not Path(argument).exists():
        yield _kept(argument)
    else:
        content = content_of(argument)
        if is_html(content):
            yield _page(argument, content, argument, "", language, published)
        elif _is_lines(argument, content):
            yield from _lines(argument, plain_text(content, argument), language, published)
        else:
            text = plain_text(content, argument)
            yield Given(argument, "", tongue(text, language, argument), published, text)


def _fetched(url: str, language: str | None, published: date | None) -> Given:
    from careo.press.fetch import fetch
    from careo.press.limits import Limits

    limits = Limits(
        size=environment.REPORT_LIMIT.read(),
        seconds=environment.FETCH_SECONDS.read(),
        hosts=environment.FETCH_HOSTS.read(),
    )
    page = fetch(url, limits=limits)
    return _page(url, page.body, page.url, page.content_type, language, published)


def _page(
    name: str, content: bytes, url: str, content_type: str, language: str | None, published: date | None
) -> Given:
    from careo.press.extract import extract

    address = url if is_address(url) else ""
    page = extract(content, url=address, content_type=content_type, name=_called(name))
    return Given(
        id=name,
        outlet=page.outlet,
        language=tongue(page.text, language or _known(page.language), name),
        published=day(page.published) if page.published else published,
        text=page.text,
        addresses=frozenset(filter(None, (address, page.url, page.canonical_url))),
    )


def _known(language: str) -> str | None:
    """The page's own word for its language, if it has one."""
    return language if language and language != "und" else None


def _kept(argument: str) -> Given:
    """A report of the newsroom, by its id."""
    if not (argument.isascii() and argument.isdigit() and len(argument) < 19):
        raise Failure(f"{argument} is neither a file, a web address nor a report's id; give one of them.")
    from careo.project.database import ready

    ready()
    from careo.press.models import Report

    report = Report.objects.select_related("outlet").filter(pk=int(argument)).first()
    if report is None:
        raise Failure(
            f"There is no file and no report {argument}; look up its id at the desk, under Reports."
        )
    return Given(
        id=argument,
        outlet=report.outlet.name,
        language=tongue(report.text, report.language, argument),
        published=report.published_on,
        text=report.text,
        addresses=frozenset((report.url, report.canonical_url)),
    )


def _is_lines(name: str, content: bytes) -> bool:
    return name.lower().endswith((".jsonl", ".ndjson")) or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        b"{"
    )


def _lines(name: str, content: str, language: str | None, published: date | None) -> Iterator[Given]:
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                yield _line(line, language, published)
            except (Failure, UnknownLanguage) as error:
                raise Failure(f"Line {number} of {_called(name)}: {sentence_for(error)}") from error


def _line(line: str, language: str | None, published: date | None) -> Given:
    report = _object(line)
    known, text = report.get("id"), report.get("text")
    if isinstance(known, bool) or not isinstance(known, (str, int)) or known == "":
        raise Failure('it has no "id", or one that is neither a string nor a whole number.')
    if not isinstance(text, str) or not text.strip():
        raise Failure('it has no "text", or an empty one.')
    said = report.get("published")
    return Given(
        id=known,
        outlet=_string(report, "outlet"),
        language=tongue(text, _string(report, "language") or language, known),
        published=day(said) if said else published,
        text=text,
        addresses=frozenset(filter(None, (_string(report, "url"),))),
    )


def _object(line: str) -> dict[str, Any]:
    try:
        report = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Failure("it is not JSON; give one object a line.") from error
    if not isinstance(report, dict):
        raise Failure(
            'it is not an object; give {"id": …, "text": …, "language": …, "published": …, "outlet": …}.'
        )
    return report


def _string(report: dict[str, Any], key: str) -> str:
    value = report.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Failure(f'its "{key}" is {value!r}; give a string.')
    return value


def _called(name: str) -> str:
    return "Standard input" if name == STANDARD_INPUT else name
