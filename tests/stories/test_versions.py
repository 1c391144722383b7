"""A story's published versions are kept, its drafts are not; and each variant is told what it may read of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from wagtail.models import Revision

from careo.press.models import Outlet
from careo.readers.models import Reader
from careo.stories.actions import grant_editor
from careo.stories.made import hands
from careo.stories.models import HouseStyle, Story, Version
from careo.stories.shown import Variant
from careo.stories.versions import ShownVersion, told
from tests.record.newsroom import editor
from tests.stories import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def publish(story: Story, *blocks: tuple[str, Any], **fields: Any) -> Story:
    """The story with other words, published."""
    draft = Story.objects.get(pk=story.pk)
    if blocks:
        draft.body = list(blocks)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return Story.objects.get(pk=story.pk)


@pytest.fixture(autouse=True)
def nothing_stops_a_story() -> None:
    HouseStyle.objects.update_or_create(site=cast.section().get_site(), defaults={"blocking": []})


@pytest.fixture
def story() -> Story:
    return publish(cast.story(cast.paragraph("The lake is at 32 percent.")))


def text(one: ShownVersion) -> str:
    return "\n".join(
        "".join(words.text for words in line.words if words.what != "gone") for line in one.changed
    )


def texts(story: Story, variant: Variant = "public") -> list[str]:
    return [text(one) for one in told(story, variant)]


def test_each_publishing_that_changes_something_is_a_version(story: Story) -> None:
    story = publish(story, cast.paragraph("The lake is at 23 percent."), title="Lake lower than told")
    first, second = told(story, "public")
    assert "32 percent" in text(first)
    assert (second.number, second.account.heads, second.account.changed) == (2, ("headline",), 1)
    gone = [words.text.strip() for line in second.changed for words in line.words if words.what == "gone"]
    assert "32" in gone


def test_publishing_again_without_a_change_makes_none(story: Story) -> None:
    story = publish(publish(story), cast.paragraph("The lake is at <b>32</b> percent."))
    assert story.versions.count() == 1


def test_drafts_are_never_versions(story: Story) -> None:
    draft = story.get_latest_revision_as_object()
    draft.body = [cast.paragraph("The minister is to resign.")]
    draft.save_revision()
    assert texts(story) == [text(told(story, "subscriber")[0])]
    assert "resign" not in str(list(Version.objects.values()))


def test_a_story_that_was_never_out_has_none() -> None:
    cast.story(cast.paragraph("Not yet")).save_revision()
    assert not Version.objects.exists()


def test_versions_outlive_the_revisions_they_came_from(story: Story) -> None:
    story = publish(story, cast.paragraph("The lake is at 23 percent."))
    Revision.objects.exclude(pk=story.latest_revision_id).delete()
    assert "32 percent" in texts(story)[0]


def test_another_passage_under_the_same_words_is_a_change_too() -> None:
    faro, courier = cast.faro(), cast.courier()
    story = publish(cast.story(cast.paragraph(cast.cite("The lake is low", (faro, "pozos propios")))))
    story = publish(story, cast.paragraph(cast.cite("The lake is low", (courier, "stands at 23 percent"))))
    second = told(story, "public")[1]
    assert second.account.passages
    assert second.account.changed == 0


def test_our_translation_of_a_remark_is_our_words_and_a_change_of_it_is_told() -> None:
    pair = [
        cast.statement(cast.faro(), "No habrá cortes en la capital"),
        cast.statement(cast.courier(), "We have no other way out", "Julián Barrera"),
    ]

    def faced(translation: str) -> tuple[str, Any]:
        remarks = [{"statement": pair[0], "translation": translation}, pair[1]]
        return ("face_to_face", {"question": "", "statements": remarks})

    story = publish(cast.story(faced("There will be cuts")))
    story = publish(story, faced("There will be no cuts"))
    second = told(story, "public")[1]
    (changed,) = [line for line in second.changed if line.kind == "translation"]
    assert [words.text for words in changed.words if words.what == "new"] == ["no "]
    assert second.account.changed == 1


def test_another_passage_is_kept_as_a_change_though_no_words_of_its_outlet_may_be_shown_today() -> None:
    faro = cast.faro()
    faro.outlet.basis = Outlet.Basis.UNKNOWN
    faro.outlet.save()
    story = publish(cast.story(cast.paragraph(cast.cite("The lake is low", (faro, "pozos propios")))))
    story = publish(story, cast.paragraph(cast.cite("The lake is low", (faro, "por la radio"))))
    assert len(texts(story)) == 1, "nobody sees a difference"
    faro.outlet.basis = Outlet.Basis.QUOTATION
    faro.outlet.save()
    assert ["pozos" in one for one in texts(Story.objects.get(pk=story.pk))] == [True, False]


def test_whose_hands_made_many_versions_is_asked_as_often_as_of_few(
    story: Story, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        story = publish(story, cast.paragraph(f"The lake is at {number} percent."))
    versions = told(story, "public")
    assert len(versions) == 4
    with django_assert_num_queries(0):
        hands(versions)


def closed(*blocks: str, open_blocks: int = 1) -> dict[str, Any]:
    return {
        "body": [cast.paragraph(one) for one in blocks],
        "access": "subscribers",
        "open_blocks": open_blocks,
    }


def test_of_a_closed_story_the_public_is_told_the_open_part_of_each_version(story: Story) -> None:
    story = publish(story, **closed("Open one.", "Sold one."))
    story = publish(story, **closed("Open two.", "Sold two."))
    public = "\n".join(texts(story))
    assert "Open one." in public
    assert "Open two." in public
    assert "Sold" not in public
    assert "Sold one." in texts(story, "subscriber")[1]


def test_a_change_of_the_closed_part_alone_is_no_version_to_the_public(story: Story) -> None:
    story = publish(story, **closed("Open one.", "Sold one."))
    story = publish(story, **closed("Open one.", "Sold two."))
    story = publish(story, **closed("Open three.", "Sold two."))
    assert len(told(story, "subscriber")) == 4
    assert [one.number for one in told(story, "public")] == [1, 2, 3]


def test_what_was_open_once_shows_no_more_than_the_story_shows_now(story: Story) -> None:
    story = publish(story, cast.paragraph("Open one."), cast.paragraph("Open then, with much to say."))
    story = publish(story, **closed("Open one.", "Sold now."))
    assert "Open then" not in "\n".join(texts(story))


def test_what_was_closed_then_is_not_told_because_the_story_is_open_now(story: Story) -> None:
    story = publish(story, **closed("Open one.", "Sold then, with much to say."))
    story = publish(story, cast.paragraph("All is open now."), access="open")
    assert "Sold then" not in "\n".join(texts(story))


def test_words_that_were_pushed_behind_the_wall_are_not_told_by_the_version_that_had_them_open(
    story: Story,
) -> None:
    story = publish(story, **closed("First paragraph.", "Second paragraph.", open_blocks=2))
    story = publish(story, **closed("News.", "First paragraph.", "Second paragraph.", open_blocks=2))
    public = "\n".join(texts(story))
    assert "First paragraph." in public
    assert "Second paragraph." not in public


def test_a_story_opened_without_another_word_shows_its_version_whole(story: Story) -> None:
    story = publish(story, **closed("Open one.", "Sold one."))
    story = publish(story, access="open")
    assert "Sold one." in texts(story)[-1]
    story = publish(story, access="subscribers")
    assert "Sold one." not in texts(story)[-1]


def test_whoever_saved_the_drafts_and_whoever_published_them_are_kept() -> None:
    story = cast.story(cast.paragraph("Words."))
    ana, bruno = editor(), Reader.objects.create_user("bruno@meridiapost.example", pen_name="Bruno")
    for one in (ana, bruno):
        grant_editor(one)
    story.save_revision(user=ana)
    story.save_revision(user=bruno).publish(user=bruno)
    version = story.versions.get()
    assert (set(version.editors.all()), version.publisher) == ({ana, bruno}, bruno)
    again = Story.objects.get(pk=story.pk)
    again.title = "Other words"
    again.save_revision(user=ana).publish(user=ana)
    version = story.versions.get(number=2)
    assert (set(version.editors.all()), version.publisher) == ({ana}, ana)


def test_stories_from_before_versions_begin_with_what_they_say_now(story: Story) -> None:
    Version.objects.all().delete()
    draft = cast.story(cast.paragraph("Not yet"), slug="draft")
    migrate = import_module("careo.stories.migrations.0003_begin_with_what_is_live").keep_what_is_live
    migrate(apps, None)
    migrate(apps, None)
    assert "32 percent" in texts(story)[0]
    version = story.versions.get()
    assert version.at == story.last_published_at
    assert not draft.versions.exists()
    assert publish(story).versions.count() == 1, "the kept body is the live one"
