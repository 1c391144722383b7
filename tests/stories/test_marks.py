"""The mark in the text: through the editor and back, whatever stands in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from careo.stories import marks, prose
from careo.stories.blocks import PARAGRAPH_FEATURES
from careo.stories.marks import Mark

HOSTILE = [
    '1:0:4" onclick="alert(1)',
    "1:0:4 <script>",
    "1:0:4  2:0:4",
    "1:4:0",
    "1:4:4",
    "0:0:4",
    "-1:0:4",
    "1:0:4:",
    "1:0:4:0",
    "١:0:4",
    "1:0:4\n",
    "1:0:99999999999999999999",
    " ".join(f"{number}:0:4" for number in range(1, 40)),
]

a_mark = st.builds(
    lambda report, begin, length, statement: Mark(report, begin, begin + length, statement),
    st.integers(1, 10**17),
    st.integers(0, 10**8),
    st.integers(1, 10**8),
    st.none() | st.integers(1, 10**17),
)
some_marks = st.lists(a_mark, min_size=1, max_size=4, unique=True)
# What can be typed: no control characters, and words at both ends, since the editor drops blanks at a block's edges.
words = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=12
)


def converter() -> Any:
    return ContentstateConverter(PARAGRAPH_FEATURES)


def editor_state(pieces: list[tuple[str, Any]]) -> str:
    """What Draftail hands over for words with (data) and without (None) a citation; its offsets are code points here."""
    text, ranges, entities = "", [], {}
    for key, (piece, data) in enumerate(pieces):
        if data is not None:
            ranges.append({"offset": len(text), "length": len(piece), "key": key})
            entities[key] = {"type": "CITATION", "mutability": "MUTABLE", "data": data}
        text += piece
    block = {
        "key": "abcde", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [], "entityRanges": ranges
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": entities})


@given(st.lists(st.tuples(words, st.none() | some_marks), min_size=1, max_size=5))
def test_citations_come_back_from_the_editor_as_they_were_stored(pieces: list[tuple[str, Any]]) -> None:
    cited = [(text, {"passages": marks.written(found)} if found else None) for text, found in pieces]
    stored = converter().to_database_format(editor_state(cited))
    assert converter().to_database_format(converter().from_database_format(stored)) == stored
    (paragraph,) = prose.paragraphs(stored)
    assert prose.text_of(paragraph) == "".join(text for text, _ in pieces)
    assert [piece.link.marks for piece in paragraph if piece.link] == [
        tuple(found) for _, found in pieces if found
    ]


@given(some_marks)
def test_what_is_written_is_read_again(found: list[Mark]) -> None:
    assert marks.parse(marks.written(found)) == tuple(found)


@given(st.text(max_size=40) | st.none() | st.integers() | st.lists(st.integers()))
def test_anything_else_is_refused_without_an_error(value: object) -> None:
    assert all(isinstance(mark, Mark) for mark in marks.parse(value))


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_mark_from_a_browser_is_not_stored(value: str) -> None:
    stored = converter().to_database_format(
        editor_state([("words", {"passages": value, "href": "javascript:x"})])
    )
    assert stored == '<p data-block-key="abcde">words</p>'


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_mark_in_a_stored_text_does_not_reach_the_editor(value: str) -> None:
    attribute = value.replace("<", "&lt;").replace('"', "&quot;")
    state = json.loads(
        converter().from_database_format(f'<p><a linktype="citation" passages="{attribute}">words</a></p>')
    )
    assert [entity["data"] for entity in state["entityMap"].values()] == [{"passages": ""}]


@given(st.text(max_size=60))
def test_no_stored_text_however_broken_makes_the_reader_fail(source: str) -> None:
    for paragraph in prose.paragraphs(source):
        assert prose.text_of(paragraph).strip()
