"""The demonstration's map: where its pages are and how to log in, kept in CAREO_DATA so that it can be asked for again.

Passwords are drawn once. While the edition is being made they lie in `demo.part`; the finished map is `demo.json`, both
readable by their owner alone. Paths are taken from the pages themselves, so that a moved page is not missed.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from careo.desk.models import Event
from careo.paper.people import path_of, people_in
from careo.stories.models import Story

MARKER = "antelucan"
POST_MARKER = "petrichor"
PASSWORD_BYTES = 12
STORY, CLOSED_STORY = "two-tellings-of-a-dry-month", "a-minister-in-two-rooms"


def kept() -> dict[str, Any] | None:
    """The map as it was written, at the address in force now; None where no edition was finished."""
    found = _read(settings.CAREO_DATA / "demo.json")
    return found and {**found, "address": settings.CAREO_ADDRESS}


def is_begun() -> bool:
    """Whether a making of the edition was interrupted, so that what is there is its own."""
    return (settings.CAREO_DATA / "demo.part").exists()


def passwords(keys: list[str]) -> dict[str, str]:
    """A password for each key, drawn once however often the making is interrupted."""
    path = settings.CAREO_DATA / "demo.part"
    drawn = _read(path) or {key: secrets.token_urlsafe(PASSWORD_BYTES) for key in keys}
    _write(path, drawn)
    return drawn


def finish(logins: dict[str, list[str]]) -> dict[str, Any]:
    """Write the map and forget the unfinished one."""
    drawn = {"careo": 1, "address": settings.CAREO_ADDRESS, "paths": paths(), "marker": MARKER,
             "post_marker": POST_MARKER, "logins": logins}  # fmt: skip
    _write(settings.CAREO_DATA / "demo.json", drawn)
    (settings.CAREO_DATA / "demo.part").unlink(missing_ok=True)
    return drawn


def paths() -> dict[str, str | None]:
    """Every page the map names, as a path on our address."""
    story, closed = (Story.objects.get(slug=slug) for slug in (STORY, CLOSED_STORY))
    event = Event.objects.filter(placements__report__citations__story=story).distinct().first()
    return {
        "home": "/",
        "section": story.get_parent().relative_url(story.get_site()),
        "story": story.relative_url(story.get_site()),
        "closed_story": closed.relative_url(closed.get_site()),
        "forum": reverse("forum:index"),
        "thread": reverse("forum:thread", args=[story.pk]),
        "person": path_of(said) if (said := next(iter(people_in(story)), None)) else None,
        "event": None,
        "search": reverse("paper:search"),
        "login": reverse("account_login"),
        "desk": reverse("wagtailadmin_home"),
        "desk_event": reverse("desk:event", args=[event.pk]) if event else None,
    }


def _read(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
