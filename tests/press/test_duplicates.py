"""The same report printed twice is recognised, whatever was cut; two reports of one event are not the same report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis.strategies import lists, sampled_from, text

from careo.press.duplicates import near_duplicates, sample, shared, shingles
from tests.press.pages import PARAGRAPHS

WIRE = " ".join(PARAGRAPHS)


def test_wire_copy_with_its_last_paragraph_cut_and_a_word_changed_is_the_same_report() -> None:
    cut = " ".join(PARAGRAPHS[:3]).replace("aseguró", "afirmó")
    assert near_duplicates(WIRE, cut)
    assert near_duplicates(cut, WIRE)


def test_case_and_marks_make_no_difference() -> None:
    assert shared(WIRE, WIRE.upper().replace(",", " –")) == 1.0


def test_another_report_of_the_same_words_of_a_minister_is_not() -> None:
    other = (
        "Los vecinos de Puerto Alba recibieron con silbidos a Julia Barrera. “No habrá cortes”, dijo Barrera ante los "
        "vecinos reunidos, pero pocos le creyeron: en la calle del Olmo llevan tres días llenando cubos en la fuente, y "
        "nadie del ministerio ha ido a verlos, según contaron a este diario."
    )
    assert not near_duplicates(WIRE, other)


def test_a_brief_within_a_long_report_is_not_the_same_report() -> None:
    assert not near_duplicates(
        PARAGRAPHS[0] + PARAGRAPHS[1], WIRE + " ".join(f"Barrio {n}: sin novedad hoy." for n in range(200))
    )


def test_texts_of_a_sentence_are_never_duplicates() -> None:
    assert not near_duplicates(PARAGRAPHS[1], PARAGRAPHS[1])
    assert sample(PARAGRAPHS[1]) == []


@settings(deadline=None)
@given(
    lists(
        sampled_from(
            [
                "agua",
                "luz",
                "pan",
                "ministra",
                "vecinos",
                "plaza",
                "dijo",
                "ayer",
                "el",
                "la",
                "no",
                "habrá",
                "cortes",
            ]
        ),
        max_size=200,
    )
)
def test_what_is_sampled_are_runs_of_the_text(words: list[str]) -> None:
    given_text = " ".join(words)
    assert set(sample(given_text)) <= shingles(given_text)
    assert len(shingles(given_text)) <= max(0, len(words) - 4)


@settings(deadline=None)
@given(text(), text())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0.0 <= shared(one, other) <= 1.0
    assert shared(one, other) == shared(other, one)
