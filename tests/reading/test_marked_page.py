"""`careo read --html`: the text as it was, its spans marked, and nothing of it able to act in a browser."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from careo.project.cli.marked_page import marked_page
from careo.reading import read

TEXT = (
    "“No habrá cortes”, dijo el lunes la ministra Teresa Olmedo. Rosa Ibarra dijo que los habrá y que Olmedo "
    "<script>alert(1)</script> lo sabe.\n\nAñadió que nadie la escuchó & que callará."
)


def text_of(page: str) -> str:
    """What the page shows of the report: without tags, numbers and escapes."""
    body = page.split('<div class="text" lang="es">')[1].split("</div>")[0]
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup.*?</sup>", "", body)))


def test_the_text_stands_as_it_was_with_sources_cues_and_contents_marked() -> None:
    page = marked_page(read(TEXT, language="es", published=date(2026, 3, 5)))
    assert text_of(page) == TEXT
    page = re.sub(r"<sup.*?</sup>", "", page)
    assert '<span class="content" title="content of 1">“No habrá cortes”</span>' in page
    assert '<span class="cue" title="cue of 1">dijo</span>' in page
    assert '<span class="source" title="source of 1">la ministra Teresa Olmedo</span>' in page


def test_statements_stand_below_with_speaker_day_and_how_sure_the_reader_is() -> None:
    page = marked_page(read(TEXT, language="es", published=date(2026, 3, 5)))
    row = page.split('<tr id="statement-1"')[1].split("<tr")[0]
    assert "Teresa Olmedo, ministra" in row
    assert "2026-03-02" in row
    assert "speaker 0." in row


def test_a_hostile_text_cannot_act() -> None:
    page = marked_page(read(TEXT, language="es"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Olmedo", "dijo", "que", "“", "”", "<b>", "&amp;", ".", "\n\n", "él"]), max_size=60
    )
)
def test_whatever_the_text_it_comes_back_whole(words: list[str]) -> None:
    text = " ".join(words)
    assert text_of(marked_page(read(text, language="es"))) == text
