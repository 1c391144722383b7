"""`careo check STORY --against REPORT…`: does a story rest on its reports? For editors without a newsroom."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from careo.project.cli.answer import print_json
from careo.project.cli.failures import Failure
from careo.project.cli.inputs import Given, content_of, day, is_address, is_html, plain_text, reports, tongue
from careo.project.cli.manuscript import Manuscript, markdown, page
from careo.project.cli.statement_table import visible
from careo.reading.support import CitedSpan, Finding, Passage, StoryText
from careo.reading.support import check as check_story
from careo.reading.types import Span
from careo.reading.wire import VERSION

FINDINGS = 1  # the exit code where there are any


@click.command()
@click.argument("story", metavar="STORY")
@click.option(
    "--against", multiple=True, metavar="REPORT…", help="The reports the story rests on, after one another."
)
@click.argument("more", metavar="", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--language", metavar="L", help="The story's language, en or es; told from the text without it."
)
@click.option(
    "--published",
    metavar="DAY",
    help="The story's day, from which “yesterday” counts; without it, that of the newest report.",
)
def command(
    story: str,
    against: tuple[str, ...],
    more: tuple[str, ...],
    as_json: bool,
    language: str | None,
    published: str | None,
) -> None:
    """List what STORY (Markdown, HTML or plain text) says that the reports do not.

    A REPORT is a file (text or HTML), a web address or a report's id at the desk. A link in the story to the address
    of a report cites that report. Exit code 1 where something was found.
    """
    if not against:
        raise click.UsageError(
            "Give the reports that the story rests on: careo check STORY --against REPORT…"
        )
    found = reports((*against, *more), language=None, published=None)
    manuscript = _manuscript(story)
    written_in = tongue(manuscript.text, language, story)
    findings = _check(manuscript, found, written_in, day(published) if published else _newest(found))
    if as_json:
        print_json(findings_json(findings, manuscript, found))
    else:
        click.echo(readable(findings, manuscript, story))
    if findings:
        sys.exit(FINDINGS)


def _newest(found: Sequence[Given]) -> date | None:
    """A story is written when its last report is out."""
    return max((report.published for report in found if report.published), default=None)


def _manuscript(name: str) -> Manuscript:
    if is_address(name):
        raise Failure(f"{name} is an address; save the story as a file and give that.")
    content = content_of(name)
    source = plain_text(content, name)
    made = page(source) if is_html(content) or name.lower().endswith((".html", ".htm")) else markdown(source)
    if not made.text.strip():
        raise Failure(f"{name} holds no words of a story; give its text as Markdown or HTML.")
    return made


def _check(
    manuscript: Manuscript, found: Sequence[Given], language: str, published: date | None
) -> tuple[Finding, ...]:
    passages = {str(report.id): _whole(report) for report in found}
    citations = tuple(
        CitedSpan(link.span, (passages[str(report.id)],))
        for link in manuscript.links
        for report in found
        if link.address == str(report.id) or link.address in report.addresses
    )
    story = StoryText(manuscript.text, language, published, citations)
    return check_story(story, against=tuple(passages.values()))


def _whole(report: Given) -> Passage:
    """All of a report as one passage."""
    return Passage(
        report=str(report.id),
        outlet=report.outlet or Path(str(report.id)).name,
        language=report.language,
        text=report.text,
        span=Span(0, len(report.text)),
        published=report.published,
    )


def findings_json(
    findings: Sequence[Finding], manuscript: Manuscript, found: Sequence[Given]
) -> dict[str, Any]:
    """The *findings* object; spans are code points of the story's file."""
    ids = {str(report.id): report.id for report in found}
    return {
        "careo": VERSION,
        "findings": [
            {
                "kind": one.kind,
                "level": one.level,
                "span": list(manuscript.span(one.span.start, one.span.end)),
                "message": one.message,
                "passages": [
                    {"report": ids[passage.report], "span": list(passage.span)} for passage in one.passages
                ],
            }
            for one in findings
        ],
    }


def readable(
    findings: Sequence[Finding], manuscript: Manuscript, name: str, *, width: int | None = None
) -> str:
    """Findings for a person at a terminal: place, level and kind, then the sentence."""
    columns = max(width or shutil.get_terminal_size((100, 24)).columns, 40)
    if not findings:
        return f"{name}: nothing found; every quotation, name, number and day stands in the reports."
    blocking = sum(one.level == "block" for one in findings)
    lines = [line for one in findings for line in _lines(one, manuscript, name, columns)]
    total = f"{len(findings)} finding{'s' * (len(findings) != 1)}, {blocking} of them blocking."
    return "\n".join([*lines, total])


def _lines(one: Finding, manuscript: Manuscript, name: str, width: int) -> Iterator[str]:
    span = manuscript.span(one.span.start, one.span.end)
    line, column = manuscript.place(span.start)
    yield f"{name}:{line}:{column}: {one.level}: {one.kind}"
    yield from textwrap.wrap(visible(one.message), width, initial_indent="    ", subsequent_indent="    ")
