"""What was found is marked where it stands, and nothing of the text is changed by it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.paper.excerpts import EXCERPT, excerpt, marked
from careo.paper.words import LONGEST_WORD, words_in

TEXTS = st.text(st.sampled_from("ab é\u0301ﬁ日İß½_-.\n\u202e\x00"), max_size=400)


def hits(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, hit in pieces if hit]


@given(text=TEXTS)
def test_words_lie_in_the_text_one_after_the_other_and_hold_letters(text: str) -> None:
    at = 0
    for word in words_in(text):
        assert at <= word.begin < word.end <= len(text)
        assert 0 < len(word.folded) <= LONGEST_WORD
        assert word.folded.isalnum()
        at = word.end


@given(text=TEXTS, wanted=st.sets(st.sampled_from(["a", "ab", "aba", "e", "日"])))
def test_marking_gives_the_text_back_whole(text: str, wanted: set[str]) -> None:
    pieces = marked(text, wanted)
    assert "".join(piece for piece, _ in pieces) == text
    assert len(hits(pieces)) == sum(word.folded in wanted for word in words_in(text))


@given(
    text=st.text(st.sampled_from("ab  \n"), max_size=2_000),
    wanted=st.sets(st.sampled_from(["a", "ab", "bb"])),
)
def test_an_excerpt_is_a_short_stretch_of_the_text_with_a_hit_in_it(text: str, wanted: set[str]) -> None:
    pieces = excerpt(text, wanted)
    if not any(word.folded in wanted for word in words_in(text)):
        assert pieces == ()
        return
    words = "".join(piece for piece, _ in pieces).removeprefix("… ").removesuffix(" …")
    assert words in text
    assert len(words) <= EXCERPT
    assert hits(pieces)


def test_an_excerpt_is_taken_where_most_of_the_words_stand() -> None:
    far = "The dam is old. " + "Nothing else is said of it here. " * 20
    pieces = excerpt(far + "The ferry passes the dam at dawn. " + "And so on. " * 60, {"ferry", "dam"})
    words = "".join(text for text, _ in pieces)
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert hits(pieces) == ["ferry", "dam"]


def test_an_accented_word_is_marked_with_its_accent() -> None:
    assert hits(marked("El señor Julia\u0301n Núñez", {"julian", "nunez"})) == ["Julia\u0301n", "Núñez"]
