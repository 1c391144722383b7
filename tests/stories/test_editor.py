"""Citing in a real browser: words are selected, passages chosen, and the mark is stored with the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from careo.desk.models import Event, Placement
from careo.stories.actions import grant_editor
from careo.stories.models import Story
from tests.stories import cast
from tests.tools.editor import select

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


def at_the_desk(page: Page, server: LiveServer) -> None:
    """Log an editor in through the session, as the log-in form is another room's."""
    from django.test import Client

    editor: Any = get_user_model().objects.create_user(
        email="editor@meridia.example", password="a long password"
    )
    grant_editor(editor)
    client = Client()
    client.force_login(editor)
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": server.url} for name, morsel in client.cookies.items()]
    )


def test_an_editor_cites_a_statement_and_words_of_a_report(page: Page, paper_server: LiveServer) -> None:
    faro, courier = cast.faro(), cast.courier()
    denied = cast.statement(faro, "No habrá cortes en la capital")
    event = Event.objects.create(title="Water in Puerto Alba")
    for report in (faro, courier):
        Placement.objects.create(report=report, event=event)
    story = cast.story(cast.paragraph("The mayor denied it 🌊 on Monday."), event=event)
    story.save_revision()
    at_the_desk(page, paper_server)

    page.goto(f"{paper_server.url}/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".public-DraftEditor-content")
    select(page, "denied it")
    page.locator("button[name=CITATION]:visible").click()
    chooser = page.locator(".citing")
    expect(chooser.locator("[name=event]")).to_have_value(str(event.pk))
    chooser.get_by_role("button", name="Add", exact=True).first.click()
    chooser.get_by_role("listitem").filter(has_text="Taps to run dry").get_by_role(
        "button", name="Choose words"
    ).click()
    begin = cast.COURIER.index("We have")
    text = chooser.locator("textarea")
    text.evaluate("(area, [b, e]) => { area.focus(); area.setSelectionRange(b, e); }", [begin, begin + 24])
    chooser.get_by_role("button", name="Add the selected words").click()
    chooser.get_by_role("button", name="Cite these 2 passages").click()
    mark = page.locator(".citation-mark")
    expect(mark).to_have_text("denied it")
    # The editor writes what was typed into the form a moment later.
    expect(page.locator("input[name=body-0-value]")).to_have_value(re.compile("CITATION"))
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()

    draft: Story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    (cited,) = draft.shown("subscriber").citations
    assert cited.words == "denied it"
    assert [passage.text for passage in cited.passages] == [
        "No habrá cortes en la capital",
        "We have no other way out",
    ]
    assert cited.passages[0].statement == denied
    expect(page.locator(".citation-mark")).to_have_attribute(
        "title",
        "Esteban Quiroga, El Faro de Alba (es): No habrá cortes en la capital\n"
        "The Norland Courier (en): We have no other way out",
    )
