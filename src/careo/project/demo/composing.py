"""The demonstration's front page as its editor composed it: a lead, an event as it stands, a pair and a list."""

from __future__ import annotations

from typing import Any

from careo.paper.models import Home
from careo.project.demo.printing import section
from careo.readers.models import Reader
from careo.stories.models import Story

LEAD, LEFT, RIGHT = "two-tellings-of-a-dry-month", "a-minister-in-two-rooms", "what-a-day-at-anchor-costs"


def compose_front_page(editor: Reader) -> None:
    """Done again it changes nothing; what an editor composed since stays."""
    home = Home.objects.get()
    if not home.composition:
        home.composition = _blocks()
        home.save_revision(user=editor).publish(user=editor)


def _blocks() -> list[tuple[str, Any]]:
    lead, left, right = (Story.objects.get(slug=slug) for slug in (LEAD, LEFT, RIGHT))
    strike = {"title": "The dock strike", "event": left.event, "remarks": 4}
    abroad = {
        "title": "Across the strait",
        "stories": [],
        "section": section("Neighbours"),
        "newest": 3,
    }
    return [
        ("lead", lead),
        ("pair", {"left": left, "right": right}),
        ("as_it_stands", strike),
        ("list", abroad),
    ]
