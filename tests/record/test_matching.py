from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.record.matching import match

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=3,
)


def test_a_statement_whose_end_moved_by_a_clause_is_still_the_same() -> None:
    assert match([(7, [(10, 50)])], [[(12, 44)]]) == {0: 7}


def test_what_shares_less_than_half_is_another_statement() -> None:
    assert match([(7, [(10, 50)])], [[(40, 90)]]) == {}


def test_the_better_overlap_wins_over_the_earlier_one() -> None:
    assert match([(1, [(0, 40)]), (2, [(0, 50)])], [[(0, 50)], [(0, 40)]]) == {0: 2, 1: 1}


def test_a_statement_is_known_by_the_words_an_editor_chose_and_by_those_the_machine_had_found() -> None:
    assert match([(7, [(0, 10)]), (7, [(30, 60)])], [[(30, 60)]]) == {0: 7}


@given(kept=st.lists(SPANS, max_size=6), found=st.lists(SPANS, max_size=6))
def test_each_side_is_used_once_and_exact_spans_always_find_each_other(
    kept: list[list[tuple[int, int]]], found: list[list[tuple[int, int]]]
) -> None:
    matched = match(list(enumerate(kept)), found)
    assert len(set(matched.values())) == len(matched)
    assert set(matched) <= set(range(len(found)))
    assert set(match(list(enumerate(found)), found)) == set(range(len(found)))
