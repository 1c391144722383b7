"""`careo capture URL|FILE|-`: take in what another outlet published, and print it.

Neither `--no-store` nor `--lines` loads Django, and nothing here loads a model.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from careo.press.errors import AddressMissing, ReportTooLarge
from careo.press.extract import extract
from careo.press.fetch import Fetched, fetch
from careo.press.limits import Limits
from careo.press.targets import target
from careo.press.wire import report_json
from careo.project import environment
from careo.project.cli.answer import print_json
from careo.project.cli.failures import Failure, sentence_for
from careo.project.cli.json_lines import BadLine, asked

STANDARD_INPUT = "-"


@click.command()
@click.argument("page", metavar="URL|FILE|-", required=False)
@click.option("--url", help="Where the page of a FILE or of standard input was published.")
@click.option("--no-store", is_flag=True, help="Print the report, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--lines",
    is_flag=True,
    help='Read {"id", "url", "html"} a line, answer each with a report; keep nothing.',
)
def command(page: str | None, url: str | None, no_store: bool, as_json: bool, lines: bool) -> None:
    """Take in the report at a URL, in a FILE, or on standard input (-)."""
    if lines:
        if page not in (None, STANDARD_INPUT):
            raise click.UsageError("--lines reads standard input; leave the URL or FILE away.")
        for answer in answers(sys.stdin.buffer):
            print_json(answer)
        return
    if page is None:
        raise click.UsageError("Give a URL, a FILE, or - for standard input.")
    taken = fetched(page, url)
    report = offline(taken) if no_store else stored(taken)
    if as_json:
        print_json(report)
    else:
        click.echo(readable(report))


def limits() -> Limits:
    """What the environment allows a fetch."""
    return Limits(
        size=environment.REPORT_LIMIT.read(),
        seconds=environment.FETCH_SECONDS.read(),
        hosts=environment.FETCH_HOSTS.read(),
    )


def fetched(page: str, url: str | None = None) -> Fetched:
    """The page's bytes, from the network, a file or standard input. Raises PressError or OSError.

    A file is taken as if it had just been fetched from `url`, or else from the canonical address that it gives.
    """
    if "://" in page and not Path(page).exists():
        return fetch(page, limits=limits())
    body = _read(page)
    name = "The page on standard input" if page == STANDARD_INPUT else page
    address = target(url).url if url else extract(body, url="", name=name).canonical_url
    if not address:
        raise AddressMissing(name)
    return Fetched(address, 200, (), body, datetime.now(UTC), address)


def offline(taken: Fetched) -> dict[str, Any]:
    """The *report* object of a page that is not kept."""
    found = extract(taken.body, url=taken.url, content_type=taken.content_type)
    return report_json(found, snapshot=hashlib.sha256(taken.body).hexdigest())


def stored(taken: Fetched) -> dict[str, Any]:
    """The *report* object of a page that is kept; what there is of it already is not kept twice."""
    from careo.project.database import ready

    ready()
    from careo.press.actions import stored_json, take_in

    captured = take_in(taken)
    click.echo(f"{captured.outcome.label}.", err=True)
    return stored_json(captured.report)


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One object a line that came, in the same order: a report, or the error with that line's id."""
    for line in lines:
        if line.strip():
            yield _answer(line)


def readable(report: dict[str, Any]) -> str:
    """A report for a person at a terminal."""
    about = [
        ("Outlet", report["outlet"]),
        ("Address", report["canonical_url"]),
        ("By", ", ".join(report["authors"])),
        ("Published", report["published"]),
        ("Modified", report["modified"]),
        ("Language", report["language"]),
        ("Near duplicate of", report["near_duplicate_of"]),
        ("Snapshot", report["snapshot"]),
    ]
    lead = report["standfirst"] or ""
    head = [report["headline"], "" if report["text"].startswith(lead) else lead]
    pictures = [
        "\n".join(
            [
                f"Picture: {image['url']}",
                *(f"  {key}: {image[key]}" for key in ("caption", "alt", "credit") if image[key]),
            ]
        )
        for image in report["images"]
    ]
    facts = "\n".join(f"{name + ':':<19}{value}" for name, value in about if value)
    return "\n\n".join(filter(None, [*head, facts, report["text"], *pictures]))


def _answer(line: bytes) -> dict[str, Any]:
    known: object = None
    try:
        given = asked(line, '{"id": "1", "url": "https://…", "html": "…"}')
        known = given.get("id")
        return {"id": known, **_report(given)}
    except BadLine as error:
        return {"id": error.known, "error": sentence_for(error)}
    except Exception as error:  # one bad line must not end the run: its sentence goes to its line
        return {"id": known, "error": sentence_for(error)}


def _report(given: dict[str, Any]) -> dict[str, Any]:
    html, address = given.get("html"), given.get("url")
    if not isinstance(html, str):
        raise Failure("The line has no html; give the page's source as a string.")
    url = target(str(address)).url if address else ""
    found = extract(html, url=url, name=url or "The page")
    return report_json(found, snapshot=hashlib.sha256(html.encode("utf-8", "replace")).hexdigest())


def _read(page: str) -> bytes:
    most = environment.REPORT_LIMIT.read()
    if page == STANDARD_INPUT:
        body = sys.stdin.buffer.read(most + 1)
    else:
        with Path(page).open("rb") as file:
            body = file.read(most + 1)
    if len(body) > most:
        raise ReportTooLarge(page, most)
    return body
