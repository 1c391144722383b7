from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careo.record.marking import Marked, paragraphs, pieces

TEXT = "El ministro dijo que «Olmedo aseguró que nadie resultó herido».\n\nNada más."
LENGTH = 20
SPAN = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 8)).map(
    lambda pair: (pair[0], min(LENGTH, pair[0] + pair[1]))
)
MARKED = st.builds(
    Marked,
    number=st.integers(1, 9),
    key=st.integers(1, 9),
    content=st.lists(SPAN, min_size=1, max_size=2),
    source=st.lists(SPAN, max_size=1),
    cue=st.lists(SPAN, max_size=1),
)
TEXTS = st.text(alphabet="aé 😀\n<&", min_size=LENGTH, max_size=LENGTH)


def test_overlapping_statements_cut_the_text_and_the_inner_one_comes_first() -> None:
    outer = Marked(1, key=11, cue=[(12, 16)], content=[(17, 62)])
    inner = Marked(2, key=22, source=[(22, 28)], cue=[(29, 36)], content=[(37, 60)])
    cut = {piece.text: piece for piece in pieces(TEXT, [outer, inner], end=63)}
    assert cut["Olmedo"].keys == "22 11"
    assert cut["Olmedo"].roles == ("source", "content")
    assert cut["que nadie resultó herid"].keys == "22 11"


def test_a_rejected_statement_can_be_found_in_the_text_but_is_not_marked() -> None:
    dropped = Marked(1, key=11, content=[(0, 11)], dropped=True)
    first, *_ = pieces(TEXT, [dropped])
    assert (first.text, first.keys, first.roles) == ("El ministro", "11", ())


def test_a_statement_is_opened_once_where_its_content_begins() -> None:
    broken = Marked(1, key=11, content=[(3, 11), (17, 20)])
    opening = [piece.begin for piece in pieces(TEXT, [broken]) if piece.opening]
    assert opening == [3]


@given(text=TEXTS, statements=st.lists(MARKED, max_size=3))
def test_the_pieces_joined_are_the_text_and_each_bears_exactly_the_marks_that_cover_it(
    text: str, statements: list[Marked]
) -> None:
    cut = pieces(text, statements)
    assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        for offset in range(piece.begin, piece.begin + len(piece.text)):
            covering = {
                (one.number, role) for one in statements for role, b, e in one.spans() if b <= offset < e
            }
            assert {(mark.statement.number, mark.role) for mark in piece.marks} == covering


@given(text=TEXTS, statements=st.lists(MARKED, max_size=3))
def test_paragraphs_hold_all_of_the_text_but_its_line_breaks_at_its_own_offsets(
    text: str, statements: list[Marked]
) -> None:
    for piece in (piece for paragraph in paragraphs(text, statements) for piece in paragraph.pieces):
        assert text[piece.begin : piece.begin + len(piece.text)] == piece.text
    shown = "".join(piece.text for paragraph in paragraphs(text, statements) for piece in paragraph.pieces)
    assert shown == text.replace("\n", "")
