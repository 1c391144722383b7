"""Stories at the desk, through its pages: the check, the chooser, beginning from an event, and who may what."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from careo.desk.models import Event, Placement
from careo.stories import actions
from careo.stories.models import CheckOverride, Story
from tests.stories import cast
from tests.stories.test_check import an_editor, sound_story, unsound_story

pytestmark = pytest.mark.django_db

BAD = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk(client: Client) -> Client:
    cast.section()
    client.force_login(an_editor())
    return client


@pytest.fixture
def reader() -> Client:
    someone = Client()
    someone.force_login(
        get_user_model().objects.create_user(email="reader@meridia.example", password="a long password")
    )
    return someone


def publish(desk: Client, story: Story) -> Any:
    blocks = [("paragraph", rich_text(block.value.source, features=["bold", "italic", "link", "citation"]))
              for block in story.body]  # fmt: skip
    data = nested_form_data(
        {
            "title": story.title,
            "slug": story.slug,
            "standfirst": "",
            "byline": "",
            "dateline": "",
            "access": "open",
            "open_blocks": 2,
            "body": streamfield(blocks),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    return desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data, follow=True)


@pytest.mark.both_databases
def test_publishing_from_the_editor_stops_at_the_check_and_says_why(desk: Client) -> None:
    story = unsound_story()
    answer = publish(desk, story)
    assert answer.redirect_chain[-1][0] == reverse("stories:check", args=[story.pk])
    page = answer.content.decode()
    assert "was not published: Quoted words stand in no cited passage" in page
    assert "We shall drain the lake" in page
    assert not Story.objects.get(pk=story.pk).live


def test_a_sound_story_is_published_from_the_editor_with_its_citations(desk: Client) -> None:
    story = sound_story()
    publish(desk, story)
    story.refresh_from_db()
    assert story.live
    assert story.citations.count() == 1


def test_the_check_page_shows_words_passage_and_place_and_lets_pass_with_a_reason(desk: Client) -> None:
    story = unsound_story()
    address = reverse("stories:check", args=[story.pk])
    page = desk.get(address).content.decode()
    assert '<blockquote lang="en">' in page
    assert f"#block-{story.body[0].id}-section" in page
    assert "Publishing is stopped by" in page
    desk.post(address, {"reason": "I was there."})
    assert not CheckOverride.objects.exists(), "nothing passes without the tick"
    desk.post(address, {"sure": "on", "reason": "I was there."})
    assert CheckOverride.objects.get().reason == "I was there."
    publish(desk, story)
    assert Story.objects.get(pk=story.pk).live


def test_the_check_is_for_those_who_may_edit_the_story(reader: Client, client: Client) -> None:
    address = reverse("stories:check", args=[unsound_story().pk])
    for visitor in (reader, client):
        answer = visitor.get(address)
        assert answer.status_code in (302, 403)
        assert b"drain the lake" not in answer.content


def test_the_editor_of_a_story_offers_its_check(desk: Client) -> None:
    story = unsound_story()
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert page.count(reverse("stories:check", args=[story.pk])) >= 2


@pytest.mark.both_databases
def test_the_chooser_finds_statements_by_event_outlet_and_words(desk: Client) -> None:
    faro, courier = cast.faro(), cast.courier()
    cast.statement(faro, "No habrá cortes en la capital")
    cast.statement(courier, "We have no other way out", "Julián Barrera")
    event = Event.objects.create(title="Water in Puerto Alba")
    Placement.objects.create(report=faro, event=event)
    address = reverse("stories:citing_results")
    for filters, found, left_out in (
        ({"event": event.pk}, "No habrá cortes", "no other way"),
        ({"outlet": courier.outlet_id}, "no other way", "No habrá cortes"),
        ({"q": "barrera"}, "no other way", "No habrá cortes"),
        ({"q": "pozos"}, "El Faro de Alba", "Norland Courier"),
    ):
        page = desk.get(address, filters).content.decode().split("<select")[0]
        assert found in page
        assert left_out not in page


def test_a_rejected_statement_is_not_offered(desk: Client) -> None:
    rejected = cast.statement(cast.faro(), "La ciudad tiene pozos propios")
    rejected.status = "rejected"
    rejected.save()
    assert "data-citing-add=" not in desk.get(reverse("stories:citing_results")).content.decode()


def test_a_statement_is_cited_with_who_said_it(desk: Client) -> None:
    courier = cast.courier()
    words = "taps would run dry from Monday"
    said = cast.statement(courier, words, "Julián Barrera")
    said.source = [[0, len("Water Minister Julián Barrera")]]
    said.save()
    page = desk.get(reverse("stories:citing_results")).content.decode()
    end = courier.text.index(words) + len(words)
    assert f'data-citing-add="{courier.pk}:0:{end}:{said.pk}"' in page


def test_what_an_outlet_printed_is_text_in_every_part_of_the_chooser(desk: Client) -> None:
    hostile = cast.report(f"Faro {BAD}", "bad.example", "es", f"</textarea>{BAD} y más texto", f"Agua {BAD}")
    said = cast.statement(hostile, BAD, f'Quiroga "{BAD}')
    modal = desk.get(reverse("stories:citing"), {"words": BAD, "passages": f"{hostile.pk}:0:20:{said.pk}"})
    pages = [
        json.loads(modal.content)["html"],
        desk.get(reverse("stories:citing_report", args=[hostile.pk])).content.decode(),
        desk.get(reverse("statement_chooser:choose")).json()["html"],
    ]
    for page in pages:
        assert "&lt;img src=x" in page
        assert "<img src=x" not in page
    told = desk.get(reverse("stories:told"), {"passages": f"{hostile.pk}:11:39"})
    assert told["Content-Type"] == "application/json"
    assert told.json()["told"][0]["wording"] == BAD


def test_a_report_is_offered_with_its_text_to_the_letter(desk: Client) -> None:
    report = cast.report("El Faro", "elfaro.example", "es", "\n Uno & dos <tres>.\n\nCuatro 🌊 cinco.\n")
    page = desk.get(reverse("stories:citing_report", args=[report.pk])).content.decode()
    (area,) = html.fromstring(page).xpath("//textarea")
    # lxml keeps the line break after the tag, which a browser drops; the report's own stands behind it.
    assert area.text == f"\n{report.text}"


def test_the_chooser_is_for_the_desk(reader: Client, client: Client) -> None:
    report = cast.faro()
    for name, args in (("citing", []), ("citing_results", []), ("told", []), ("citing_report", [report.pk])):
        for visitor in (reader, client):
            answer = visitor.get(reverse(f"stories:{name}", args=args), {"passages": f"{report.pk}:0:20"})
            assert answer.status_code in (302, 403)
            assert "habrá cortes" not in answer.content.decode()


def test_statements_stand_face_to_face_by_the_same_chooser(desk: Client) -> None:
    said = cast.statement(cast.faro(), "No habrá cortes en la capital")
    assert "No habrá cortes" in desk.get(reverse("statement_chooser:choose")).json()["html"]
    chosen = desk.get(reverse("statement_chooser:chosen", args=[said.pk])).json()
    assert chosen["result"]["id"] == str(said.pk)
    assert "No habrá cortes" in chosen["result"]["title"]


def test_a_storys_event_that_was_merged_into_another_is_asked_for_under_that_one(desk: Client) -> None:
    faro = cast.faro()
    cast.statement(faro, "No habrá cortes en la capital")
    cast.statement(cast.courier(), "We have no other way out", "Julián Barrera")
    event = Event.objects.create(title="Water in Puerto Alba")
    merged = Event.objects.create(title="Agua", merged_into=event)
    Placement.objects.create(report=faro, event=event)
    page = desk.get(reverse("stories:citing_results"), {"event": merged.pk}).content.decode()
    assert "No habrá cortes" in page
    assert "no other way" not in page


def test_an_endless_number_for_an_event_finds_nothing(desk: Client) -> None:
    page = desk.get(reverse("stories:citing_results"), {"event": "9" * 5_000}).content.decode()
    assert "No statement is found so" in page


def test_an_events_page_leads_editors_to_a_story_about_it(desk: Client) -> None:
    event = Event.objects.create(title="Water in Puerto Alba")
    page = desk.get(reverse("desk:event", args=[event.pk])).content.decode()
    assert reverse("stories:begin", args=[event.pk]) in page


def test_several_stories_published_at_once_wait_for_the_one_that_is_stopped(desk: Client) -> None:
    stopped, sound = unsound_story(), sound_story(slug="sound")
    for story in (stopped, sound):
        story.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    page = desk.post(
        f"{address}?id={stopped.pk}&id={sound.pk}&next=/desk/pages/", follow=True
    ).content.decode()
    assert "was not published: Quoted words stand in no cited passage" in page
    assert not Story.objects.live().exists()


def test_a_story_approved_in_a_workflow_is_stopped_too_and_stays_in_it(desk: Client) -> None:
    story = unsound_story()
    story.save_revision()
    workflow = Workflow.objects.create(name="A second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.add(actions.editors())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    editor: Any = get_user_model().objects.get(email="editor@meridia.example")
    state = workflow.start(story, editor)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.current_task_state.pk]
    )
    assert desk.post(address, {"comment": ""}).status_code == 302
    state.refresh_from_db()
    assert (Story.objects.get(pk=story.pk).live, state.status) == (False, "in_progress")


@pytest.mark.both_databases
def test_a_story_is_begun_from_an_event_with_its_title_and_statements_at_hand(desk: Client) -> None:
    event = Event.objects.create(title="Water in Puerto Alba")
    assert reverse("stories:begin", args=[event.pk]) in desk.get(reverse("stories:events")).content.decode()
    address = reverse("stories:begin", args=[event.pk])
    page = desk.get(address).content.decode()
    assert 'value="Water in Puerto Alba"' in page
    assert not Story.objects.exists(), "looking at the form begins nothing"
    answer = desk.post(address, {"title": "Water in Puerto Alba", "section": cast.section().pk})
    story = Story.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert (story.event, story.live, story.get_parent().title) == (event, False, "Politics")


def test_an_editor_may_write_and_publish_and_is_made_so_once(desk: Client) -> None:
    editor: Any = get_user_model().objects.get(email="editor@meridia.example")
    before = GroupPagePermission.objects.count()
    actions.grant_editor(editor)
    assert GroupPagePermission.objects.count() == before
    rights = cast.section().permissions_for_user(editor)
    assert rights.can_add_subpage()
    assert rights.can_publish_subpage()
    assert editor.has_perm("wagtailadmin.access_admin")
    assert not Page.get_first_root_node().permissions_for_user(editor).can_edit()
    assert desk.get("/desk/images/").status_code == 200
    assert (
        desk.get(reverse("wagtailsettings:edit", args=["stories", "housestyle"]), follow=True).status_code
        == 200
    )


def test_statements_used_in_a_draft_are_held_for_it(desk: Client) -> None:
    said = cast.statement(cast.faro(), "No habrá cortes en la capital")
    story = cast.story(("face_to_face", {"question": "", "statements": [said, said]}))
    story.save_revision()
    said.refresh_from_db()
    assert said.held
