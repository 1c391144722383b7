"""An event as it stands: its newest remarks, as the open parts of our published stories about it tell them.

The same rule holds as on a person's page (`people`): what only reports hold, or drafts, or closed parts, is not told.
A remark that several outlets tell stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careo.desk.models import Event
from careo.paper.listing import visible_stories
from careo.paper.people import Quoted, newest_first
from careo.paper.telling import told_by
from careo.record.models import Statement
from careo.stories.composing import events_under
from careo.stories.models import Story

# The newest remarks stand in the newest stories; a strike of three months has hundreds.
MOST_STORIES = 12


@dataclass(frozen=True, slots=True)
class Strip:
    """The newest remarks, the latest first, and the stories that were looked through for them."""

    told: tuple[Quoted, ...]
    stories: tuple[Story, ...]


def as_it_stands(event: Event, count: int) -> Strip:
    """At most `count` remarks of an event; none where no story that all may read tells of it."""
    stories = tuple(visible_stories().filter(events_under(event))[:MOST_STORIES])
    where: dict[Statement, dict[Story, None]] = {}
    for story, told in told_by(stories).items():
        for said in told:
            if said.speaker:
                where.setdefault(said, {})[story] = None
    shown = (one for one in newest_first(where) if one.public.is_told)
    return Strip(tuple(_each_once(shown))[:count], stories)


def _each_once(told: Iterable[Quoted]) -> Iterator[Quoted]:
    """Of the tellings of one remark the first."""
    seen: set[int] = set()
    for one in told:
        remark = one.statement.remark_id
        if remark is None or remark not in seen:
            yield one
        if remark is not None:
            seen.add(remark)
