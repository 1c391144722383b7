"""An open story as Markdown, for those who read with other programs: text, citations as footnotes, sources line.

Drawn from what all may read. The words are ours and others'; whatever Markdown or HTML would take for a sign is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from careo.edge.variants import PUBLIC
from careo.paper.addresses import address_of, full
from careo.stories.citations import Cited, CitedPassage
from careo.stories.models import Story
from careo.stories.prose import Run
from careo.stories.shown import Remark, Shown, ShownBlock, ShownPiece
from careo.stories.zones import name_at

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LINE_SIGNS = re.compile(r"^(\d*)([-+.)])(?=\s)")


def as_markdown(story: Story) -> str:
    """The whole document, ending in a line end."""
    laid = story.shown(PUBLIC)
    parts = [f"# {plain(story.title)}", *([f"*{plain(story.standfirst)}*"] if story.standfirst else [])]
    parts += [_told(story), *(part for block in laid.blocks for part in _block(block))]
    parts += [f"Corrected {one.on}: {plain(one.note)}" for one in story.corrections.all()]
    parts += [_footnote(cited) for cited in laid.citations]
    if laid.sources:
        parts.append(_sources(laid))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def plain(text: str) -> str:
    """The text with nothing in it that Markdown or HTML would act on, in one line."""
    return _LINE_SIGNS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", " ".join(text.split())))


def _told(story: Story) -> str:
    first = story.first_published_at.astimezone(story.zone) if story.first_published_at else None
    when = f"{first:%Y-%m-%d %H:%M} {name_at(first)}" if first else ""
    return " · ".join(part for part in (plain(story.byline), when, f"<{address_of(story)}>") if part)


def _block(block: ShownBlock) -> Iterator[str]:
    if block.kind == "heading":
        yield f"## {plain(block.heading)}"
    elif block.kind == "picture":
        yield f"({plain(block.caption or block.alt)})" if block.caption or block.alt else ""
    elif block.kind == "face_to_face":
        yield f"### {plain(block.question)}" if block.question else ""
        yield from (_remark(remark) for remark in block.remarks)
    else:
        sign = "> " if block.kind == "quote" else ""
        yield from (sign + "".join(map(_piece, pieces)) for pieces in block.paragraphs)
        if block.who:
            yield f"> — {plain(block.who)}"


def _piece(piece: ShownPiece) -> str:
    words = "".join(map(_run, piece.runs))
    if piece.number is not None:
        return f"{words}[^{piece.number}]"
    return f"[{words}]({_link(full(piece.href))})" if piece.href else words


def _run(run: Run) -> str:
    inner = run.text.strip()
    if not inner:
        return run.text
    before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
    sign = "**" if run.bold else "*" if run.italic else ""
    return f"{before}{sign}{plain(inner)}{sign}{after}"


def _remark(remark: Remark) -> str:
    who = f"{remark.speaker}, " if remark.speaker else ""
    day = f", {remark.day}" if remark.day else ""
    words = _withheld(remark.withheld_on) or plain(remark.wording)
    link = "" if words or not remark.link else f", {_link(remark.link)}"
    ours = f"> {gettext('Our translation')}: {plain(remark.translation)}\n>\n" if remark.translation else ""
    told = f"> {words}\n>\n{ours}" if words else ""
    return f"{told}> — {plain(who + remark.outlet)} ({remark.mark}){day}{link}"


def _footnote(cited: Cited) -> str:
    return f"[^{cited.number}]: {'; '.join(map(_passage, cited.passages))}"


def _passage(one: CitedPassage) -> str:
    """Outlet, headline or day, link, and the words, as far as they may be shown."""
    day = str(one.published_on) if one.published_on else ""
    named = [f"{plain(one.outlet)} ({one.mark})", plain(one.public.headline) or day]
    told = ", ".join(part for part in [*named, _link(one.link) if one.link else ""] if part)
    words = f"“{plain(one.public.words)}”" if one.public.words else _withheld(one.public.withheld_on)
    return f"{told}: {words}" if words else told


def _withheld(since: date | None) -> str:
    return f"{gettext('This passage is withheld.')} ({since})" if since else ""


def _link(address: str) -> str:
    return "<" + address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20") + ">"


def _sources(laid: Shown) -> str:
    named = ", ".join(f"{plain(one.outlet)} ({one.mark})" for one in laid.sources)
    return f"{laid.sources_word}: {named}"
