"""What changed between two texts: either can be read off again, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.stories import changes
from careo.stories.changes import HEADS, Changed, Line, account, compare

TEXTS = st.text(alphabet="ab cé\n", min_size=1, max_size=12)
KINDS = st.sampled_from(["paragraph", "heading", "passage"])


@st.composite
def texts(draw: st.DrawFn) -> list[Line]:
    """Heads, each once at most, then lines of any other kind."""
    heads = [Line(kind, draw(TEXTS)) for kind in HEADS if draw(st.booleans())]
    return heads + draw(st.lists(st.builds(Line, KINDS, TEXTS), max_size=6))


def read_off(changed: tuple[Changed, ...], but: str) -> list[tuple[str, str]]:
    """The lines without the words that went, or without those that came."""
    found = [(line.kind, "".join(one.text for one in line.words if one.what != but)) for line in changed]
    return sorted((kind, text) for kind, text in found if text)


@given(old=texts(), new=texts())
def test_the_old_text_and_the_new_can_both_be_read_off(old: list[Line], new: list[Line]) -> None:
    changed = compare(old, new)
    assert read_off(changed, "new") == sorted((line.kind, line.text) for line in old)
    assert read_off(changed, "gone") == sorted((line.kind, line.text) for line in new)


@given(text=texts())
def test_a_text_beside_itself_has_no_change(text: list[Line]) -> None:
    changed = compare(text, text)
    assert {line.what for line in changed} <= {"same"}
    assert account(changed) == changes.Account((), 0, 0, 0, passages=False)


def marked(old: str, new: str) -> list[tuple[str, str]]:
    (line,) = compare([Line("paragraph", old)], [Line("paragraph", new)])
    return [(one.what, one.text.strip()) for one in line.words]


def test_within_a_paragraph_words_are_marked() -> None:
    assert marked("The reservoir stands at 32 percent.", "The reservoir stands at 23 percent.") == [
        ("same", "The reservoir stands at"),
        ("gone", "32"),
        ("new", "23"),
        ("same", "percent."),
    ]


def test_a_paragraph_that_is_another_one_is_not_taken_for_the_old_one_changed() -> None:
    changed = compare([Line("paragraph", "No rain fell.")], [Line("paragraph", "Ships waited outside.")])
    assert [line.what for line in changed] == ["new", "gone"]


def test_a_paragraph_put_between_two_others_is_the_only_one_added() -> None:
    old = [Line("paragraph", "First of all."), Line("paragraph", "Last of all, he said.")]
    new = [old[0], Line("paragraph", "In between it rained."), Line("paragraph", "Last of all, she said.")]
    assert account(compare(old, new)) == changes.Account((), 1, 1, 0, passages=False)


def test_heads_and_passages_are_counted_apart_from_the_text() -> None:
    old = [Line("headline", "Cuts"), Line("byline", "Ana"), Line("passage", "El Faro")]
    new = [Line("headline", "No cuts"), Line("standfirst", "He says"), Line("byline", "Ana")]
    assert account(compare(old, new)) == changes.Account(("headline", "standfirst"), 0, 0, 0, passages=True)


def test_texts_too_long_to_be_compared_word_by_word_stand_whole() -> None:
    long = " ".join(f"w{number}" for number in range(changes.MOST_WORDS))
    (line,) = compare([Line("headline", long)], [Line("headline", f"{long} more")])
    assert [(one.what, one.text) for one in line.words] == [("gone", long), ("new", f"{long} more")]
