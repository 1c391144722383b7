"""A story's published versions: kept when it goes out, and told to a variant as far as that variant may read them.

What is kept is what was live, so that no draft can be told. A version is laid out by the gate that the story itself
goes through (`shown`). To the public it says no more than its own access allowed, nor more than the story's present
access does; and words that were open once and stand in the closed part now are not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.models import Revision

from careo.press.models import Report
from careo.stories.changes import Account, Changed, Line, account, compare
from careo.stories.shown import Remark, Shown, ShownBlock, Variant, marks_in, shown, statements_in
from careo.stories.style import Style

if TYPE_CHECKING:
    from careo.stories.models import Story, Version

# What a story has closed to a variant now: the keys of the blocks, and what stands in them.
Behind = tuple[set[str], set[str]]
FIELDS = ("title", "standfirst", "byline", "dateline", "lead_caption")
ACCESS = ("access", "open_blocks")


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as a variant may see it. `number` counts those that the variant is told of, from 1; `changed` is its
    text beside that of the one before, nothing marked in the first; `reports` are those it was drawn from."""

    number: int
    version: Version
    changed: tuple[Changed, ...]
    reports: frozenset[Report]

    @property
    def account(self) -> Account:
        return account(self.changed)


def keep(story: Story) -> None:
    """Keep what the live story says, unless the newest version says it already: that one is then brought up to date in
    what is not to be seen. Call within the transaction that saves the story."""
    last = newest(story)
    now = _of(story)
    if last is None:
        now.number, now.at = 1, story.first_published_at or timezone.now()
        now.save()
    elif _says(last, story) != _says(now, story):
        now.number, now.at = last.number + 1, timezone.now()
        now.save()
    else:
        last.access, last.open_blocks, last.body = now.access, now.open_blocks, now.body
        last.save(update_fields=[*ACCESS, "body"])


@contextmanager
def signed(story: Story, revision: Revision, *, publisher: AbstractBaseUser | None) -> Iterator[None]:
    """If a version is kept within, note who published it and who saved the drafts that led to it."""
    known, since = newest(story), story.live_revision
    yield
    made = newest(story)
    if made is None or made == known:
        return
    drafts = Revision.objects.for_instance(story).filter(created_at__lte=revision.created_at)
    if since:
        drafts = drafts.filter(created_at__gt=since.created_at)
    made.publisher_id = publisher.pk if publisher else None
    made.save(update_fields=["publisher"])
    made.editors.set({user for user in drafts.values_list("user", flat=True) if user})


def newest(story: Story) -> Version | None:
    return story.versions.order_by("number").last() if story.pk else None


def told(story: Story, variant: Variant) -> list[ShownVersion]:
    """The versions of a live story, oldest first: of those that say the same to the variant, the first."""
    style = story.house_style().as_style()
    behind = _behind(story, variant, style)
    found: list[ShownVersion] = []
    before: tuple[Line, ...] | None = None
    kept = story.versions.order_by("number").select_related("publisher").prefetch_related("editors")
    for version in kept or [_of(story)]:
        blocks = _open_to(variant, version, story, style, behind)
        laid = shown(blocks, style=style)
        lines = tuple(_lines(version, laid))
        if lines != before:
            changed = compare(before or lines, lines)
            found.append(ShownVersion(len(found) + 1, version, changed, reports_in(laid, blocks)))
            before = lines
    return found


def reports_in(laid: Shown, blocks: Sequence[Any]) -> frozenset[Report]:
    """The reports that blocks, laid out, are drawn from: cited, or face to face."""
    cited = (passage.report for one in laid.citations for passage in one.passages)
    return frozenset((*cited, *(said.report for said in statements_in(blocks))))


def _of(story: Story) -> Version:
    """What the story says now, as a version that is not kept yet."""
    now: Version = story.versions.model(story=story, at=story.first_published_at or timezone.now())
    for name in (*FIELDS, *ACCESS):
        setattr(now, name, getattr(story, name))
    now.body = story.body.stream_block.get_prep_value(story.body)
    return now


def _says(version: Version, story: Story) -> tuple[object, ...]:
    """All that a version says to those who may read all of it, and what it rests on whether that may be shown today or
    not: an outlet may be given a basis of use, or words be shown again."""
    blocks = _blocks(version, story)
    marks = ((mark.report, mark.begin, mark.end) for _, _, mark in marks_in(blocks))
    faced = (said.pk for said in statements_in(blocks))
    return (*_lines(version, shown(blocks, style=story.house_style().as_style())), *marks, *faced)


def _blocks(version: Version, story: Story) -> list[Any]:
    return list(story.body.stream_block.to_python(version.body))


def _open_to(variant: Variant, version: Version, story: Story, style: Style, behind: Behind) -> list[Any]:
    """The version's blocks that the variant may see: as many as version and story both allow, and none that stands,
    by itself or by its words, in what is closed now."""
    blocks = _blocks(version, story)
    if variant == "subscriber":
        return blocks
    limits = [story.limit(variant), version.open_blocks if version.access != story.Access.OPEN else None]
    allowed = blocks[: min((limit for limit in limits if limit is not None), default=len(blocks))]
    keys, words = behind
    laid = shown(allowed, style=style).blocks if keys else ()
    hidden = {drawn.key for drawn in laid if drawn.key in keys or words & _words(drawn)}
    return [block for block in allowed if str(block.id) not in hidden]


def _behind(story: Story, variant: Variant, style: Style) -> Behind:
    limit = story.limit(variant)
    closed: Sequence[Any] = [] if limit is None else list(story.body)[limit:]
    laid = shown(closed, style=style).blocks
    return {block.key for block in laid}, {words for block in laid for words in _words(block)}


def _words(block: ShownBlock) -> set[str]:
    return {line.text for line in _of_block(block)}


def _lines(version: Version, laid: Shown) -> Iterator[Line]:
    heads = ("headline", "standfirst", "byline", "dateline", "caption")
    for kind, name in zip(heads, FIELDS, strict=True):
        if text := " ".join(getattr(version, name).split()):
            yield Line(kind, text)
    for block in laid.blocks:
        yield from _of_block(block)
    yield from dict.fromkeys(_passages(laid))


def _of_block(block: ShownBlock) -> Iterator[Line]:
    """What a block says, a line each; an empty one says nothing."""
    texts = ["".join(piece.text for piece in paragraph) for paragraph in block.paragraphs]
    kind = "quote" if block.kind == "quote" else "paragraph"
    remarks = [line for one in block.remarks for line in _of_remark(one)]
    said = [
        *(("heading", text) for text in (block.heading, block.question)),
        *((kind, text) for text in texts),
        ("quote", f"— {block.who}" if block.who else ""),
        ("picture", block.caption if block.picture else ""),
    ]
    yield from (Line(kind, " ".join(text.split())) for kind, text in said if text.strip())
    yield from remarks


def _of_remark(remark: Remark) -> Iterator[Line]:
    """An outlet's words, and below them ours."""
    yield Line("remark", _remark(remark), remark.language)
    if remark.translation:
        yield Line("translation", f"{gettext('Our translation')}: {' '.join(remark.translation.split())}")


def _remark(remark: Remark) -> str:
    told = (" ".join(remark.wording.split()), remark.speaker, f"{remark.outlet} ({remark.mark})")
    return " · ".join(part for part in told if part)


def _passages(laid: Shown) -> Iterator[Line]:
    for cited in laid.citations:
        for one in cited.passages:
            day = f", {date_format(one.published_on, gettext('j F Y'))}" if one.published_on else ""
            words = f": {one.excerpt}" if one.excerpt else ""
            yield Line("passage", f"{one.outlet} ({one.mark}){day}{words}", one.language)
