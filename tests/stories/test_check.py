"""What the check finds in a story, and what it stops."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.models import PageLogEntry

from careo.press.models import Outlet
from careo.reading.types import Span
from careo.record import actions as record
from careo.stories import actions, gate
from careo.stories.check import check
from careo.stories.errors import NoReason, NothingToOverride, StoryStopped
from careo.stories.findings import KINDS
from careo.stories.models import HouseStyle, Story
from tests.stories import cast

pytestmark = pytest.mark.django_db

INVENTED = "“We shall drain the lake,”"


def an_editor() -> Any:
    editor = get_user_model().objects.create_user(email="editor@meridia.example", password="a long password")
    actions.grant_editor(editor)
    return editor


def sound_story(**fields: Any) -> Story:
    cited = cast.cite(
        "“We have no other way out,” Julián Barrera told reporters", (cast.courier(), cast.COURIER)
    )
    return cast.story(cast.paragraph(f"{cited}."), title="Barrera defends the water plan", **fields)


def unsound_story(**fields: Any) -> Story:
    """Its quotation stands in nothing that it cites."""
    cited = cast.cite(f"{INVENTED} Barrera told reporters", (cast.courier(), cast.COURIER))
    return cast.story(cast.paragraph(f"{cited}."), title="Barrera defends the water plan", **fields)


def kinds(story: Story) -> list[str]:
    return [finding.kind for finding in check(story)]


def test_quoted_words_are_looked_for_in_the_passages_cited() -> None:
    assert "quote-not-found" not in kinds(sound_story())
    story = unsound_story(slug="drained")
    found = next(finding for finding in check(story) if finding.kind == "quote-not-found")
    assert "We shall drain the lake" in found.words
    assert found.place == story.body[0].id
    assert {passage.outlet for passage in found.passages} == {"The Norland Courier"}
    assert found.anchor == f"#block-{story.body[0].id}-section"


def test_a_quote_block_is_a_quotation_without_its_marks() -> None:
    quote = {"words": "<p>We shall drain the lake</p>", "who": "Julián Barrera"}
    story = cast.story(cast.paragraph("It is dry."), ("quote", quote))
    found = next(finding for finding in check(story) if finding.kind == "quote-not-found")
    assert found.place == story.body[1].id
    assert "We shall drain the lake" in found.words


def test_a_finding_is_told_of_the_block_it_stands_in_after_citations_and_headings() -> None:
    cited = cast.cite("no other way out", (cast.courier(), "We have no other way out"))
    story = cast.story(
        cast.paragraph(f"Barrera sees {cited} 🌊."),
        ("heading", "The lake"),
        cast.paragraph(f"{INVENTED} he said."),
    )
    found = next(finding for finding in check(story) if finding.kind == "quote-not-found")
    assert found.place == story.body[2].id


def test_a_number_in_the_headline_must_stand_in_a_passage() -> None:
    story = sound_story()
    story.title = "Barrera says the reservoir stands at 77 percent"
    assert [finding.place for finding in check(story) if finding.kind == "number-unsupported"] == ["title"]


def test_a_headline_that_repeats_the_bodys_quotation_is_not_told_of_twice() -> None:
    story = unsound_story()
    story.title = "“We shall drain the lake”"
    found = [finding for finding in check(story) if finding.kind == "quote-not-found"]
    assert [finding.place for finding in found] == [story.body[0].id]
    story.title = "“We shall sell the fish”"
    found = [finding for finding in check(story) if finding.kind == "quote-not-found"]
    assert [finding.place for finding in found] == ["title", story.body[0].id]


@pytest.mark.parametrize(
    ("alt", "caption", "found"),
    [
        ("", "Las Garzas this week", ["alt-missing"]),
        ("A shrunken lake", "", ["caption-missing"]),
        ("Las Garzas, this week.", "Las Garzas this week", ["alt-repeats-caption"]),
        ("las garzas", "Las Garzas this week", ["alt-repeats-caption"]),
        ("A shrunken lake between cracked banks", "Las Garzas this week", []),
        ("", "", ["alt-missing", "caption-missing"]),
    ],
)
def test_alt_text_and_caption_are_two_things(alt: str, caption: str, found: list[str]) -> None:
    lead = sound_story(lead_picture=cast.picture(), lead_alt=alt, lead_caption=caption)
    assert [finding.kind for finding in check(lead) if finding.place == "lead_picture"] == found
    block = ("picture", {"picture": cast.picture(), "alt": alt, "caption": caption})
    inside = cast.story(block, slug="inside", title="Las Garzas")
    assert [finding.kind for finding in check(inside) if finding.place == inside.body[0].id] == found


def test_a_pictures_own_description_stands_in_for_a_missing_alt_text() -> None:
    story = sound_story(lead_picture=cast.picture("A shrunken lake"), lead_caption="Las Garzas this week")
    assert not [kind for kind in kinds(story) if kind.startswith("alt")]


def test_a_mark_that_leads_to_no_passage_is_pointed_out() -> None:
    story = cast.story(cast.paragraph('It is <a linktype="citation" passages="77:0:4">dry</a>.'))
    (lost,) = [finding for finding in check(story) if finding.kind == "citation-lost"]
    assert (lost.words, lost.blocks) == ("dry", True)


def test_a_passage_in_a_language_that_nobody_reads_is_left_to_the_editor() -> None:
    report = cast.report("Le Cap", "lecap.example", "fr", "“Rien ne va plus”, a dit le maire hier soir.")
    story = cast.story(
        cast.paragraph(cast.cite("“Rien ne va plus,”", (report, "Rien ne va plus")) + " he said.")
    )
    assert "citation-lost" not in kinds(story)
    assert not [finding for finding in check(story) if finding.kind == "not-checked" and finding.blocks]


def test_a_story_with_an_invented_quotation_is_not_published() -> None:
    story = unsound_story()
    with pytest.raises(
        StoryStopped, match="“Barrera defends the water plan” was not published: Quoted words stand in"
    ):
        story.save_revision().publish()
    story.refresh_from_db()
    assert not story.live
    sound_story(slug="sound").save_revision().publish()
    assert Story.objects.get(slug="sound").live


def test_the_house_settles_what_stops_a_story() -> None:
    story = unsound_story()
    HouseStyle.for_site(story.get_site())
    HouseStyle.objects.update(blocking=[])
    story.save_revision().publish()
    assert Story.objects.get(pk=story.pk).live


@pytest.mark.both_databases
def test_an_editor_lets_findings_pass_with_a_reason_and_no_others_by_it() -> None:
    story, editor = unsound_story(), an_editor()
    with pytest.raises(NoReason, match="write down why"):
        actions.override(story, editor=editor, reason="  ")
    actions.override(story, editor=editor, reason="I heard it myself.")
    story.save_revision().publish()
    assert Story.objects.get(pk=story.pk).live
    assert PageLogEntry.objects.get(action=actions.OVERRIDDEN).data["reason"] == "I heard it myself."
    draft = story.get_latest_revision_as_object()
    draft.body = [cast.paragraph(f"{INVENTED} Barrera told reporters. “And sell the fish,” he said.")]
    with pytest.raises(StoryStopped):
        draft.save_revision().publish()


def test_there_is_nothing_to_override_in_a_sound_story() -> None:
    with pytest.raises(NothingToOverride, match="Nothing stops this story"):
        actions.override(sound_story(), editor=an_editor(), reason="To be sure.")


def test_an_embargo_is_refused_by_the_same_rule_when_it_is_set() -> None:
    story = unsound_story(go_live_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(StoryStopped):
        story.save_revision().publish()
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.both_databases
def test_an_embargo_ends_by_the_rule_of_its_hour() -> None:
    story = unsound_story(go_live_at=timezone.now() + timedelta(hours=1))
    sound = sound_story(slug="sound", go_live_at=timezone.now() + timedelta(hours=1))
    HouseStyle.for_site(story.get_site())
    HouseStyle.objects.update(blocking=[])
    for one in (story, sound):
        one.save_revision().publish()
    assert not Story.objects.live().exists()
    HouseStyle.objects.update(blocking=["quote-not-found"])
    for one in (story, sound):
        one.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    for revision in [*story.revisions.all(), *sound.revisions.all()]:
        revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
        revision.save()
    call_command("publish_scheduled")
    assert list(Story.objects.live()) == [sound]
    assert (
        "Quoted words stand in no cited passage" in PageLogEntry.objects.get(action=gate.STOPPED).data["why"]
    )


def test_an_outlet_without_a_basis_of_use_is_found_once_and_warns_unless_the_house_blocks_it() -> None:
    courier, faro = cast.courier(), cast.faro()
    courier.outlet.basis = Outlet.Basis.UNKNOWN
    courier.outlet.save()
    said, denied = cast.statement(courier, "no other way out"), cast.statement(faro, "No habrá cortes")
    told = cast.cite("Barrera told reporters", (courier, cast.COURIER), (faro, "pozos"))
    story = cast.story(
        cast.paragraph(f"{told}, and {told}."),
        ("face_to_face", {"question": "", "statements": [said, denied]}),
        title="Barrera defends the water plan",
    )
    found = [one for one in check(story) if one.kind == "outlet-without-basis"]
    assert [(one.words, one.blocks) for one in found] == [("Barrera told reporters", False)]
    assert found[0].message.startswith("Readers will see of The Norland Courier only its name")
    HouseStyle.objects.update_or_create(
        site=story.get_site(), defaults={"blocking": ["outlet-without-basis"]}
    )
    assert [one.kind for one in gate.against(Story.objects.get(pk=story.pk))] == ["outlet-without-basis"]
    courier.outlet.basis = Outlet.Basis.PUBLIC
    courier.outlet.save()
    assert "outlet-without-basis" not in kinds(Story.objects.get(pk=story.pk))


def test_a_citation_of_withheld_words_is_found() -> None:
    courier = cast.courier()
    begin = cast.COURIER.index("no other")
    span = [Span(begin, begin + 8)]
    record.withhold_words(courier, span, editor=an_editor(), reason="The ministry asked.")
    cited = cast.cite("He has no choice", (courier, "other way out"))
    other = cast.cite("A quarter is left", (courier, "The reservoir stands at 23 percent"))
    story = cast.story(cast.paragraph(f"{cited}. {other}."))
    found = [one for one in check(story) if one.kind == "passage-withheld"]
    assert [one.words for one in found] == ["He has no choice"]
    assert f"Since {timezone.localdate()} readers are not shown" in found[0].message


def test_a_remark_in_another_language_without_our_translation_is_pointed_out() -> None:
    denied = cast.statement(cast.faro(), "No habrá cortes en la capital")
    said = cast.statement(cast.courier(), "We have no other way out")
    bare = {"question": "", "statements": [denied, said]}
    ours = {
        "question": "",
        "statements": [{"statement": denied, "translation": "There will be no cuts"}, said],
    }
    story = cast.story(("face_to_face", bare), ("face_to_face", ours))
    (found,) = [one for one in check(story) if one.kind == "translation-missing"]
    assert (found.place, found.words) == (str(story.body[0].id), "No habrá cortes en la capital")
    assert not found.blocks


def test_what_is_told_of_an_override_in_public_is_said_in_the_papers_language() -> None:
    assert all(isinstance(sentence, Promise) for sentence in KINDS.values())
