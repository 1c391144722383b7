"""The catalogue is in step with what is published, whatever publishes, changes or takes it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from careo.paper import cataloguing
from careo.paper.catalogue import CatalogueWord, Entry, LetterPair, Occurrence, Resting, Told
from careo.record.models import Person
from careo.stories.models import Story
from tests.paper.edition import MARKER, Edition, statement

pytestmark = pytest.mark.django_db


def words_of(story: Story) -> set[str]:
    return set(Occurrence.objects.filter(story=story).values_list("word__text", flat=True))


def text(words: str) -> list[tuple[str, RichText]]:
    return [("paragraph", RichText(f"<p>{words}</p>"))]


@pytest.mark.both_databases
def test_publishing_enters_a_story_changing_it_enters_it_anew_and_taking_it_back_leaves_it_out(
    edition: Edition,
) -> None:
    story = edition.story("A draft", live=False, standfirst="", body=text("At dawn."))
    assert words_of(story) == set()
    story.title = "Ferry"
    story.save_revision().publish()
    assert words_of(story) == {"ferry", "at", "dawn"}
    story = Story.objects.get(pk=story.pk)
    story.body = text("At dusk.")
    story.save_revision()
    assert words_of(story) == {"ferry", "at", "dawn"}, "a draft is in no catalogue"
    story.save_revision().publish()
    assert words_of(story) == {"ferry", "at", "dusk"}
    Story.objects.get(pk=story.pk).unpublish()
    assert words_of(story) == set()
    assert not Entry.objects.filter(story=story).exists()


@pytest.mark.both_databases
def test_a_deleted_story_leaves_nothing_but_words(edition: Edition) -> None:
    story = edition.story("Ferry")
    statement(edition.spanish, "Teresa Olmedo")
    story.delete()
    for kind in (Entry, Occurrence, Resting, Told):
        assert not kind._default_manager.exists(), kind


@pytest.mark.both_databases
def test_a_story_that_the_scheduler_takes_back_is_left_out(edition: Edition) -> None:
    story = edition.story("Ferry")
    story.expire_at = timezone.now()
    story.save_revision().publish()
    Page.objects.filter(pk=story.pk).update(live=True, expire_at=timezone.now())
    cataloguing.enter(Story.objects.get(pk=story.pk))
    call_command("publish_scheduled")
    assert not Story.objects.get(pk=story.pk).live
    assert words_of(story) == set()


@pytest.mark.both_databases
def test_nothing_of_a_closed_part_is_in_it_until_the_story_is_opened(edition: Edition) -> None:
    statement(edition.english, "Esteban Quiroga")
    story = edition.closed_story()
    assert MARKER not in words_of(story)
    assert MARKER not in Entry.objects.get(story=story).text
    assert set(Resting.objects.values_list("report", flat=True)) == {edition.spanish.pk}
    assert not Told.objects.exists()
    story.access = Story.Access.OPEN
    story.save()
    assert MARKER in words_of(story)
    assert Told.objects.count() == 1


@pytest.mark.both_databases
def test_a_word_has_its_pairs_of_letters_once_however_many_stories_have_it(edition: Edition) -> None:
    for number in range(2):
        edition.story(f"Ferry {number}", standfirst="", body=[])
    word = CatalogueWord.objects.get(text="ferry")
    assert set(LetterPair.objects.filter(word=word).values_list("letters", "length")) == {
        (letters, 5) for letters in ("^f", "fe", "er", "rr", "ry", "y$")
    }


@pytest.mark.both_databases
def test_a_statement_put_right_added_or_removed_is_told_at_once(edition: Edition) -> None:
    part = f'<p><a linktype="citation" passages="{edition.spanish.pk}:0:26">It was promised</a>.</p>'
    story = edition.story(body=[("paragraph", RichText(part))])
    said = statement(edition.spanish, "Teresa Olmedo")
    assert Told.objects.get().statement == said
    said.content = [[0, len(edition.spanish.text)]]
    said.save()
    assert not Told.objects.filter(story=story).exists()
    said.content = [[0, 10]]
    said.save()
    assert Told.objects.filter(story=story).exists()
    said.delete()
    assert not Told.objects.exists()


def test_an_office_counts_where_the_open_part_names_it(edition: Edition) -> None:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.office = "Ministra"
    said.save()
    edition.story(body=[("paragraph", RichText(_citing(said.report_id, 25)))])
    assert not Told.objects.get().names_office
    Story.objects.get().delete()
    edition.story(body=[("paragraph", RichText(_citing(said.report_id, 60)))])
    assert Told.objects.get().names_office


def _citing(report: int, end: int) -> str:
    return f'<p><a linktype="citation" passages="{report}:0:{end}">It was promised</a>.</p>'


@pytest.mark.both_databases
def test_stories_from_before_there_was_a_catalogue_are_entered_and_no_other(
    edition: Edition, client: Client
) -> None:
    story = edition.story("Ferry", standfirst="", body=[])
    kept = edition.story("Dawn", standfirst="", body=[])
    edition.story("Draft", live=False)
    cataloguing.leave_out(story.pk)
    Entry.objects.filter(story=kept).update(form=cataloguing.FORM - 1)
    assert cataloguing.enter_what_is_missing() == 2
    assert words_of(story) == {"ferry"}
    assert cataloguing.enter_what_is_missing() == 0


def test_what_is_written_beside_a_live_page_enters_nothing(
    edition: Edition, django_assert_num_queries: Any
) -> None:
    story = edition.story("Ferry")
    Occurrence.objects.all().delete()
    story.locked = True
    story.save(update_fields=["locked"])
    assert words_of(story) == set()
    story.title = "Dawn"
    story.save(update_fields=["title", "draft_title"])
    assert "dawn" in words_of(story)


def test_a_report_on_which_no_story_rests_costs_one_question_a_statement(
    edition: Edition, django_assert_num_queries: Any
) -> None:
    said = statement(edition.spanish, "Teresa Olmedo")
    with django_assert_num_queries(2):
        said.save(update_fields=["speaker"])


def test_entering_a_story_asks_as_often_for_many_citations_as_for_one(
    edition: Edition, django_assert_max_num_queries: Any
) -> None:
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    body = [("paragraph", edition.cites(f"Promise {number}", edition.spanish)) for number in range(20)]
    story = edition.story(body=body)
    with django_assert_max_num_queries(24):
        cataloguing.enter(Story.objects.get(pk=story.pk))
