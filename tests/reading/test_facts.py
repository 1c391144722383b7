"""Names, numbers and days can be held against those of another report, whichever language and convention wrote them."""

from __future__ import annotations

import doctest
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.reading import exonyms, folding, names, numbers, opposition, same_speaker, telling
from careo.reading import facts as facts_module
from careo.reading.facts import facts
from careo.reading.folding import fold
from careo.reading.numbers import Number


def only(text: str, language: str) -> Number:
    (found,) = numbers.numbers(text, language)
    return found


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("4,7 por ciento", "4.7 percent"),
        ("4.7 por ciento", "4.7%"),
        ("45 %", "forty-five per cent"),
        ("dos mil millones", "2 billion"),
        ("2.000 millones", "2,000 million"),
        ("mil 500", "1,500"),
        ("2 mil 300", "2,300"),
        ("3 mil 200 millones de pesos", "3.2 billion pesos"),
        ("1.250.000", "1,250,000"),
        ("un millón doscientos mil", "1.2 million"),
        ("medio millón", "500,000"),
        ("treinta y dos", "thirty-two"),
        ("veintiún", "21"),
        ("doscientas cinco", "two hundred and five"),
        ("cien mil", "a hundred thousand"),
        ("un billón", "one trillion"),
        ("5 millones de dólares", "US$5m"),
        ("12 años", "twelve years"),
    ],
)
def test_a_number_is_the_same_in_both_languages(spanish: str, english: str) -> None:
    assert only(spanish, "es").equals(only(english, "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("4.7 percent", "4.7 years"), ("2,300", "2,500"), ("$5 million", "5 million years"), ("1.500", "1,500")],
)
def test_numbers_that_differ_in_value_or_unit_are_told_apart(one: str, other: str) -> None:
    assert not only(one, "en").equals(only(other, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "G20",
        "COVID-19",
        "at 10:30",
        "thousands of people",
        "one of them",
        "the 21st century",
        "the 1990s",
        "$",
        "1.2.3.4",
        "",
    ],
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert numbers.numbers(text, "en") == ()


@pytest.mark.parametrize("text", ["miles de personas", "un acuerdo", "cientos de casas", "millones de votos"])
def test_vague_spanish_amounts_are_no_numbers(text: str) -> None:
    assert numbers.numbers(text, "es") == ()


@given(value=st.integers(2, 10**12))
def test_thousands_are_parted_by_points_commas_and_spaces_alike(value: int) -> None:
    written = f"{value:,}"
    for text, language in ((written, "en"), (written, "es"), (written.replace(",", "."), "es")):
        if language == "es" or "." not in text:
            assert only(text, language).value == value


@given(value=st.decimals(0, 10**6, places=1))
def test_decimals_are_read_by_comma_and_by_point(value: Decimal) -> None:
    written = f"{value:.1f}"
    assert only(written, "en").value == only(written.replace(".", ","), "es").value == Decimal(written)


@given(
    text=st.text(alphabet=st.sampled_from("0123456789.,:$%€ -\u00a0milonytecdsáÁ’\n")),
    language=st.sampled_from(["en", "es"]),
)
def test_spans_of_numbers_lie_in_the_text_in_order(text: str, language: str) -> None:
    end = 0
    for found in numbers.numbers(text, language):
        assert end <= found.span.start < found.span.end <= len(text)
        assert not text[found.span.start].isspace()
        end = found.span.end


@given(text=st.text(max_size=300))
def test_spans_of_names_hold_what_the_name_says(text: str) -> None:
    for name in names.names(text):
        assert text[name.span.start : name.span.end] == name.text
        assert name.text[0].isupper()


def test_names_leave_out_what_has_its_capital_from_its_place() -> None:
    text = "Ayer Teresa Olmedo llegó a Puerto Alba. Nadie la recibió. «Vecinos y alcalde», dijo Rosa Ibarra."
    assert [name.text for name in names.names(text)] == ["Teresa Olmedo", "Puerto Alba", "Rosa Ibarra"]


def test_a_name_that_opens_a_sentence_counts_when_it_stands_elsewhere_too() -> None:
    text = "Barrera spoke. Later the minister, Barrera, left."
    assert [name.text for name in names.names(text)] == ["Barrera", "Barrera"]


def test_small_words_stay_within_a_name() -> None:
    assert [name.text for name in names.names("Habló Carlos de la Torre en la Plaza.")] == [
        "Carlos de la Torre",
        "Plaza",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("México", "Mexico"),
        ("EE. UU.", "U.S."),
        ("Ciudad de México", "Mexico City"),
        ("ONU", "United Nations"),
    ],
)
def test_a_place_has_one_form_in_both_languages(one: str, other: str) -> None:
    assert exonyms.one_form(one) == exonyms.one_form(other)


def test_us_as_a_word_is_no_country() -> None:
    assert exonyms.one_form("us") == "us"


def test_a_day_holds_its_numbers_for_itself() -> None:
    told = facts("El 5 de marzo de 2026 llegaron 40 camiones.", language="es", published=date(2026, 3, 7))
    assert [str(number.value) for number in told.numbers] == ["40"]
    assert [time.days.start for time in told.days] == [date(2026, 3, 5)]


@given(text=st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "module", [exonyms, facts_module, folding, names, numbers, opposition, same_speaker, telling]
)
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module, extraglobs={"date": date})
    assert result.attempted
    assert not result.failed
