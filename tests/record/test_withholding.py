"""Which passages a withheld span withholds: those that share a character with it, and no other."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from careo.record.withholding import Withheld

DAY, LATER = date(2026, 3, 5), date(2026, 3, 9)
spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(withheld=st.lists(spans, max_size=4), passage=st.lists(spans, min_size=1, max_size=3))
def test_a_passage_is_withheld_exactly_where_it_shares_a_character_with_a_withheld_span(
    withheld: list[tuple[int, int]], passage: list[tuple[int, int]]
) -> None:
    hidden = {at for begin, end in withheld for at in range(begin, end)}
    asked = {at for begin, end in passage for at in range(begin, end)}
    known = Withheld(spans=tuple((begin, end, DAY) for begin, end in withheld))
    assert (known.since(passage) == DAY) == bool(hidden & asked)
    assert bool(known) == bool(withheld)


def test_the_first_day_counts() -> None:
    known = Withheld(whole=LATER, spans=((0, 4, DAY),))
    assert known.since([(2, 9)]) == DAY
    assert known.since([(4, 9)]) == LATER
