"""An editor's translation beside a remark: marked as ours, in our language, never in place of the original."""

from __future__ import annotations

import json
import re
from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from careo.stories.blocks import FaceToFaceBlock
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


def test_what_is_in_the_papers_own_language_needs_no_translation(edition: Edition) -> None:
    spanish, english = edition.face_to_face()["statements"]
    block = FaceToFaceBlock()
    good: dict[str, Any] = {
        "question": "",
        "statements": [{"statement": spanish, "translation": OURS}, english],
    }
    assert block.clean(block.normalize(good))["statements"][0]["translation"] == OURS
    good["statements"][1] = {"statement": english, "translation": "No cuts"}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(good))
    assert "in the paper's own language; take the translation away" in json.dumps(
        cast("Any", refused.value).as_json_data()
    )
