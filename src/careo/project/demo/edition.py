"""Make the demonstration edition: *The Meridia Post*, a newspaper about an invented country.

Reports go through the press, the reading, the record and the desk like any other; stories through the check; posts
through the forum. Interrupted at any point, it is finished by making it again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management import call_command

from careo.paper.models import Home
from careo.press.models import Report
from careo.project.demo import map as demo_map
from careo.project.demo.audience import LOGINS, editor, seat_readers, talk
from careo.project.demo.capturing import take_in_reports
from careo.project.demo.composing import compose_front_page
from careo.project.demo.editions import compose_editions
from careo.project.demo.printing import print_stories, section
from careo.project.demo.sorting import sort_events
from careo.readers.models import Reader
from careo.stories.models import Section, Story

NAME = "The Meridia Post"
TAGLINE = "Meridia in English, every sentence with its source"
SECTIONS = ("Politics", "Economy", "Neighbours")


class NotEmpty(Exception):
    """A newspaper with work of its own in it is no place for a demonstration."""

    def __init__(self) -> None:
        super().__init__(
            "This newspaper has readers, reports or stories of its own, which the demonstration would mix with; "
            "set CAREO_DATA to an empty folder and try again."
        )


def make(*, progress: Callable[[str], None]) -> dict[str, Any]:
    """The demonstration's map; the edition is made first where there is none. Raises NotEmpty."""
    if found := demo_map.kept():
        return found
    if not demo_map.is_begun() and (
        Report.objects.exists() or Story.objects.exists() or Reader.objects.exists()
    ):
        raise NotEmpty
    passwords = demo_map.passwords(list(LOGINS))
    progress("Founding The Meridia Post …")
    _name_paper()
    seat_readers(passwords)
    progress("Capturing and reading thirteen reports …")
    take_in_reports()
    finish_tasks()
    sort_events(editor())
    finish_tasks()
    progress("Printing four stories …")
    print_stories(editor())
    compose_front_page(editor())
    compose_editions()
    talk()
    finish_tasks()
    return demo_map.finish({who: [LOGINS[who], passwords[who]] for who in LOGINS})


def finish_tasks() -> None:
    """Do what the worker would do, until nothing waits."""
    call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False)


def _name_paper() -> None:
    home = Home.objects.get()
    home.title, home.tagline = NAME, TAGLINE
    home.save_revision().publish()
    for title in SECTIONS:
        section(title)
    for empty in Section.objects.exclude(title__in=SECTIONS):
        if empty.is_leaf():
            empty.delete()
