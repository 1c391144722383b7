"""Near spellings are found whatever the slip, and nothing that is further off is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.paper.spelling import distance, edits_forgiven, pairs_of, pairs_shared

LETTERS = st.sampled_from("abcdefgñ日")
WORDS = st.text(LETTERS, min_size=4, max_size=14)


@st.composite
def slips(draw: st.DrawFn, word: str, many: int) -> str:
    """The word after so many slips: a letter more, one less, another one, two that changed places."""
    for _ in range(many):
        place = draw(st.integers(0, len(word) - 2))
        word = draw(
            st.sampled_from(
                [
                    word[:place] + draw(LETTERS) + word[place:],
                    word[:place] + word[place + 1 :],
                    word[:place] + draw(LETTERS) + word[place + 1 :],
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                ]
            )
        )
    return word


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("quiroga", "quiroga", 0),
        ("quiroga", "quirgoa", 1),
        ("quiroga", "quroga", 1),
        ("quiroga", "quirroga", 1),
        ("quiroga", "quirega", 1),
        ("reservoir", "resevior", 2),
        ("", "ab", 2),
        ("ab", "", 2),
    ],
)
def test_edits_are_letters_more_less_other_and_exchanged(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == distance(other, one) == edits


@given(data=st.data(), word=WORDS, many=st.integers(0, 2))
def test_a_slip_is_one_edit_and_leaves_pairs_enough_to_be_found_by(
    data: st.DataObject, word: str, many: int
) -> None:
    slipped = data.draw(slips(word, many))
    # Letters exchanged and then edited again count as more than two: no edit falls into another.
    assert distance(word, slipped) <= (many if many < 2 else 3)
    edits = distance(word, slipped)
    if len(pairs_of(slipped)) > 3 * edits:
        assert len(pairs_of(word) & pairs_of(slipped)) >= pairs_shared(slipped, edits)


@pytest.mark.parametrize(
    ("word", "edits"),
    [("dam", 0), ("ferr", 1), ("ferries", 1), ("reservoi", 2), ("2026", 0), ("g20-summit", 0)],
)
def test_short_words_and_numbers_must_be_typed_right(word: str, edits: int) -> None:
    assert edits_forgiven(word) == edits
