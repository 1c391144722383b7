from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.desk.grouping import Pair, group

KEYS = st.lists(st.integers(1, 12), unique=True, min_size=1, max_size=8)
PAIRS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]), max_size=5
)
GROUPS = st.lists(st.lists(st.integers(1, 12), max_size=5), max_size=4)


def test_the_machines_groups_stand_where_no_editor_spoke() -> None:
    assert group([1, 2, 3], machine=[[1, 3], [2]], together=[], apart=[]) == [[1, 3], [2]]


def test_what_an_editor_joined_is_one_remark_though_the_machine_sees_two() -> None:
    assert group([1, 2, 3], machine=[[1], [2], [3]], together=[(1, 3)], apart=[]) == [[1, 3], [2]]


def test_what_an_editor_parted_no_machine_brings_together_not_even_by_way_of_a_third() -> None:
    assert group([1, 2, 3], machine=[[1, 3], [3, 2]], together=[], apart=[(1, 2)]) == [[1, 3], [2]]


@given(statements=KEYS, machine=GROUPS, together=PAIRS, apart=PAIRS)
def test_every_statement_is_in_one_group_and_what_is_joined_is_together(
    statements: list[int], machine: list[list[int]], together: list[Pair], apart: list[Pair]
) -> None:
    groups = group(statements, machine=machine, together=together, apart=apart)
    assert sorted(key for members in groups for key in members) == sorted(statements)
    where = {key: place for place, members in enumerate(groups) for key in members}
    for a, b in together:
        if a in where and b in where:
            assert where[a] == where[b]


@given(statements=KEYS, machine=GROUPS, apart=PAIRS)
def test_what_is_parted_is_never_together_unless_it_was_joined(
    statements: list[int], machine: list[list[int]], apart: list[Pair]
) -> None:
    groups = group(statements, machine=machine, together=[], apart=apart)
    for a, b in apart:
        assert not any(a in members and b in members for members in groups)
