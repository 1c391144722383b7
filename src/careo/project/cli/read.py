"""`careo read`: who said what in a text, a page or many texts, offline unless a URL is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from careo.project.cli.answer import print_json
from careo.project.cli.failures import Failure, sentence_for
from careo.project.cli.inputs import STANDARD_INPUT, day, reports
from careo.project.cli.json_lines import BadLine, asked
from careo.project.cli.marked_page import marked_page
from careo.project.cli.statement_table import statement_table
from careo.reading import Reading, read
from careo.reading.wire import reading_json


@click.command()
@click.argument("source", metavar="[FILE|URL|-]", default="-")
@click.option(
    "--published",
    metavar="DAY",
    help="The day the text appeared, such as 2026-03-05; relative days count from it.",
)
@click.option("--language", metavar="L", help="en or es; told from the text without it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", "as_html", is_flag=True, help="Print a web page with the spans marked.")
@click.option(
    "--lines", is_flag=True, help='Answer JSON Lines: {"id", "text", "published"?, "language"?} each.'
)
def command(
    source: str, published: str | None, language: str | None, as_json: bool, as_html: bool, lines: bool
) -> None:
    """Find who said what in FILE, URL or standard input (text or HTML, English or Spanish)."""
    if as_html and (as_json or lines):
        raise click.UsageError("--html prints a page, --json and --lines print JSON; give one of them.")
    if lines:
        for answer in answers(_lines_of(source), published, language):
            print_json(answer)
        return
    reading = _read_source(source, day(published) if published else None, language)
    if as_json:
        print_json(reading_json(reading))
    elif as_html:
        sys.stdout.buffer.write(marked_page(reading).encode("utf-8", "replace"))
    else:
        click.echo(statement_table(reading))


def answers(lines: Iterable[bytes], published: str | None, language: str | None) -> Iterator[dict[str, Any]]:
    """A reading, or an error, for each line that is not empty; the options stand in for what a line leaves out."""
    for line in lines:
        if line.strip():
            yield _answer(line, published, language)


def _answer(line: bytes, published: str | None, language: str | None) -> dict[str, Any]:
    known: object = None
    try:
        given = asked(line, '{"id": "1", "text": "…"}')
        known = given.get("id")
        appeared = given.get("published") or published
        reading = read(
            _text_of(given),
            language=_language_of(given) or language,
            published=day(appeared) if appeared else None,
        )
    except BadLine as error:
        return {"id": error.known, "error": sentence_for(error)}
    except Exception as error:  # one bad line must not end the run: its sentence goes to its line
        return {"id": known, "error": sentence_for(error)}
    return {"id": known, **reading_json(reading)}


def _text_of(given: dict[str, Any]) -> str:
    text = given.get("text")
    if not isinstance(text, str):
        raise Failure('The line has no "text", or it is not a string; give the text as a string.')
    if not text.strip():
        raise Failure('The "text" is empty; there is nothing to read.')
    return text


def _language_of(given: dict[str, Any]) -> str | None:
    language = given.get("language")
    if language is not None and not isinstance(language, str):
        raise Failure(f'"language" is {language!r}; give "en" or "es".')
    return language


def _lines_of(source: str) -> Iterator[bytes]:
    """The lines as they come; a file is closed at its end."""
    if source == STANDARD_INPUT:
        yield from sys.stdin.buffer
        return
    with Path(source).open("rb") as file:
        yield from file


def _read_source(source: str, published: date | None, language: str | None) -> Reading:
    given = reports([source], language=language, published=published)
    if len(given) != 1:
        raise Failure(f"{source} holds {len(given)} reports; read them with: careo read --lines {source}")
    return read(given[0].text, language=given[0].language, published=given[0].published)
