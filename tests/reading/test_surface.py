"""Where sentences, words and quotations begin and end."""

from __future__ import annotations

import pytest

from careo.reading.paragraphs import paragraphs
from careo.reading.quotations import quotations
from careo.reading.sentences import sentences
from careo.reading.tokens import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gov. Marsh spoke. It rained.", ["Gov. Marsh spoke.", "It rained."]),
        ("J. Olmedo spoke. It rained.", ["J. Olmedo spoke.", "It rained."]),
        ("The U.S. Secretary spoke.", ["The U.S. Secretary spoke."]),
        ("“Why?” she asked. He left.", ["“Why?” she asked.", "He left."]),
        ("El Sr. Quiroga habló. ¿Y después? Nada.", ["El Sr. Quiroga habló.", "¿Y después?", "Nada."]),
        ("It cost 3.5 million. Nobody paid.", ["It cost 3.5 million.", "Nobody paid."]),
        ("A headline without a stop\n\nThen text.", ["A headline without a stop", "Then text."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and left.", ["“yes”"]),
        ('He said "yes" and left.', ['"yes"']),
        ("Dijo «sí» y se fue.", ["«sí»"]),
        ("He said ''yes'' and left.", ["''yes''"]),
        ("He said ‘yes’ and left.", ["‘yes’"]),
        ("The workers’ pay and O’Malley’s", []),
        ("“She said ‘no’ to me.”", ["“She said ‘no’ to me.”"]),
        ("“Open to the end", ["“Open to the end"]),
    ],
)
def test_quotations_are_outermost_and_hold_their_marks(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotations(text)] == expected


def test_a_quotation_opened_again_at_the_next_paragraph_continues() -> None:
    assert [one.continues for one in quotations("“One.\n\n“Two.\n\n“Three.” And “four.”")] == [
        False,
        True,
        True,
        False,
    ]


def test_lines_of_even_width_are_one_paragraph() -> None:
    text = "The water will last until the end of June, the\nminister said, and nobody in the capital will go\nwithout it."
    assert len(paragraphs(text)) == 1
    assert len(sentences(text)) == 1


def test_initials_numbers_and_genitives_are_words() -> None:
    assert [w.text for w in words("Marsh’s U.S. aides didn't pay $1,200.50.")] == [
        "Marsh", "’s", "U.S.", "aides", "didn't", "pay", "$", "1,200.50", ".",
    ]  # fmt: skip


def test_no_is_an_answer_before_a_word_and_an_abbreviation_before_a_number() -> None:
    text = "Olmedo dijo que no. Un portavoz calló. It was No. 7 on the list. She fell ill. He sat. They left."
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "Olmedo dijo que no.",
        "Un portavoz calló.",
        "It was No. 7 on the list.",
        "She fell ill.",
        "He sat.",
        "They left.",
    ]
