"""The gate before publishing: no revision of a story passes with a finding that the house lets stop it, unless an
editor has overridden that very finding. An embargo ends by the same gate."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wagtail.log_actions import log
from wagtail.models import Revision

from careo.stories.check import check
from careo.stories.errors import StoryStopped
from careo.stories.findings import StoryFinding

if TYPE_CHECKING:
    from careo.stories.models import Story

STOPPED = "careo.story_stopped"
logger = logging.getLogger(__name__)


def against(story: Story) -> tuple[StoryFinding, ...]:
    """The findings that stop the story as it stands in memory."""
    return standing(story, check(story))


def standing(story: Story, findings: Iterable[StoryFinding]) -> tuple[StoryFinding, ...]:
    """Of the findings on a story those that stop it: set to by the house, and not let pass by an editor."""
    kept = [one for override in story.check_overrides.all() for one in override.findings]
    return tuple(found for found in findings if found.blocks and not any(map(found.is_let_pass_by, kept)))


def let_through(revision: Revision) -> None:
    """Raises StoryStopped where something stops the revision."""
    story = revision.as_object()
    if findings := against(story):
        raise StoryStopped(story.title, findings)


def passes_at_its_hour(revision: Revision) -> bool:
    """Whether a scheduled revision may go live; if not, its schedule is cleared and why is logged.

    It was let through when it was scheduled; the house may have become stricter since. Nobody is there to be told,
    and the next story in the queue must not wait for this one, so nothing is raised.
    """
    try:
        let_through(revision)
    except StoryStopped as stopped:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(instance=revision.content_object, action=STOPPED, revision=revision, data={"why": str(stopped)})
        logger.error("%s", stopped)
        return False
    return True
