"""An address stays: it leads to where the page is now, or says that the story is gone; of drafts it tells nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.views import defaults
from wagtail.models import PageViewRestriction

from careo.paper.models import GoneAddress
from careo.stories.models import Section, Story
from tests.paper.edition import Edition

Committing = Callable[[], Any]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    @contextmanager
    def within() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return within


def leads(client: Client, path: str) -> tuple[int, str]:
    """Status, and the address it leads to."""
    answer = client.get(path)
    return answer.status_code, answer.get("Location", "")


def told(client: Client, path: str) -> tuple[int, dict[str, str], str]:
    """All that a visitor is told, the path itself aside."""
    answer = client.get(path)
    return answer.status_code, dict(answer.headers), answer.text.replace(path, "")


@pytest.mark.both_databases
def test_a_story_with_another_slug_is_found_at_its_old_address(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    client.get("/news/no-cuts/")
    with committing():
        story.slug = "cuts-after-all"
        story.save_revision().publish()
    assert leads(client, "/news/no-cuts/") == (301, "/news/cuts-after-all/")
    assert leads(client, "/news/no-cuts/?utm_source=letter") == (301, "/news/cuts-after-all/")
    assert leads(client, "/news/no-cuts.md") == (301, "/news/cuts-after-all.md")
    assert client.get("/news/no-cuts/")["Cache-Control"] == "no-cache"
    assert client.get("/news/cuts-after-all.md").status_code == 200


RECORD = ("versions/", "versions/1/", "made/", "citations/1/", "wrong/?c=1")


def test_the_pages_of_a_storys_record_move_with_it(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    for slug in ("cuts-after-all", "cuts"):
        with committing():
            story = Story.objects.get(pk=story.pk)
            story.slug = slug
            story.save_revision().publish()
    for old in ("no-cuts", "cuts-after-all"):
        for page in RECORD:
            assert leads(client, f"/news/{old}/{page}") == (301, f"/news/cuts/{page}")
    for page in RECORD:
        assert client.get(f"/news/cuts/{page}").status_code == 200, page


def test_a_page_that_a_story_never_had_leads_in_no_circle(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    for slug in ("cuts", "no-cuts"):
        with committing():
            story = Story.objects.get(pk=story.pk)
            story.slug = slug
            story.save_revision().publish()
    assert leads(client, "/news/cuts/versions/") == (301, "/news/no-cuts/versions/")
    assert leads(client, "/news/no-cuts/versions/99/") == (404, "")


def test_the_record_of_a_draft_cannot_be_told_from_what_never_existed(
    edition: Edition, client: Client, committing: Committing
) -> None:
    draft = edition.story("A draft", slug="a-draft", live=False)
    with committing():
        draft.slug = "another-name"
        draft.save()
    for page in RECORD:
        for slug in ("a-draft", "another-name"):
            nothing = told(client, f"/news/never-was/{page}")
            assert told(client, f"/news/{slug}/{page}") == nothing, page


def test_the_markdown_of_a_story_that_is_there_again_and_closed_is_missing_not_gone(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    with committing():
        story.unpublish()
    assert client.get("/news/no-cuts.md").status_code == 410
    with committing():
        again = Story.objects.get(pk=story.pk)
        again.access = Story.Access.SUBSCRIBERS
        again.save_revision().publish()
    assert client.get("/news/no-cuts.md").status_code == 404


def test_a_closed_story_has_no_markdown_at_an_old_address_either(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.closed_story(slug="reservoirs")
    with committing():
        story.slug = "third-reservoir"
        story.save_revision().publish()
    assert leads(client, "/news/reservoirs/") == (301, "/news/third-reservoir/")
    assert leads(client, "/news/reservoirs.md") == (404, "")


def test_a_sections_new_slug_takes_its_stories_and_feeds_along(
    edition: Edition, client: Client, committing: Committing
) -> None:
    edition.story(slug="no-cuts")
    with committing():
        section = Section.objects.get(slug="news")
        section.slug = "latest-news"
        section.save_revision().publish()
    assert leads(client, "/news/") == (301, "/latest-news/")
    assert leads(client, "/news/no-cuts/") == (301, "/latest-news/no-cuts/")
    assert leads(client, "/news/no-cuts.md") == (301, "/latest-news/no-cuts.md")
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert leads(client, f"/feeds/news/{name}") == (301, f"/feeds/latest-news/{name}")


def test_a_story_that_moves_twice_is_found_at_both_old_addresses(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    for name in ("politics", "water"):
        with committing():
            Story.objects.get(pk=story.pk).move(edition.section(name, name), pos="last-child")
    for old in ("/news/no-cuts/", "/politics/no-cuts/"):
        assert leads(client, old) == (301, "/water/no-cuts/")


@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_a_story_that_was_public_is_gone_under_each_of_its_addresses(
    edition: Edition, client: Client, committing: Committing, how: str
) -> None:
    story = edition.story(slug="no-cuts")
    with committing():
        story.move(edition.section("Politics", "politics"), pos="last-child")
    with committing():
        getattr(Story.objects.get(pk=story.pk), how)()
    for path in ("/news/no-cuts/", "/politics/no-cuts/", "/politics/no-cuts.md"):
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert "This story has been withdrawn" in answer.text
        assert 'action="/search/"' in answer.text
        assert story.title not in answer.text
        assert answer["Cache-Control"] == "no-cache"


def test_a_section_that_is_deleted_leaves_its_stories_gone(
    edition: Edition, client: Client, committing: Committing
) -> None:
    edition.story(slug="no-cuts")
    edition.story("A draft", slug="a-draft", live=False)
    with committing():
        edition.news.delete()
    assert client.get("/news/no-cuts/").status_code == 410
    assert told(client, "/news/a-draft/") == told(client, "/news/never-was/")


def test_what_is_published_again_is_there_again(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    with committing():
        story.unpublish()
    assert client.get("/news/no-cuts/").status_code == 410
    with committing():
        Story.objects.get(pk=story.pk).save_revision().publish()
    assert client.get("/news/no-cuts/").status_code == 200


def test_a_story_whose_hour_has_passed_is_gone_before_the_scheduler_has_been_by(
    edition: Edition, client: Client
) -> None:
    hour = timezone.now() - timedelta(hours=1)
    edition.story(slug="no-cuts", expire_at=hour)
    edition.story(slug="never-begun", expire_at=hour, go_live_at=timezone.now() + timedelta(days=1))
    assert client.get("/news/no-cuts/").status_code == 410
    assert told(client, "/news/never-begun/") == told(client, "/news/never-was/")


def test_a_draft_cannot_be_told_from_what_never_existed(
    edition: Edition, client: Client, committing: Committing
) -> None:
    """Neither where it stands, nor where it stood before it moved or was given another name, nor when it is deleted."""
    draft = edition.story("A draft", slug="a-draft", live=False)
    politics = edition.section("Politics", "politics")
    with committing():
        draft.move(politics, pos="last-child")
    with committing():
        moved = Story.objects.get(pk=draft.pk)
        moved.slug = "another-name"
        moved.save()
    nothing = told(client, "/news/never-was/")
    places = [
        f"{place}{ending}"
        for place in ("/news/a-draft", "/politics/a-draft", "/politics/another-name")
        for ending in ("/", ".md", "/?x=1")
    ]
    for path in places:
        assert told(client, path) == nothing, path
    with committing():
        Story.objects.get(pk=draft.pk).delete()
    for path in places:
        assert told(client, path) == nothing, path
    assert not GoneAddress.objects.exists()


def test_what_only_some_could_read_is_not_told_to_be_gone(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="inside")
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    with committing():
        story.unpublish()
    assert told(client, "/news/inside/") == told(client, "/news/never-was/")


def test_an_old_address_does_not_lead_to_a_story_that_was_withdrawn_and_renamed_since(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story(slug="no-cuts")
    with committing():
        story.unpublish()
    with committing():
        again = Story.objects.get(pk=story.pk)
        again.slug = "still-being-written"
        again.save()
    assert client.get("/news/no-cuts/").status_code == 410
    assert told(client, "/news/still-being-written/") == told(client, "/news/never-was/")


@pytest.mark.parametrize(
    "path", ["/a\0b/", "/" + "x" * 5000 + "/", "/%ff%fe/", "/..%2f..%2fetc.md", "/feeds/\0/rss.xml"]
)
def test_no_path_breaks_the_search_for_where_it_leads(edition: Edition, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_of_a_fault_of_ours_asks_no_database(db: None) -> None:
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as asked:
        faulty = defaults.server_error(request)
        unread = defaults.bad_request(request, ValueError())
    assert not asked.captured_queries
    assert (faulty.status_code, unread.status_code) == (500, 400)
    for page in (faulty, unread):
        assert b"paper/paper.css" in page.content
        assert b'<a href="/">front page</a>' in page.content
