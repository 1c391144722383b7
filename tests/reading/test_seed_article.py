"""A real story compiled from four outlets: who said what, as a careful reader lists it. It stays outside the project."""

from __future__ import annotations

from datetime import date

import pytest

from careo.reading import Reading, Statement, read
from tests.reading.datasets import dataset

# The first words of what was said, who said it in full, the office stated, and the day it was said on where one is told.
A_CAREFUL_READERS_LIST = [
    ("There will be no mass deportations", "John Kelly", "Homeland Security Secretary", "2017-02-23"),
    ("the federal government expressed its", "Miguel Ángel Osorio Chong", "Interior Secretary", None),
    ("that while there are differences", "Luis Videgaray", "Foreign Affairs Secretary", None),
    ("a long road ahead", "Luis Videgaray", "Foreign Affairs Secretary", None),
    ("they took a step", "Luis Videgaray", "Foreign Affairs Secretary", None),
    ("Tillerson and Kelly were advised", "Luis Videgaray", "Foreign Affairs Secretary", None),
    ("the need to strengthen efforts", "Rex Tillerson", "U.S. Secretary of State", None),
    ("the importance of attending", "Rex Tillerson and Luis Videgaray", None, None),
    ("energy, security and education", "Rex Tillerson", "U.S. Secretary of State", None),
    ("it as a unilateral action", "Luis Videgaray", "Foreign Affairs Secretary", "2017-02-22"),
    ("undocumented immigrants would be", "John Kelly", "Homeland Security Secretary", "2017-02-22"),
    ("that Mexico would not hesitate", "Luis Videgaray", "Foreign Affairs Secretary", "2017-02-22"),
    ("that deportations will be conducted", "John Kelly", "Homeland Security Secretary", "2017-02-23"),
    ("“The focus will be on people", "John Kelly", "Homeland Security Secretary", None),
    ("“We have to ensure that", "John Kelly", "Homeland Security Secretary", None),
    ("there would be no military", "John Kelly", "Homeland Security Secretary", None),
    ("that “all of the sudden", "Donald Trump", "U.S. President", None),
    ("Kelly has been “unbelievable", "Donald Trump", "U.S. President", None),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(dataset("seed-article.txt").read_text(encoding="utf-8"), published=date(2017, 2, 23))


def _beginning(reading: Reading, words: str) -> Statement | None:
    """The statement of which these words begin a stretch: “A,” he said. “B.” may be one statement in two."""
    return next(
        (
            statement
            for statement in reading.statements
            if any(reading.text.startswith(words, span.start) for span in statement.content)
        ),
        None,
    )


@pytest.mark.parametrize(("words", "name", "office", "day"), A_CAREFUL_READERS_LIST)
def test_each_statement_is_found_with_its_speaker_and_day(
    reading: Reading, words: str, name: str, office: str | None, day: str | None
) -> None:
    statement = _beginning(reading, words)
    assert statement is not None
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.office) == (name, office)
    assert (str(statement.said_on.start) if statement.said_on else None) == day


@pytest.mark.xfail(
    reason="the trained reader finds the memorandum's words but takes “Kelly signed” for a part of them"
)
def test_the_memorandum_speaks_for_nobody(reading: Reading) -> None:
    statement = _beginning(reading, "illegal immigrants would be deported")
    assert statement is not None
    assert statement.speaker is None


def test_the_caption_that_stands_twice_at_the_head_says_nothing(reading: Reading) -> None:
    headline = reading.text.index("No mass deportations")
    assert all(statement.content[0].start >= headline for statement in reading.statements)


def test_everybody_is_listed_once_under_a_full_name(reading: Reading) -> None:
    assert {person.name for person in reading.people} == {
        "John Kelly", "Rex Tillerson", "Luis Videgaray", "Miguel Ángel Osorio Chong", "José Antonio Meade", "Donald Trump",
    }  # fmt: skip
