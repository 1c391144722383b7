"""The demonstration's stories: from manuscripts to published pages, pictures, citations and corrections with them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify

from careo.desk.models import Event
from careo.paper.models import Home
from careo.project.demo.capturing import report_called
from careo.project.demo.manuscripts import Block, Cited, FaceToFace, Heading, Paragraph, Quoted, parse
from careo.project.demo.pictures import jpeg
from careo.readers.models import Reader
from careo.record.models import Statement
from careo.stories.actions import override
from careo.stories.marks import LINKTYPE, PASSAGES, Mark, written
from careo.stories.models import Correction, Picture, Section, Story

DEMO_ZONE = "America/Bogota"  # Meridia keeps its hours


def print_stories(editor: Reader) -> None:
    """Publish every manuscript that is not yet a story, oldest first."""
    manuscripts = [(page.name.removesuffix(".story"), page.read_text()) for page in _manuscripts()]
    for slug, text in sorted(manuscripts, key=lambda found: parse(found[1])[0]["published"]):
        if not Story.objects.filter(slug=slug).exists():
            _print(slug, text, editor)


def _manuscripts() -> list[Any]:
    folder = files("careo.project.demo").joinpath("stories")
    return [page for page in folder.iterdir() if page.name.endswith(".story")]


@transaction.atomic  # an interrupted making leaves the whole story or none of it
def _print(slug: str, text: str, editor: Reader) -> None:
    """Publish a manuscript; one with a line `earlier: wrong | right | reason` first as it was before its correction."""
    head, blocks = parse(text)
    if "earlier" not in head:
        _publish(_draft(slug, head, blocks, editor), head, editor)
        return
    wrong, right, reason = head["earlier"].split(" | ")
    story = _draft(slug, head, parse(text.replace(right, wrong))[1], editor)
    override(story.save_revision(user=editor).as_object(), editor=editor, reason=reason)
    story.save_revision(user=editor).publish(user=editor)
    story = Story.objects.get(pk=story.pk)
    story.body = [_block(block) for block in blocks]
    _publish(story, head, editor)
    story.versions.filter(number=2).update(at=_last_touched(head))


def _draft(slug: str, head: dict[str, str], blocks: tuple[Block, ...], editor: Reader) -> Story:
    story = Story(
        slug=slug,
        title=head["headline"],
        standfirst=head["standfirst"],
        byline=head["byline"],
        dateline=head["dateline"],
        time_zone=DEMO_ZONE,
        access=head["access"],
        open_blocks=int(head.get("open_blocks", 2)),
        lead_picture=_picture(head),
        lead_caption=head["caption"],
        lead_alt=head["alt"],
        body=[_block(block) for block in blocks],
        owner=editor,
        live=False,
        first_published_at=datetime.fromisoformat(head["published"]).astimezone(UTC),
        event=event_of(blocks),
    )
    section(head["section"]).add_child(instance=story)
    return story


def _publish(story: Story, head: dict[str, str], editor: Reader) -> None:
    if "correction" in head:
        on, note = head["correction"].split(" | ", 1)
        story.corrections.add(Correction(on=date.fromisoformat(on), note=note))
    story.save_revision(user=editor).publish(user=editor)
    # Published in its own time: otherwise each story would say that it was updated when the edition was made.
    Story.objects.filter(pk=story.pk).update(last_published_at=_last_touched(head))


def _last_touched(head: dict[str, str]) -> datetime:
    published = datetime.fromisoformat(head["published"]).astimezone(UTC)
    if "correction" not in head:
        return published
    return datetime.combine(date.fromisoformat(head["correction"][:10]), published.timetz())


def section(title: str) -> Section:
    """The section of that name, made where there is none."""
    found = Section.objects.filter(title=title).first()
    if found:
        return found
    return Home.objects.get().add_child(
        instance=Section(title=title, slug=slugify(title), show_in_menus=True)
    )


def event_of(blocks: tuple[Block, ...]) -> Event:
    """The event of the first report that is put face to face or cited."""
    first = next(one for block in blocks for one in _quotations(block))
    return report_called(first.slug).placement.event


def _quotations(block: Block) -> tuple[Quoted, ...]:
    match block:
        case Heading():
            return ()
        case FaceToFace(_, statements):
            return statements
        case Paragraph(pieces):
            return tuple(
                passage for piece in pieces if isinstance(piece, Cited) for passage in piece.passages
            )


def _picture(head: dict[str, str]) -> Picture:
    name = head["picture"]
    found = Picture.objects.filter(title=name).first()
    if found:
        return found
    file = ContentFile(jpeg(name), name=f"{name}.jpg")
    credit = "Drawing: Careo"
    return Picture.objects.create(title=name, file=file, description=head["alt"], credit=credit)


def _block(block: Block) -> tuple[str, Any]:
    match block:
        case Heading(text):
            return "heading", text
        case FaceToFace(question, statements):
            return "face_to_face", {
                "question": question,
                "statements": [{"statement": _statement(one), "translation": one.ours} for one in statements],
            }
        case Paragraph(pieces):
            inner = "".join(escape(one) if isinstance(one, str) else _cited(one) for one in pieces)
            return "paragraph", f"<p>{inner}</p>"


def _cited(cited: Cited) -> str:
    marks = written(_mark(passage) for passage in cited.passages)
    return f'<a linktype="{LINKTYPE}" {PASSAGES}="{marks}">{escape(cited.words)}</a>'


def _mark(quoted: Quoted) -> Mark:
    report = report_called(quoted.slug)
    begin = report.text.index(quoted.words)
    return Mark(report.pk, begin, begin + len(quoted.words))


def _statement(quoted: Quoted) -> Statement:
    """The statement whose own words hold the quoted ones."""
    report = report_called(quoted.slug)
    begin = report.text.index(quoted.words)
    for statement in report.statements.standing():
        if any(start <= begin < end for start, end in statement.content):
            return statement
    raise LookupError(f"No statement of {quoted.slug} holds {quoted.words!r}: the reading has changed.")
