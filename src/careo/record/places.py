"""Where a report has its place right of the record: other rooms answer through the hook `careo_places_of_reports`.

The record lists reports but knows nothing of events; the desk, which does, registers a function that takes reports
and gives for each report's key a `Place`. One call answers for a whole page, so that no row asks by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wagtail import hooks

from careo.press.models import Report

HOOK = "careo_places_of_reports"


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    url: str


def places(reports: Sequence[Report]) -> Mapping[int, list[Place]]:
    """All places of each report, by its key."""
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for answer in hooks.get_hooks(HOOK):
        for key, place in answer(reports).items():
            found[key].append(place)
    return found
