"""An editor's translation beside a remark: marked as ours, in our language, never in place of the original."""

from __future__ import annotations

import json
import re
from typing import Any, cast

from django.test import Client
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, streamfield

from careo.record.models import Statement
from careo.stories.check import check
from careo.stories.forms import StoryForm
from careo.stories.models import Story
from tests.paper.edition import Edition

OURS = "There will be <no> cuts"


def translated(edition: Edition, **fields: Any) -> Story:
    faced = edition.face_to_face()
    spanish, english = faced["statements"]
    faced["statements"] = [{"statement": spanish, "translation": OURS}, english]
    return edition.story(body=[("face_to_face", faced)], **fields)


def test_a_translation_stands_below_the_original_and_says_that_it_is_ours(
    edition: Edition, client: Client
) -> None:
    page = client.get(translated(edition).url).text
    first, second = re.findall(r'<figure class="remark">.*?</figure>', page, re.DOTALL)
    assert '<blockquote lang="es">“No habrá cortes de agua”</blockquote>' in first
    assert '<p class="translation" lang="en"><span class="ours">Our translation:</span> There will' in first
    assert "There will be &lt;no&gt; cuts" in first
    assert "<cite>El Faro de Alba</cite> (sp)" in first
    assert "translation" not in second


def test_markdown_and_feeds_carry_it(edition: Edition, client: Client) -> None:
    story = translated(edition)
    assert "> Our translation: There will be \\<no\\> cuts" in client.get(f"{story.url[:-1]}.md").text
    (item,) = client.get("/feeds/feed.json").json()["items"]
    assert '<p class="translation" lang="en">' in item["content_html"]


def test_one_in_the_closed_part_is_told_to_no_visitor(edition: Edition, client: Client) -> None:
    story = translated(edition, access=Story.Access.SUBSCRIBERS, open_blocks=0)
    page = client.get(story.url).text
    assert "Our translation" not in page
    assert "There will be" not in page


def test_a_body_from_before_there_were_translations_reads_as_it_did(edition: Edition, client: Client) -> None:
    pair = [one.pk for one in edition.face_to_face()["statements"]]
    items = [{"type": "item", "value": pk, "id": str(pk)} for pk in pair]
    faced = {"type": "face_to_face", "value": {"question": "Cuts?", "statements": items}, "id": "a"}
    story = edition.story(body=json.dumps([faced]))
    story = Story.objects.get(pk=story.pk)
    assert client.get(story.url).text.count('<figure class="remark">') == 2
    list(story.body)  # as the editor's form does
    (kept,) = story.body.get_prep_value()
    assert [one["value"] for one in kept["value"]["statements"]] == [
        {"statement": pk, "translation": ""} for pk in pair
    ]


def told_by_the_desk(story: Story, *pair: Statement, **fields: str) -> str:
    """What the desk's form answers to translations of the Spanish and of the English remark."""
    given = {"spanish": "", "english": "", "language": "", **fields}
    remarks = [
        {"statement": str(one.pk), "translation": given[name]}
        for name, one in zip(("spanish", "english"), pair, strict=True)
    ]
    faced = {"question": "", "statements": streamfield([("item", one) for one in remarks])}
    body = nested_form_data({"body": streamfield([("face_to_face", faced)])})
    form_class: type[StoryForm] = Story.get_edit_handler().get_form_class()
    rest = {"corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0", "edition_of": ""}
    form = form_class({**rest, **body, "language": given["language"]}, instance=story, for_user=None)
    form.is_valid()
    return json.dumps([cast("Any", one).as_json_data() for one in form.errors.as_data().get("body", [])])


def test_what_is_in_the_storys_own_language_needs_no_translation(edition: Edition) -> None:
    pair = edition.face_to_face()["statements"]
    story = edition.story()
    assert told_by_the_desk(story, *pair, spanish=OURS) == "[]"
    told = json.loads(told_by_the_desk(story, *pair, english="No cuts"))
    (refused,) = [told[0]["blockErrors"]["0"]["blockErrors"]["statements"]["blockErrors"]["1"]["blockErrors"]]
    assert refused["translation"]["messages"] == [
        "This remark is in the story's own language; take the translation away."
    ]
    assert told_by_the_desk(story, *pair, english="No cuts", language="es") == "[]"
    assert "take the translation away" in told_by_the_desk(story, *pair, spanish="Sin cortes", language="es")


def test_in_a_story_in_another_language_the_translation_is_in_that_one(
    edition: Edition, client: Client
) -> None:
    faced = edition.face_to_face()
    faced["statements"][1] = {"statement": faced["statements"][1], "translation": "Habrá cortes"}
    story = edition.story(body=[("face_to_face", faced)], language="es")
    assert '<p class="translation" lang="es">' in client.get(story.url).text
    assert not [found for found in check(story) if found.kind == "translation-missing"]
    other = check(translated(edition, language="es", slug="otra"))
    assert [found.words for found in other if found.kind == "translation-missing"] == [
        "There will be cuts from Monday"
    ]


def test_a_story_in_another_language_is_checked_in_that_one(edition: Edition) -> None:
    """Its days, its names and what is a quotation are read by the rules of its own language."""
    told = "“No habrá cortes de agua”, dijo la ministra el viernes"
    body = [("paragraph", RichText(f"<p>{edition.mark(told, edition.spanish)}.</p>"))]
    in_english = {found.kind for found in check(edition.story("La ministra promete", body=body, slug="a"))}
    in_spanish = {
        found.kind
        for found in check(edition.story("La ministra promete", body=body, slug="b", language="es"))
    }
    assert in_spanish != in_english
