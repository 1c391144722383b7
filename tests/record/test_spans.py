from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.reading.types import Span
from careo.record.errors import SpanOutsideReport, WordsNotInReport
from careo.record.spans import find, within, words_of

TEXT = "He said we opened the gates. Later he said we opened the road."


def test_words_copied_from_a_report_are_found_nearest_to_where_the_editor_looked() -> None:
    assert find("we opened", TEXT, near=0) == (Span(8, 17),)
    assert find("we opened", TEXT, near=50) == (Span(43, 52),)


def test_words_copied_across_a_line_break_are_found() -> None:
    assert find("the gates. Later", "at the gates.\n\nLater he left", near=0) == (Span(3, 20),)


def test_parts_that_stand_apart_are_found_one_after_the_other() -> None:
    found = find("said […] the road", TEXT, near=30)
    assert words_of(TEXT, found) == "said […] the road"


def test_words_that_are_not_in_the_report_are_refused_by_name() -> None:
    with pytest.raises(WordsNotInReport, match="“we shut the gates” does not stand in the report"):
        find("we shut the gates", TEXT, near=0)


@pytest.mark.parametrize("bad", [(-1, 4), (4, 4), (5, 4), (0, len(TEXT) + 1), (2, 3)])
def test_a_span_outside_the_text_or_of_nothing_but_space_is_refused(bad: tuple[int, int]) -> None:
    with pytest.raises(SpanOutsideReport, match="choose the words again"):
        within(TEXT, [bad])


@given(st.text(alphabet="abc é😀\n", min_size=1), st.data())
def test_any_words_of_a_text_are_found_in_it(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    words = text[begin:end].strip()
    for start, stop in find(words, text, near=begin):
        assert text[start:stop].split() == words.split()
