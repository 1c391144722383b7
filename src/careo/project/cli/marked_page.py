"""A reading as one web page: the text with sources, cues and contents marked, and the statements in a table below.

The page stands alone: no script, no address but its own anchors. The text is somebody else's, so that all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from careo.project.cli.statement_table import heading, when, who
from careo.reading import Reading, Statement

_STYLE = """
:root { color-scheme: light dark; --source: #cfe5ff; --cue: #ffe2a8; --content: #d6f2d6; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --source: #1d3b5c; --cue: #5a4310; --content: #1f4425; } }
body { font: 1rem/1.6 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; }
.source { background: var(--source); } .cue { background: var(--cue); } .content { background: var(--content); }
.source.content, .cue.content { outline: 1px solid var(--line); }
sup { font: .7rem system-ui, sans-serif; } a { color: inherit; }
table { border-collapse: collapse; width: 100%; font: .875rem/1.4 system-ui, sans-serif; margin-top: 2rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); }
.unsure { font-style: italic; }
@media (max-width: 36rem) {
  tr, td { display: block; border: 0; padding: 0; } tr { border-top: 1px solid var(--line); } thead { display: none; }
}
"""
# Where several roles share a word, the first of these gives the colour.
_ROLES = ("source", "cue", "content")


def marked_page(reading: Reading) -> str:
    """The whole answer of `careo read --html`."""
    rows = "\n".join(_row(reading, number, one) for number, one in enumerate(reading.statements, 1))
    table = (
        "<table><thead><tr><th>No.<th>Speaker<th>Said on<th>Words<th>Sure</thead>\n"
        f"<tbody>\n{rows}\n</tbody></table>"
        if rows
        else "<p>No statements were found.</p>"
    )
    legend = " · ".join(f'<span class="{role}">{role}</span>' for role in _ROLES)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(heading(reading))}</title>\n'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>\n'
        f"<p>{escape(heading(reading))}<br>{legend}</p>\n"
        f'<div class="text" lang="{reading.language}">{"".join(_marked(reading))}</div>\n{table}\n</body></html>'
    )


def _marked(reading: Reading) -> Iterator[str]:
    """The text cut wherever a span begins or ends, each piece with the roles it has and the statements it has them in."""
    spans = [
        (span, role, number)
        for number, one in enumerate(reading.statements, 1)
        for role, found in zip(_ROLES, (one.source, one.cue, one.content), strict=True)
        for span in found
    ]
    cuts = sorted({0, len(reading.text), *(edge for span, _, _ in spans for edge in span)})
    opening: dict[int, list[int]] = {}
    for number, one in enumerate(reading.statements, 1):
        opening.setdefault(one.content[0].start, []).append(number)
    waiting = sorted(spans, key=lambda one: one[0].start, reverse=True)
    active: list[tuple[int, str, int]] = []
    for start, end in pairwise(cuts):
        while waiting and waiting[-1][0].start <= start:
            span, role, number = waiting.pop()
            active.append((span.end, role, number))
        active = [one for one in active if one[0] > start]
        words = escape(reading.text[start:end])
        for number in reversed(opening.get(start, ())):
            words = f'<sup id="in-{number}"><a href="#statement-{number}">{number}</a></sup>{words}'
        roles = [role for role in _ROLES if any(one[1] == role for one in active)]
        if roles:
            told = "; ".join(f"{role} of {number}" for _, role, number in active)
            words = f'<span class="{" ".join(roles)}" title="{told}">{words}</span>'
        yield words


def _row(reading: Reading, number: int, one: Statement) -> str:
    words = " […] ".join(escape(reading.text[span.start : span.end]) for span in one.content)
    score = f"{one.score:.2f}" + (f", speaker {one.speaker.score:.2f}" if one.speaker else "")
    kind = "unsure" if one.is_unsure else "sure"
    return (
        f'<tr id="statement-{number}" class="{kind}"><td><a href="#in-{number}">{number}</a>'
        f"<td>{escape(who(reading, one))}<td>{escape(when(one.said_on))}"
        f'<td lang="{reading.language}">{words}<td>{score}'
    )
