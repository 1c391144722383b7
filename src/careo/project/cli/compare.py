"""`careo compare A B …`: what several reports tell of who said what, face to face."""

from __future__ import annotations

from typing import Any

import click

from careo.project.cli.answer import print_json
from careo.project.cli.face_to_face import face_to_face
from careo.project.cli.failures import Failure
from careo.project.cli.inputs import Given, day, reports
from careo.reading import read
from careo.reading.compare import Comparison, Told
from careo.reading.compare import compare as compare_statements
from careo.reading.wire import VERSION, statement_json


@click.command()
@click.argument("given", metavar="REPORT…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--language", metavar="L", help="en or es, for reports that do not say it; told from the text without it."
)
@click.option(
    "--published", metavar="DAY", help="The day of reports that do not say theirs, such as 2026-03-05."
)
def command(given: tuple[str, ...], as_json: bool, language: str | None, published: str | None) -> None:
    """Put statements of two or more reports face to face.

    REPORT is a file (text or HTML), a web address or a report's id at the desk; or give one file of JSON Lines, a
    report a line: {"id", "text", "language", "published", "outlet"}.
    """
    found = reports(given, language=language, published=day(published) if published else None)
    if len(found) < 2:
        raise Failure(
            "One report has nothing to be compared with; give two or more, or a file of JSON Lines."
        )
    told = [statement for report in found for statement in _told(report)]
    comparison = compare_statements(told)
    if as_json:
        print_json(comparison_json(found, told, comparison))
    else:
        click.echo(face_to_face(told, comparison))


def _told(report: Given) -> list[Told]:
    """The statements of a report, numbered from 1 in its text's order."""
    reading = read(report.text, language=report.language, published=report.published)
    return [
        Told(
            id=f"{report.id}:{number}",
            report=str(report.id),
            outlet=report.outlet,
            language=reading.language,
            text=report.text,
            published=report.published,
            statement=statement,
        )
        for number, statement in enumerate(reading.statements, 1)
    ]


def comparison_json(found: list[Given], told: list[Told], comparison: Comparison) -> dict[str, Any]:
    """The *comparison* object: statements with the spans that `careo read` gives for the same text, language, day."""
    ids = {str(report.id): report.id for report in found}
    return {
        "careo": VERSION,
        "reports": [
            {
                "id": report.id,
                "outlet": report.outlet or None,
                "language": report.language,
                "published": report.published.isoformat() if report.published else None,
            }
            for report in found
        ],
        "statements": [
            {"id": one.id, "report": ids[one.report], **statement_json(one.statement)} for one in told
        ],
        "remarks": [list(remark) for remark in comparison.remarks],
        "relations": [
            {"a": one.a, "b": one.b, "kind": one.kind, "score": one.score, "why": list(one.why)}
            for one in comparison.relations
        ],
    }
