"""Pen names: one reader a name, and nobody passes for another or for the house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.readers import pen_names
from careo.readers.actions import choose_pen_name, open_account
from careo.readers.errors import BadPenName, PenNameChosen, PenNameTaken
from careo.readers.models import Reader


@pytest.mark.parametrize(
    "name",
    [
        "A",
        "x" * 41,
        "<script>alert(1)</script>",
        "ana@example.org",
        "Moderator",
        "ＥＤＩＴＯＲ",
        "12345",
        "Аna",  # the first letter is Cyrillic
        "Ana\u202egro",
        "A\u0336\u0336na",
        "",
        "\x00ana",
    ],
)
def test_a_name_that_could_deceive_or_break_the_page_is_refused(name: str) -> None:
    with pytest.raises(BadPenName, match=r"^A pen name .+; choose another\.$"):
        pen_names.clean(name)


@pytest.mark.parametrize(
    "name", ["Ñandú", "Ana de Alba", "O'Higgins", "Дмитрий", "Ελένη", "李娜", "l·l", "R2-D2"]
)
def test_names_of_all_alphabets_are_taken(name: str) -> None:
    assert pen_names.clean(name) == name


@given(st.text(max_size=60))
def test_cleaning_settles_at_once(name: str) -> None:
    try:
        once = pen_names.clean(name)
    except BadPenName:
        return
    assert pen_names.clean(once) == once
    assert pen_names.key(once) == pen_names.key(pen_names.key(once))


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.parametrize("again", ["ñandú", "ÑANDÚ", "N\u0303andu\u0301", "  Ñandú "])
def test_two_readers_cannot_share_a_name_however_it_is_written(again: str) -> None:
    open_account("ana@example.org", pen_name="Ñandú")
    other = open_account("eva@example.org")
    with pytest.raises(PenNameTaken, match="is the pen name of somebody else; choose another"):
        choose_pen_name(other, again)
    assert Reader.objects.get(pk=other.pk).pen_name == ""


@pytest.mark.django_db
def test_a_pen_name_is_chosen_once() -> None:
    ana = open_account("ana@example.org", pen_name="Ana")
    with pytest.raises(PenNameChosen, match="Your pen name is “Ana” already"):
        choose_pen_name(ana, "Bea")
