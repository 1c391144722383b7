"""A question to the database that is put together once and asked many times with other values.

Django puts the words of a query together anew each time it is asked, which takes longer than SQLite's answer. Here the
query set is made once with stand-ins, its SQL is kept, and the values take the stand-ins' places. So what is asked is
still said by the models and their query sets, the gate's among them, and nowhere else.

    NEWEST = Prepared(lambda thread: Post.objects.filter(thread_id=thread).values_list("number"), thread=int)
    NEWEST.rows(thread=12)

Rows are as the database has them (times as text on SQLite): good for comparing; `converted` gives them as Django does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Row = tuple[Any, ...]


class Prepared:
    """`ask` is given a stand-in for each named value, whose kind is int, str or datetime; a value may stand in several places."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self._ask, self._kinds = ask, kinds
        self._made: tuple[str, list[Any], Any, Any] | None = None

    def rows(self, **values: Any) -> list[Row]:
        sql, places, _, _ = self._made or self._make()
        given = {name: _adapted(value) for name, value in values.items()}
        parameters = [given[place.name] if isinstance(place, _Place) else place for place in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def one(self, **values: Any) -> Row | None:
        found = self.rows(**values)
        return found[0] if found else None

    def converted(self, row: Row) -> list[Any]:
        """The row's values as the models have them."""
        _, _, compiler, converters = self._made or self._make()
        return list(next(iter(compiler.apply_converters([row], converters))))

    def _make(self) -> tuple[str, list[Any], Any, Any]:
        stand_ins = {name: _stand_in(kind, n) for n, (name, kind) in enumerate(self._kinds.items())}
        compiler = self._ask(**stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = {_adapted(value): _Place(name) for name, value in stand_ins.items()}
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        made = str(sql), _placed(parameters, places), compiler, converters
        missing = set(self._kinds) - {place.name for place in made[1] if isinstance(place, _Place)}
        assert not missing, f"{missing} stands nowhere in {sql}"  # noqa: S101  # else it would be asked of nobody
        self._made = made
        return made


class _Place:
    def __init__(self, name: str) -> None:
        self.name = name


def _placed(parameters: Sequence[Any], places: dict[Any, _Place]) -> list[Any]:
    # PostgreSQL's whole numbers come in kinds of their own, which are numbers all the same.
    return [places.get(one, one) if isinstance(one, (int, str, datetime)) else one for one in parameters]


def _stand_in(kind: type, n: int) -> int | str | datetime:
    """A value that no query of ours has of itself."""
    if kind is datetime:
        return datetime(1601, 1, 1 + n, 3, 7, 11, 13, tzinfo=UTC)
    return 1_900_000_000 + n if kind is int else f"stands in for {n}"


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
