"""Editors compose the paper at the desk; what they preview is theirs alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER
from careo.paper.models import StandingPage
from careo.readers.models import Reader
from tests.paper.edition import MARKER, Edition


@pytest.fixture
def as_clara(db: None) -> Client:
    """An editor who may do everything."""
    client = Client()
    client.force_login(Reader.objects.create_superuser("clara@example.org", "correct horse of Alba"))
    return client


def test_home_sections_and_standing_pages_open_in_the_editor(edition: Edition, as_clara: Client) -> None:
    about = StandingPage.objects.get(slug="about")
    for page, field in ((edition.home, "tagline"), (edition.news, "intro"), (about, "body")):
        answer = as_clara.get(f"/desk/pages/{page.pk}/edit/")
        assert answer.status_code == 200
        assert f'name="{field}"' in answer.text


def test_a_page_is_closed_to_accounts_or_groups_but_has_no_password_of_its_own(
    edition: Edition, as_clara: Client
) -> None:
    story = edition.story()
    form = as_clara.get(f"/desk/pages/{story.pk}/privacy/").json()["html"]
    assert 'value="login"' in form
    assert 'value="groups"' in form
    assert 'value="password"' not in form


def test_a_preview_shows_an_editor_the_whole_draft_and_keeps_nothing(
    edition: Edition, as_clara: Client, client: Client, store: PageStore
) -> None:
    draft = edition.closed_story(live=False)
    draft.save_revision()
    preview = as_clara.get(f"/desk/pages/{draft.pk}/view_draft/")
    assert preview.status_code == 200
    assert MARKER in preview.text
    assert store.get(draft.url, PUBLIC) is store.get(draft.url, SUBSCRIBER) is None
    assert client.get(f"/desk/pages/{draft.pk}/view_draft/").status_code == 302
    assert client.get(draft.url).status_code == 404


def test_wagtails_bar_stands_in_no_page_even_for_an_editor(edition: Edition, as_clara: Client) -> None:
    assert "wagtail-userbar" not in as_clara.get(edition.story().url).text


def test_an_embargo_ends_at_its_hour_and_every_list_follows(
    edition: Edition, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = edition.story("Out at noon", live=False)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    lists = ("/", "/news/", "/archive/", "/feeds/rss.xml", "/sitemap.xml")
    for path in lists:
        assert story.slug not in client.get(path).text
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        assert client.get(story.url).status_code == 200
        for path in lists:
            assert story.slug in client.get(path).text, path


def test_a_story_past_its_hour_leaves_every_list(
    edition: Edition, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story = edition.story("Gone at noon", expire_at=timezone.now() + timedelta(hours=1))
    lists = ("/", "/news/", "/archive/", "/feeds/rss.xml", "/sitemap.xml")
    for path in lists:
        assert story.slug in client.get(path).text
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(story.url).status_code == 410
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        for path in lists:
            assert story.slug not in client.get(path).text, path
