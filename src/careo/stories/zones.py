"""Time zones of the places that stories are written from, by their names in the IANA database ("America/Lima").

>>> zone_called("America/Lima").key, zone_called("Atlantis/Poseidonis").key == zone_called("").key
('America/Lima', True)
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError

# Aliases and machinery of the database: what an editor looks for is a region and a place.
_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zone_choices() -> list[tuple[str, str]]:
    """The paper's own (""), then every place of the database by region: ("America/Lima", "America: Lima")."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in _REGIONS)
    return [
        ("", "The paper's own"),
        *((name, name.replace("/", ": ", 1).replace("_", " ")) for name in names),
    ]


def refuse_unknown_zone(name: str) -> None:
    """Raises ValidationError, to be shown beside the field."""
    if name not in dict(zone_choices()):
        raise ValidationError(
            {"time_zone": f"“{name}” is no time zone that we know; choose one of the list."}
        )


def zone_called(name: str) -> ZoneInfo:
    """The zone of that name; the paper's own for an empty one, or one that this machine does not know (any more)."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def name_at(when: datetime) -> str:
    """What a reader knows the zone by at that instant: "CET", "UTC"; "UTC-05" where the place has no letters for it."""
    name = when.tzname() or ""
    return name if name.isalpha() else f"UTC{name}"
