"""What holds for every text: exact spans, the same answer twice, no crash and no quadratic time on hostile input."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.reading import Reading, read
from careo.reading.rules import RULES
from careo.reading.sentences import sentences
from careo.reading.surface import surface
from careo.reading.tokens import words
from careo.reading.trained import trained
from careo.reading.types import Span
from careo.reading.windows import Windows
from careo.reading.wire import reading_json

_PIECES = st.sampled_from(
    [
        "Olmedo", "Rosa Ibarra", "she", "él", "said", "dijo", "que", "that", "according to", "según", "“",
        "”", '"', "«", "»", "'", "’", "—", "-", ",", ".", "?", ":", ";",
        "\n", "\n\n", " ", " ", " ", "Gov.", "U.S.", "EE.UU.", "yesterday", "el lunes",
        "5 de marzo de 2026", "2026-03-05", "\u200b", "\u202e", "\x00", "\ud800", "é", "😀", "(", ")",
        "the minister", "la ministra", "''", "…", "siglo Xİ", "the ſeventies", "firſt quarter", "ſept. 5", "\ufdfa",
        "the latest quarter", "the following month", "ambos", "both", "quien", "se espera", "convencida",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(_PIECES, max_size=60).map("".join),
    st.lists(_PIECES, max_size=60).map(" ".join),
    st.text(max_size=200),
)


def _spans(reading: Reading) -> Iterator[Span]:
    yield from reading.sentences
    for statement in reading.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
        if statement.said_on_span:
            yield statement.said_on_span
    for person in reading.people:
        yield from person.mentions
    yield from (time.span for time in reading.times)


def test_a_word_whose_letters_stand_for_many_is_read() -> None:
    assert read("He said " + 60 * "\ufdfa" + " to them.", language="en").sentences


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "es"]))
def test_every_span_lies_within_the_text_and_holds_something_visible(text: str, language: str) -> None:
    reading = read(text, language=language, published=date(2026, 3, 5))
    assert reading.text == text
    for span in _spans(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert not text[span.start : span.end].isspace()
    assert all(statement.content for statement in reading.statements)
    assert all(0 <= statement.score <= 1 for statement in reading.statements)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "es"]))
def test_the_same_text_gives_the_same_reading_and_json_can_hold_it(text: str, language: str) -> None:
    once, again = (read(text, language=language, published=date(2026, 3, 5)) for _ in range(2))
    assert once == again
    assert json.loads(json.dumps(reading_json(once)))["text"] == text


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_sentences_and_words_follow_one_another_and_leave_out_nothing_but_space(text: str) -> None:
    for cut in (list(sentences(text)), [Span(word.start, word.end) for word in words(text)]):
        ends = [0, *(span.end for span in cut)]
        starts = [*(span.start for span in cut), len(text)]
        for end, start in zip(ends, starts, strict=True):
            assert end <= start
            assert all(
                character.isspace() or character in "\x1c\x1d\x1e\x85" for character in text[end:start]
            )


HOSTILE = {
    "one word without end": "a",
    "cues alone": "said ",
    "that-clauses nested without end": "he said that ",
    "no marks at all": "word ",
    "names alone": "John Kelly ",
    "quotation marks alone": '"',
    "openings never closed": "“a ",
    "full stops alone": ".",
    "commas alone": ", ",
    "dashes that open an attribution": "—dijo ",
    "days alone": "today said ",
    "empty lines": "\n \n",
    "half characters": "\ud800 said he ",
    "invisible marks": "\u200bJohn\u200d said\u202e that \u2066x ",
    "control characters": "\x00\x01 said ",
    "brackets never closed": "(",
    "titles alone": "Mr. ",
    "offices of offices": "minister of ",
    "digits alone": "1",
    "numbers alone": "1999 ",
}


@pytest.mark.parametrize("piece", ['"', "cortes", "that he said ", "\ud800 said he "])
def test_the_trained_reader_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def windows(length: int) -> int:
        cut = surface((piece * length)[:length], "en")
        return sum(1 for _ in Windows(cut, trained().pieces))

    assert windows(80_000) <= 8 * windows(10_000) + 8


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_hostile_line_takes_time_in_proportion_to_its_length(piece: str, language: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        read(text, language=language, published=date(2026, 3, 5), engine=RULES)
        return time.process_time() - start

    seconds(1_000)
    if seconds(40_000) < 0.5:
        return  # a quadratic walk over so many words takes several seconds
    # Eight times the text: linear is 8, quadratic 64. The best of three, for the machine has other work, too.
    short, long = (min(seconds(length) for _ in range(3)) for length in (5_000, 40_000))
    assert long < 30 * short
