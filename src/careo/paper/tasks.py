"""What the worker does for the paper: draw pages ahead of time."""

from __future__ import annotations

from django_tasks import task

from careo.paper.ahead import draw, paths_of
from careo.stories.models import Story


@task()
def draw_ahead(story_id: int) -> None:
    """Have everything that shows the story in the store. A story that was deleted meanwhile is no fault."""
    story = Story.objects.filter(pk=story_id).first()
    if story is not None:
        for path in paths_of(story):
            draw(path)
