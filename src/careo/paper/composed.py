"""What an editor composed, as all may see it now: what may not be shown is left out, and no story stands twice.

A pair that lost one story is a single; a block that lost everything is not there. Lists of a section's newest are
filled last, so that they do not take a story which an editor chose further down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from careo.desk.models import Event
from careo.paper.listing import Teaser, stories_in, teasers, visible_stories, with_pictures
from careo.paper.people import Quoted, path_of
from careo.paper.strips import Strip, as_it_stands
from careo.paper.tags import LATEST, event_tags, outlet_tag, page_tag, person_tag, report_tag, section_tag
from careo.paper.telling import reports_under
from careo.stories.composing import chosen_in
from careo.stories.models import Section, Story

Kind = Literal["lead", "pair", "list", "as_it_stands"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of the page; what its kind does not have is empty. `section` is where a list's title leads."""

    kind: Kind
    number: int
    teasers: tuple[Teaser, ...] = ()
    title: str = ""
    section: Section | None = None
    told: tuple[Quoted, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.teasers and not self.told

    @property
    def is_single(self) -> bool:
        return self.kind == "pair" and len(self.teasers) == 1

    @property
    def remarks(self) -> list[tuple[Quoted, str]]:
        """What is told, each with the path of its speaker's page; empty for a speaker who has none."""
        return [(one, path_of(one.statement.person) if one.statement.person else "") for one in self.told]


@dataclass(frozen=True, slots=True)
class Composed:
    """The blocks that have something to show, and the stories in them; `left_out` names, for the desk, what has not.

    `tags` are of all that they were made of, and of what would stand in them could it be seen.
    """

    blocks: tuple[Placed, ...]
    stories: frozenset[int]
    left_out: tuple[str, ...]
    tags: frozenset[str]


def composed(page: Any) -> Composed:
    """The composition of a home or a section; there are no blocks where an editor composed none."""
    chosen = [_stories(block) for block in page.composition]
    shelf = _Shelf(page, [story for stories in chosen for story in stories])
    taken = [shelf.take(stories) for stories in chosen]
    drawn = [_placed(number, block, taken[number], shelf) for number, block in enumerate(page.composition)]
    hidden = [story.title for stories in chosen for story in stories if story.pk not in shelf.visible]
    return Composed(
        blocks=tuple(block for block in drawn if not block.is_empty),
        stories=frozenset(shelf.taken),
        left_out=(*hidden, *(block.title for block in drawn if block.is_empty and block.title)),
        tags=frozenset(shelf.tags),
    )


def _stories(block: Any) -> list[Story]:
    return [chosen for _, chosen in chosen_in(block) if isinstance(chosen, Story)]


def _placed(number: int, block: Any, teasers: tuple[Teaser, ...], shelf: _Shelf) -> Placed:
    kind, value = block.block_type, block.value
    if kind == "as_it_stands":
        told = shelf.remarks(value["event"], value["remarks"]) if value["event"] else ()
        return Placed(kind, number, title=value["title"], told=told)
    if kind == "list" and value["section"]:
        section = value["section"]
        newest = shelf.newest(section, value["newest"]) if section.live else ()
        return Placed(kind, number, newest, value["title"] or section.title, section)
    return Placed(kind, number, teasers, value["title"] if kind == "list" else "")


class _Shelf:
    """What a page may show; each story is handed out once. Whatever was asked for leaves its tag."""

    def __init__(self, page: Any, chosen: list[Story]) -> None:
        found = visible_stories().filter(pk__in=[story.pk for story in chosen]) if chosen else ()
        self.visible = {teaser.story.pk: _on(page, teaser) for teaser in teasers(found)}
        self.taken: set[int] = set()
        # What is to come is in no key that a cache in front is told, but it is among the latest when it comes.
        to_come = any(story.pk not in self.visible for story in chosen)
        self.tags = {page_tag(story.pk) for story in chosen} | ({LATEST} if to_come else set())

    def take(self, stories: Iterable[Story]) -> tuple[Teaser, ...]:
        """The chosen stories that all may see and that do not stand further up."""
        wanted = dict.fromkeys(story.pk for story in stories)
        free = [pk for pk in wanted if pk in self.visible and pk not in self.taken]
        self.taken.update(free)
        return tuple(self.visible[pk] for pk in free)

    def newest(self, section: Section, count: int) -> tuple[Teaser, ...]:
        """The newest of a section that are still free; under its title they need not name it again."""
        self.tags.add(section_tag(section.pk))
        stories = with_pictures(stories_in(section).exclude(pk__in=self.taken)[:count])
        self.taken.update(story.pk for story in stories)
        return tuple(Teaser(story, None) for story in stories)

    def remarks(self, event: Event, count: int) -> tuple[Quoted, ...]:
        """An event's newest; their stories are linked, not shown, and may stand elsewhere on the page."""
        strip = as_it_stands(event, count)
        self.tags |= _strip_tags(event, strip)
        return strip.told


def _on(page: Any, teaser: Teaser) -> Teaser:
    """On the page of its own section a story need not name it."""
    return Teaser(teaser.story, None) if teaser.section and teaser.section.pk == page.pk else teaser


def _strip_tags(event: Event, strip: Strip) -> set[str]:
    """Not of what the strip shows alone: a statement that an editor confirms may come to stand in it."""
    shown = [one.statement for one in strip.told]
    tags = event_tags(event) | {page_tag(story.pk) for story in strip.stories}
    tags |= {report_tag(report) for story in strip.stories for report in reports_under(story)}
    tags |= {person_tag(said.person_id) for said in shown if said.person_id}
    return tags | {outlet_tag(said.report.outlet_id) for said in shown}
