"""Pairs of tellings in two languages: the form, and that every pair of ours keeps it."""

from __future__ import annotations

import doctest

import pytest
from training.pairs import PairError, held_out, pairs, parse

from training import pairs as module

EN = "en 2026-03-05 The Courier\n{There will be no cuts}, she said.\n"
ES = "es 2026-03-05 La Gaceta\nDijo {que no habrá cortes}.\n"


def test_the_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(module).failed == 0


def test_our_pairs_are_three_hundred_and_more_half_of_them_of_two_remarks() -> None:
    given = list(pairs())
    assert len(given) >= 300
    assert len({pair.number for pair in given}) == len(given)
    assert sum(pair.same for pair in given) * 2 == len(given)
    assert sum(map(held_out, given)) * 2 == len(given)
    for pair in given:
        for one in pair.tellings:
            marked = one.text[slice(*one.marked)]
            assert marked == marked.strip() != ""


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("== one same\n" + EN + ES, "is no head of a pair"),
        ("== 1 same claim\n" + EN + ES, "pair 1: “claim” is none of"),
        ("== 1 same\n" + EN, "pair 1 has 1 tellings; it needs two"),
        ("== 1 same\n" + EN + EN, "pair 1 has two tellings in one language"),
        ("== 1 same\n" + EN + ES.replace("{", ""), "pair 1: a telling has one mark"),
    ],
)
def test_what_breaks_the_form_is_refused_with_what_is_wrong(written: str, sentence: str) -> None:
    with pytest.raises(PairError, match=sentence):
        list(parse(written))
