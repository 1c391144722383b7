"""A story about the ferry to Norland, its thread, and those who come to it.

Ana has an account and no subscription; Eva had one, which ended; Bruno and Carla subscribe; Darío subscribes and is
suspended; Marta moderates; Olga edits. The secret word stands in a post and nowhere else.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page

from careo.forum.actions import add_post
from careo.forum.models import Post, Sanction, Thread
from careo.readers.actions import end, grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.models import Section, Story

SECRET = "quetzalcoatlus"


@pytest.fixture(autouse=True)
def no_attempts_counted_yet() -> None:
    cache.clear()


@pytest.fixture
def plan(db: None) -> Plan:
    return Plan.objects.create(name="A year", slug="a-year")


@pytest.fixture
def ana(db: None) -> Reader:
    return open_account("ana@example.org", pen_name="Ana")


@pytest.fixture
def eva(plan: Plan) -> Reader:
    eva = open_account("eva@example.org", pen_name="Eva")
    end(grant(eva, plan, by=None))
    return eva


@pytest.fixture
def bruno(plan: Plan) -> Reader:
    bruno = open_account("bruno@example.org", pen_name="Bruno")
    grant(bruno, plan, by=None)
    return bruno


@pytest.fixture
def carla(plan: Plan) -> Reader:
    carla = open_account("carla@example.org", pen_name="Carla")
    grant(carla, plan, by=None)
    return carla


@pytest.fixture
def dario(plan: Plan, marta: Reader) -> Reader:
    dario = open_account("dario@example.org", pen_name="Darío")
    grant(dario, plan, by=None)
    ends_at = timezone.now() + timedelta(days=7)
    Sanction.objects.create(reader=dario, why="He called names.", imposed_by=marta, ends_at=ends_at)
    return dario


@pytest.fixture
def marta(db: None) -> Reader:
    return working("marta@example.org", "Marta", "moderate")


@pytest.fixture
def olga(db: None) -> Reader:
    return working("olga@example.org", "Olga", "access_admin")


def working(email: str, pen_name: str, right: str) -> Reader:
    reader = open_account(email, pen_name=pen_name)
    reader.user_permissions.add(Permission.objects.get(codename=right))
    return Reader.objects.get(pk=reader.pk)  # rights are remembered on the object


def story_called(title: str, slug: str, *, live: bool = True) -> Story:
    section = Section.objects.filter(slug="neighbours").first()
    if section is None:
        section = Section(title="Neighbours", slug="neighbours")
        Page.objects.get(depth=2).add_child(instance=section)
    story = Story(title=title, slug=slug, live=live, first_published_at=timezone.now())
    section.add_child(instance=story)
    return story


def story_of(thread: Thread) -> Story:
    """The story that the thread stands under."""
    assert thread.story is not None
    return thread.story


@pytest.fixture
def story(db: None) -> Story:
    return story_called("Ferry to Norland sails again", "ferry")


@pytest.fixture
def thread(story: Story) -> Thread:
    return Thread.objects.create(story=story)


@pytest.fixture
def post(thread: Thread, bruno: Reader) -> Post:
    return add_post(thread, f"A {SECRET} flew over the *ferry*.", author=bruno)
