"""Scores sort the queue: what they were seen to do on invented posts is held here, and printed with `-s`."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.forum import folding, scoring
from careo.forum.scoring import scored
from tests.forum.scoring.examples import FINE, INSULT, SPAM


def score(text: str) -> float:
    return scored(text, account_days=100, posts_before=50).score


def order_kept(bad: list[str], fine: list[str]) -> float:
    """How often, of one bad post and one fine one, the bad stands before the other (the area under the ROC curve)."""
    pairs = [(score(worse), score(better)) for worse in bad for better in fine]
    return sum(1.0 if worse > better else 0.5 if worse == better else 0.0 for worse, better in pairs) / len(
        pairs
    )


def test_what_the_docs_say_of_the_scores_is_what_they_do() -> None:
    """The floors are the figures of docs/moderating.md: who lowers one changes them there."""
    found = {"spam": order_kept(SPAM, FINE), "insults": order_kept(INSULT, FINE)}
    silent = {
        name: sum(score(text) == 0 for text in texts) for name, texts in (("spam", SPAM), ("insults", INSULT))
    }
    raised = sum(score(text) > 0 for text in FINE)
    print(found, silent, raised)  # noqa: T201
    assert (len(SPAM), len(INSULT), len(FINE)) == (24, 24, 36)
    assert found["spam"] >= 0.92
    assert found["insults"] >= 0.82
    assert silent == {"spam": 0, "insults": 5}
    assert raised == 12


def test_the_examples_in_the_docs_run() -> None:
    assert doctest.testmod(scoring).failed == 0
    assert doctest.testmod(folding).failed == 0


def test_flags_and_a_new_account_raise_it() -> None:
    text = "Nice article! https://carpets.example"
    old = scored(text, account_days=100, posts_before=50)
    assert scored(text, account_days=1, posts_before=0).score > old.score
    assert scored(text, account_days=100, posts_before=50, flags=2).score > old.score
    assert scored(text, account_days=100, posts_before=50, listed=1).score > old.score


def test_who_quotes_an_insult_did_not_write_it() -> None:
    assert score("> You idiot!\n\nPlease do not.") == 0
    assert score("You idiot!") > 0


@given(st.text(max_size=300), st.integers(0, 30), st.integers(0, 30))
def test_any_text_has_a_score_from_nought_to_one(text: str, listed: int, flags: int) -> None:
    assert 0 <= scored(text, account_days=0, posts_before=0, listed=listed, flags=flags).score <= 1


@pytest.mark.parametrize("text", ["a" * 10_000, "i " * 5_000, "> " * 5_000, "aa " * 3_333, "@$!" * 3_333])
def test_a_long_text_is_scored(text: str) -> None:
    assert scored(text, account_days=1, posts_before=0).found
