"""In the desk's lists: what is open and what has ended, told apart by the time at which it did."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column

OPEN = "open"


def state_filter(ended_at: str, *, ended: str) -> django_filters.ChoiceFilter:
    """A choice by the field that is empty while something is open; `ended` is what it is called then."""

    def in_state(rows: QuerySet[Any], _field: str, state: str) -> QuerySet[Any]:
        return rows.filter(**{f"{ended_at}__isnull": state == OPEN})

    choices = [(OPEN, OPEN.capitalize()), (ended, ended.capitalize())]
    return django_filters.ChoiceFilter(label="State", choices=choices, method=in_state)


class StateColumn(Column):
    """The same in a column."""

    cell_template_name = "record/tables/open_cell.html"

    def __init__(self, ended_at: str, *, ended: str) -> None:
        super().__init__(ended_at, label="State")
        self.ended = ended

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "ended": self.ended}
