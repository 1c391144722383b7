"""`careo read`: who said what in a text, a page or many texts, offline unless a URL is given."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from careo.project.cli.failures import Failure, sentence_for
from careo.project.cli.statement_table import statement_table
from careo.reading import Reading, read
from careo.reading.wire import reading_json


@click.command()
@click.argument("source", metavar="[FILE|URL|-]", default="-")
@click.option("--published", metavar="DAY", help="The day the text appeared, such as 2026-03-05; relative days count from it.")
@click.option("--language", metavar="L", help="en or es; told from the text without it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--lines", is_flag=True, help='Answer JSON Lines: {"id", "text", "published"?, "language"?} each.')
def command(source: str, published: str | None, language: str | None, as_json: bool, lines: bool) -> None:
    """Find who said what in FILE, URL or standard input (text or HTML, English or Spanish)."""
    if lines:
        for answer in answers(_lines_of(source), published, language):
            print_json(answer)
        return
    reading = _read_source(source, _day(published) if published else None, language)
    if as_json:
        print_json(reading_json(reading))
    else:
        click.echo(statement_table(reading))


def print_json(answer: dict[str, Any]) -> None:
    """One object on one line, in UTF-8; escaped where the text holds half a character, which UTF-8 cannot write."""
    try:
        written = json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        written = json.dumps(answer).encode()
    sys.stdout.buffer.write(written + b"\n")
    sys.stdout.buffer.flush()


def answers(lines: Iterable[bytes], published: str | None, language: str | None) -> Iterator[dict[str, Any]]:
    """A reading, or an error, for each line that is not empty; the options stand in for what a line leaves out."""
    for line in lines:
        if line.strip():
            yield _answer(line, published, language)


def _answer(line: bytes, published: str | None, language: str | None) -> dict[str, Any]:
    known: object = None
    try:
        asked = _asked(line)
        known = asked.get("id")
        day = asked.get("published") or published
        reading = read(_text_of(asked), language=_language_of(asked) or language, published=_day(day) if day else None)
    except Exception as error:  # noqa: BLE001 - one bad line must not end the run; its sentence goes to its line
        return {"id": known, "error": sentence_for(error)}
    return {"id": known, **reading_json(reading)}


def _asked(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Failure(f"The line is not JSON ({type(error).__name__}); give one object a line.") from error
    if not isinstance(asked, dict):
        raise Failure('The line is not an object; give {"id": …, "text": …}.')
    return asked


def _text_of(asked: dict[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise Failure('The line has no "text", or it is not a string.')
    if not text.strip():
        raise Failure('The "text" is empty; there is nothing to read.')
    return text


def _language_of(asked: dict[str, Any]) -> str | None:
    language = asked.get("language")
    if language is not None and not isinstance(language, str):
        raise Failure(f'"language" is {language!r}; give "en" or "es".')
    return language


def _day(said: object) -> date:
    """The day of an ISO date, or of an ISO time, which is kept as the day it names in its own zone."""
    try:
        return date.fromisoformat(str(said)[:10] if "T" in str(said) else str(said))
    except ValueError as error:
        raise Failure(f"{said!r} is not a day; give it as year-month-day, such as 2026-03-05.") from error


def _lines_of(source: str) -> Iterable[bytes]:
    return sys.stdin.buffer if source == "-" else Path(source).open("rb")


def _read_source(source: str, published: date | None, language: str | None) -> Reading:
    if source.startswith(("http://", "https://")):
        return _read_url(source, published, language)
    content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    name = "Standard input" if source == "-" else source
    if not content.strip():
        raise Failure(f"{name} is empty; there is nothing to read.")
    if _is_html(content):
        return _read_page(content, "", "", published, language)
    return read(_plain_text(content, name), language=language, published=published)


def _is_html(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article")) or b"<html" in head


# Marks at the head of a file that say how its letters are written.
_BYTE_ORDER = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _plain_text(content: bytes, name: str) -> str:
    encoding = next((known for mark, known in _BYTE_ORDER if content.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in content[:65536]:
        raise Failure(f"{name} is not text but a binary file; give a text or an HTML page.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Failure(f"{name} is not UTF-8 text (byte {error.start + 1:,}); save it as UTF-8 and read it again.") from error


def _read_url(url: str, published: date | None, language: str | None) -> Reading:
    from careo.press.fetch import fetch

    fetched = fetch(url)
    return _read_page(fetched.body, fetched.url, fetched.header("content-type"), published, language)


def _read_page(content: bytes, url: str, kind: str, published: date | None, language: str | None) -> Reading:
    """A page's own language and day stand in for what was not given."""
    from careo.press.extract import extract

    page = extract(content, url=url, content_type=kind)
    day = published or (_day(page.published) if page.published else None)
    return read(page.text, language=language or (None if page.language == "und" else page.language), published=day)
