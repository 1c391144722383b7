"""The log of moderation is only ever added to: neither our code nor the database itself lets a row change or go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from careo.forum import moderation
from careo.forum.errors import LogIsFinal
from careo.forum.models import ModerationLog, Thread
from careo.readers.models import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def entry(thread: Thread, marta: Reader) -> ModerationLog:
    moderation.close(thread, by=marta, why="All is said.")
    return ModerationLog.objects.get()


def test_the_model_refuses(entry: ModerationLog) -> None:
    log = ModerationLog.objects
    entry.why = "Nothing was said."
    acts: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        lambda: log.update(why=""),
        lambda: log.all().delete(),
        lambda: log.filter(pk=entry.pk).update(why=""),
        lambda: log.bulk_update([entry], ["why"]),
        lambda: log.update_or_create(pk=entry.pk, defaults={"why": ""}),
    ]
    for act in acts:
        with pytest.raises(LogIsFinal, match="The log of moderation is only ever added to"):
            act()
    assert log.get().why == "All is said."


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE forum_moderationlog SET why = ''",
        "DELETE FROM forum_moderationlog",
        "TRUNCATE forum_moderationlog",
        "INSERT OR REPLACE INTO forum_moderationlog SELECT * FROM forum_moderationlog",
    ],
)
def test_the_database_refuses(entry: ModerationLog, sql: str) -> None:
    """On SQLite there is no TRUNCATE, on PostgreSQL no REPLACE: refused all the same."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert ModerationLog.objects.get().why == "All is said."


def test_the_database_says_why(entry: ModerationLog) -> None:
    sentence = "The log of moderation is only ever added to"
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM forum_moderationlog")
