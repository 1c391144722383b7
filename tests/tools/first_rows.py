"""Put the database's first rows back after a test that emptied it.

Wagtail's root page, the groups and their rights come with the migrations. A test that commits for real, or serves a
browser, ends by emptying every table; without them the next test would begin in no newspaper at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Site

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

EMPTIES = ("transactional_db", "live_server")


class FirstRows:
    """`keep` once, when the database is new; `put_back` before a test that follows one that emptied it."""

    def __init__(self) -> None:
        self._rows = ""
        self._emptied = False
        self._blocker: DjangoDbBlocker | None = None

    def keep(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        with blocker.unblock():
            rows = json.loads(connection.creation.serialize_db_to_string())
        # Kinds first: whoever asks for one while rows are put back would make it anew, under another number.
        rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
        self._rows = json.dumps(rows)

    def note(self, test: pytest.Item) -> None:
        """Remember whether the test that has just ended emptied the database."""
        mark = test.get_closest_marker("django_db")
        asked = getattr(test, "fixturenames", ())
        if any(name in asked for name in EMPTIES) or (mark and mark.kwargs.get("transaction")):
            self._emptied = True

    def put_back(self) -> None:
        if self._blocker is None or not self._emptied:
            return
        with self._blocker.unblock():
            # Counters go on from where they were: begun anew they would give out the first rows' numbers again.
            call_command(
                "flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False
            )
            # What was remembered of the rows in between names numbers that now belong to others.
            ContentType.objects.clear_cache()
            Site.clear_site_root_paths_cache()
            connection.creation.deserialize_db_from_string(self._rows)
        self._emptied = False
