"""The days a report speaks of, resolved against the day it was published; and the day a statement was made."""

from __future__ import annotations

from datetime import date

import pytest

from careo.reading import read

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("words", "language", "first", "last", "granularity"),
    [
        ("yesterday", "en", "2026-03-04", "2026-03-04", "day"),
        ("on Monday", "en", "2026-03-02", "2026-03-02", "day"),
        ("last Thursday", "en", "2026-02-26", "2026-02-26", "day"),
        ("last week", "en", "2026-02-23", "2026-03-01", "week"),
        ("last month", "en", "2026-02-01", "2026-02-28", "month"),
        ("in January", "en", "2026-01-01", "2026-01-31", "month"),
        ("two years ago", "en", "2024-01-01", "2024-12-31", "year"),
        ("on March 1, 2026", "en", "2026-03-01", "2026-03-01", "day"),
        ("on 1 March 2026", "en", "2026-03-01", "2026-03-01", "day"),
        ("in the first quarter of 2025", "en", "2025-01-01", "2025-03-31", "quarter"),
        ("in 1998", "en", "1998-01-01", "1998-12-31", "year"),
        ("in the nineties", "en", "1990-01-01", "1999-12-31", "year"),
        ("in the 19th century", "en", "1800-01-01", "1899-12-31", "year"),
        ("en el siglo XVIII", "es", "1700-01-01", "1799-12-31", "year"),
        ("ayer", "es", "2026-03-04", "2026-03-04", "day"),
        ("anteayer", "es", "2026-03-03", "2026-03-03", "day"),
        ("el lunes", "es", "2026-03-02", "2026-03-02", "day"),
        ("el pasado martes", "es", "2026-03-03", "2026-03-03", "day"),
        ("la semana pasada", "es", "2026-02-23", "2026-03-01", "week"),
        ("en enero", "es", "2026-01-01", "2026-01-31", "month"),
        ("hace dos años", "es", "2024-01-01", "2024-12-31", "year"),
        ("el 3 de febrero de 2026", "es", "2026-02-03", "2026-02-03", "day"),
        ("el pasado 31 de diciembre", "es", "2025-12-31", "2025-12-31", "day"),
    ],
)
def test_words_for_a_time_are_resolved_no_more_exactly_than_they_say(
    words: str, language: str, first: str, last: str, granularity: str
) -> None:
    text = f"It rained {words}." if language == "en" else f"Llovió {words}."
    times = read(text, language=language, published=THURSDAY).times
    assert [(str(t.days.start), str(t.days.end), t.days.granularity) for t in times] == [
        (first, last, granularity)
    ]


def test_a_weekday_is_the_next_one_where_the_sentence_looks_ahead() -> None:
    english = read("The council will meet on Monday.", language="en", published=THURSDAY).times[0]
    spanish = read("El consejo se reunirá el lunes.", language="es", published=THURSDAY).times[0]
    assert str(english.days.start) == str(spanish.days.start) == "2026-03-09"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("a year ago", "2024-10-01", "2024-12-31"),
        ("in the year-earlier period", "2024-10-01", "2024-12-31"),
        ("in the same quarter last year", "2024-10-01", "2024-12-31"),
        ("in the latest quarter", "2025-10-01", "2025-12-31"),
        ("in the 2023 quarter", "2023-10-01", "2023-12-31"),
        ("in the 2023 second quarter", "2023-04-01", "2023-06-30"),
    ],
)
def test_a_report_of_a_quarter_counts_from_that_quarter(words: str, first: str, last: str) -> None:
    text = f"Profit rose in the fourth quarter. Sales were 20 million {words}."
    found = read(text, language="en", published=THURSDAY).times[-1].days
    assert (str(found.start), str(found.end), found.granularity) == (first, last, "quarter")


@pytest.mark.parametrize(
    "text",
    [
        "He scored in the fourth quarter. He was hurt a year ago.",
        "The second quarterback was hurt a year ago, and sales rose 3 percent.",
    ],
)
def test_a_quarter_of_a_game_is_no_quarter_of_a_year_ago(text: str) -> None:
    found = read(text, language="en", published=THURSDAY).times[-1].days
    assert (str(found.start), found.granularity) == ("2025-01-01", "year")


@pytest.mark.parametrize(
    "text", ["In March the firm fell. The following day it rose.", "The following week it rose."]
)
def test_what_follows_something_less_exact_is_vague(text: str) -> None:
    assert read(text, language="en", published=THURSDAY).times[-1].days.granularity == "vague"


def test_without_a_day_of_publication_a_quarter_of_a_year_is_known_and_the_period_is_nothing() -> None:
    (found,) = read("The period was dry. Sales fell in the 1988 second quarter.", language="en").times
    assert (str(found.days.start), str(found.days.end)) == ("1988-04-01", "1988-06-30")


def test_the_following_month_is_counted_from_what_was_told_before() -> None:
    text = "The mill closed in May 2024. The following month, the council bought it."
    found = read(text, language="en", published=THURSDAY).times[-1].days
    assert (str(found.start), str(found.end)) == ("2024-06-01", "2024-06-30")


def test_a_month_that_opens_its_sentence_is_told_apart_by_the_verb_after_the_comma() -> None:
    past = read("In August, the council opened the mill.", language="en", published=THURSDAY).times[0]
    assert str(past.days.start) == "2025-08-01"


@pytest.mark.parametrize(
    ("text", "language"), [("It rained recently.", "en"), ("Llovió recientemente.", "es")]
)
def test_what_is_vague_has_neither_day(text: str, language: str) -> None:
    days = read(text, language=language, published=THURSDAY).times[0].days
    assert (days.start, days.end, days.granularity) == (None, None, "vague")


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    times = read("It rained yesterday and on March 1, 2026.", language="en").times
    assert [t.days.start for t in times] == [None, date(2026, 3, 1)]


def test_a_day_that_is_none_is_not_made_up() -> None:
    assert read("It rained on February 30, 2026.", language="en", published=THURSDAY).times == ()


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_trouble(published: date) -> None:
    text = "It rained yesterday, last week, two years ago, next Monday, next year, last quarter and ninety decades ago."
    assert read(text, language="en", published=published).published == published


def said_on(text: str, language: str) -> str | None:
    days = read(text, language=language, published=THURSDAY).statements[0].said_on
    return str(days.start) if days else None


def test_a_statement_was_made_on_the_day_beside_its_cue() -> None:
    assert said_on("Olmedo said on Monday that the water would last.", "en") == "2026-03-02"
    assert said_on("“El agua alcanzará”, dijo ayer Teresa Olmedo.", "es") == "2026-03-04"


def test_a_day_within_the_words_is_not_when_they_were_said() -> None:
    assert said_on("Olmedo said that it rained on Monday.", "en") is None


def test_a_day_to_come_is_not_when_something_was_said() -> None:
    assert (
        said_on("Olmedo said, ahead of a vote scheduled for Monday, that the water would last.", "en") is None
    )


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Esteban Quiroga aseguró el lunes que no habrá cortes el viernes.", "es", "2026-03-02"),
        ("No habrá cortes, aseguró el lunes Esteban Quiroga.", "es", "2026-03-02"),
        ("El alcalde desmintió ayer al ministro y aseguró el lunes que no habrá cortes.", "es", "2026-03-02"),
        ("Esteban Quiroga said Monday there will be no cuts on Friday.", "en", "2026-03-02"),
        ("Esteban Quiroga said late on Monday there will be no cuts.", "en", "2026-03-02"),
        ("Barrera anunció este martes que habrá cortes de agua a partir del lunes.", "es", "2026-03-03"),
    ],
)
def test_what_was_said_of_days_to_come_was_said_on_the_day_past(text: str, language: str, day: str) -> None:
    assert said_on(text, language) == day


def test_the_day_beside_one_cue_is_not_the_day_of_another() -> None:
    text = "“No cuts,” Quiroga said yesterday, hours after Barrera announced that taps would run dry."
    first, second = read(text, language="en", published=THURSDAY).statements
    assert str(first.said_on.start if first.said_on else None) == "2026-03-04"
    assert second.said_on is None


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("The ferry will sail again in June.", "en", "2026-06-01"),
        ("Night ferry back in June", "en", "2026-06-01"),
        ("Storm of January", "en", "2026-01-01"),
        ("First crossing planned for September, ambassador says", "en", "2026-09-01"),
        ("No rain is expected until May.", "en", "2026-05-01"),
        ("Olmedo said the union would meet again on Friday.", "en", "2026-03-06"),
        ("The line was closed in June.", "en", "2025-06-01"),
        ("El barco no estará listo en junio; en septiembre, con suerte.", "es", "2026-09-01"),
        ("Marsh había asegurado que el ferri volvería en junio.", "es", "2026-06-01"),
        ("Si el viernes no hay acuerdo, habrá huelga.", "es", "2026-03-06"),
        ("El ferri se cerró en junio.", "es", "2025-06-01"),
    ],
)
def test_tense_tells_the_side_and_without_tense_the_nearer_month_is_meant(
    text: str, language: str, first: str
) -> None:
    assert (
        str(read(text, language=language, published=THURSDAY).times[-1 if ";" in text else 0].days.start)
        == first
    )
