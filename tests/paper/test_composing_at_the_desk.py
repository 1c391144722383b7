"""An editor composes the front page at the desk, is told what cannot be, previews it, and sees it on the site at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from wagtail.test.utils.form_data import nested_form_data, streamfield

from careo.desk.models import Event
from careo.paper.models import Home
from careo.readers.models import Reader
from tests.paper.edition import Edition

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def clara(db: None) -> Reader:
    """An editor who may do everything."""
    return Reader.objects.create_superuser("clara@example.org", "correct horse of Alba")


@pytest.fixture
def as_clara(clara: Reader) -> Client:
    client = Client()
    client.force_login(clara)
    return client


def form_of(home: Home, *blocks: tuple[str, Any], **buttons: str) -> dict[str, Any]:
    composed = streamfield(list(blocks))
    fields = {
        "title": home.title,
        "slug": home.slug,
        "tagline": home.tagline,
        "lead": "",
        "composition": composed,
    }
    return nested_form_data({**fields, "comments": _no_comments(), **buttons})


def _no_comments() -> dict[str, str]:
    return {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}


def test_what_is_composed_at_the_desk_stands_on_the_site_at_once(
    edition: Edition, as_clara: Client, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    first = edition.story("First")
    edition.story("Second")
    assert 'class="alone"' not in client.get("/").text
    form = form_of(edition.home, ("lead", str(first.pk)), **{"action-publish": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_clara.post(f"/desk/pages/{edition.home.pk}/edit/", form)
    assert answer.status_code == 302
    lead = client.get("/").text.partition('class="alone"')[2].partition("by-section")[0]
    assert ">First</a>" in lead


def test_the_desk_says_what_cannot_be_and_a_draft_may_be_unfinished(
    edition: Edition, as_clara: Client
) -> None:
    one = edition.story("One")
    event = Event.objects.create(title="Water in Puerto Alba")
    blocks = (
        ("lead", str(one.pk)),
        ("pair", {"left": str(one.pk), "right": ""}),
        ("as_it_stands", {"title": "Water", "event": str(event.pk), "remarks": "4"}),
    )
    address = f"/desk/pages/{edition.home.pk}/edit/"
    refused = as_clara.post(address, form_of(edition.home, *blocks, **{"action-publish": "yes"}))
    assert refused.status_code == 200
    assert "This field is required." in refused.text
    assert "No published story tells of " in refused.text
    twice = as_clara.post(address, form_of(edition.home, *blocks[:2]))
    assert "stands on this page already." in twice.text
    unfinished = as_clara.post(address, form_of(edition.home, blocks[0], blocks[2]))
    assert unfinished.status_code == 302


def test_a_preview_shows_the_draft_and_names_what_is_left_out_and_the_site_does_not(
    edition: Edition, as_clara: Client, client: Client
) -> None:
    seen, draft = edition.story("Seen"), edition.story("Not yet for readers", live=False)
    form = form_of(edition.home, ("pair", {"left": str(draft.pk), "right": str(seen.pk)}))
    address = f"/desk/pages/{edition.home.pk}/edit/preview/"
    assert as_clara.post(address, form).json()["is_valid"]
    preview = as_clara.get(address).text
    assert 'class="alone single"' in preview
    assert "Left out" in preview
    assert "<li>Not yet for readers</li>" in preview
    edition.home.composition = [("lead", seen), ("lead", draft)]
    edition.home.save()
    site = client.get("/").text
    assert "Left out" not in site
    assert draft.title not in site


def test_the_desk_explains_what_is_left_out(edition: Edition, as_clara: Client) -> None:
    for page in (edition.home, edition.news):
        form = as_clara.get(f"/desk/pages/{page.pk}/edit/").text
        assert "the preview names those" in form


def test_an_event_is_found_by_its_title_and_its_published_stories_are_counted(
    edition: Edition, as_clara: Client
) -> None:
    event = Event.objects.create(title="Water in Puerto Alba")
    Event.objects.create(title="The dock strike")
    edition.story(event=event)
    edition.story("A draft", live=False, event=event)
    chooser = as_clara.get("/desk/event_chooser/results/?q=water").text
    assert "Water in Puerto Alba" in chooser
    assert "The dock strike" not in chooser
    assert "Published stories" in chooser
    assert Client().get("/desk/event_chooser/").status_code == 302


@pytest.mark.browser
def test_an_editor_chooses_the_lead_with_the_mouse_and_reads_it_on_the_front_page(
    paper_server: LiveServer, edition: Edition, page: Page, clara: Reader, settings: Any
) -> None:
    edition.story("The night ferry returns")
    edition.story("A dry month")
    page.goto(paper_server.url)
    expect(page.locator(".lead")).to_contain_text("A dry month")
    client = Client()
    client.force_login(clara)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": paper_server.url}]
    )
    page.goto(f"{paper_server.url}/desk/pages/{edition.home.pk}/edit/")
    composition = page.locator("#panel-child-content-composition-section")
    composition.get_by_title("Insert a block").first.click()
    page.get_by_role("option", name="Lead").click()
    composition.get_by_role("button", name="Choose a page (Story)").click()
    chooser = page.locator(".modal-content")
    chooser.locator("[name=q]").fill("night ferry")
    chooser.get_by_role("link", name="The night ferry returns").click()
    expect(composition).to_contain_text("The night ferry returns")
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish").click()
    page.goto(paper_server.url)
    expect(page.locator(".alone .lead")).to_contain_text("The night ferry returns")
    expect(page.get_by_role("link", name="The night ferry returns")).to_have_count(1)
