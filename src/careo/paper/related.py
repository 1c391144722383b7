"""Which stories stand at the end of one: of the same event, then those that share what they cite, then of its section.

Only what is open to all is compared, of either story: nothing here depends on a closed part. A story that has an hour of
expiry is left out, since nothing would tell the page, which is kept, that the hour has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from careo.edge.variants import PUBLIC
from careo.paper.listing import stories_in, visible_stories
from careo.paper.telling import told_in
from careo.stories.models import Section, Story

MOST = 4
# Among so many of the newest stories a shared report or person is looked for: to compare two costs milliseconds.
LOOKED_AT = 200


def related(story: Story) -> list[Story]:
    """At most four other stories, each once; empty for one that stands nowhere yet."""
    if not story.path:
        return []
    found: dict[Story, None] = {}
    for other in _in_order(story):
        found[other] = None
        if len(found) == MOST:
            break
    return list(found)


def _in_order(story: Story) -> Iterator[Story]:
    if story.event_id:
        yield from _lasting(story).filter(event=story.event_id)[:MOST]
    yield from _sharing(story)
    section = story.get_parent().specific
    if isinstance(section, Section):
        yield from _lasting(story, stories_in(section))[:MOST]


def _lasting(story: Story, stories: QuerySet[Any] | None = None) -> QuerySet[Any]:
    chosen = visible_stories() if stories is None else stories
    return chosen.filter(expire_at=None).exclude(pk=story.pk)


def _sharing(story: Story) -> Iterator[Story]:
    """Of the newest stories those whose open part cites a report, or lets a person speak, that this one's does."""
    reports, people = _cited_openly(story)
    newest = list(_lasting(story).values_list("pk", flat=True)[:LOOKED_AT])
    # Rows tell of closed parts too: they only say where to look, and in which order says nothing of them.
    citing = Q(citations__report__in=reports) | Q(citations__report__statements__person__in=people)
    chosen = _lasting(story).filter(citing, pk__in=newest).distinct() if reports or people else ()
    for other in chosen:
        others_reports, others_people = _cited_openly(other)
        if reports & others_reports or people & others_people:
            yield other


def _cited_openly(story: Story) -> tuple[set[int], set[int]]:
    """The reports and people of the part that all may read."""
    cited = story.shown(PUBLIC).citations
    reports = {passage.report.pk for one in cited for passage in one.passages}
    return reports, {said.person_id for said in told_in(story) if said.person_id}
