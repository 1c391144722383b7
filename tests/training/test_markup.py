"""Our own annotated texts: the form that holds them, and that every one of them keeps it."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.corpora import OWN, held_out, own
from training.markup import MarkupError, parse

from training import markup

HEAD = "outlet: El Faro de Alba\npublished: 2026-03-05\n---\n"
FILES = sorted(OWN.glob("*/*/*.txt"))


def test_the_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(markup).failed == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_every_text_of_ours_keeps_the_form(file: Path) -> None:
    marked = parse(file.read_text(encoding="utf-8"))
    assert marked.text
    assert marked.published.year > 1990


def test_the_second_annotation_is_of_the_very_same_texts() -> None:
    first = {one.name: one.text for one in own("es")}
    second = list(own("es", "second"))
    assert len(second) == 20
    assert all(first[one.name] == one.text for one in second)


def test_one_in_five_texts_is_kept_from_training() -> None:
    documents = list(own("es"))
    assert len(documents) >= 150
    assert 0.15 < sum(map(held_out, documents)) / len(documents) < 0.25


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{1t “No”}, {1c dijo} {1s ella}.\n---\n", "attribution 1 has no line in the table"),
        ("{1c dijo} {1s ella}.\n---\n1 | - | - | pronoun | -", "attribution 1 has no content"),
        ("{1t No.\n---\n", "{1… is never closed"),
        ("No}.\n---\n", "closes nothing"),
        ("{2t No}.\n---\n2 | - | - | dropped | -", "attributions are numbered 1, 2, 3 …; here they are [2]"),
        ("{1t No }\n---\n1 | - | - | dropped | -", "has white space at an end"),
        ("{1t No}\n---\n1 | Rosa Ibarra | - | dropped | -", "the text does not hold the name “Rosa Ibarra”"),
        ("{1t No}\n---\n1 | - | - | dropped | martes", "“martes” is no day"),
        ("{1t No}\n---\n1 | - | - | surname | -", "attribution 1: named “surname”, with source []"),
        ("{1t No}\n---\n1 | - | - | shouted | -", "“shouted” is none of"),
    ],
)
def test_what_breaks_the_form_is_refused_with_what_is_wrong(body: str, sentence: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse(HEAD + body)
    assert sentence in str(refused.value)


@given(
    st.lists(st.sampled_from(["Olmedo ", "dijo ", "“No” ", "el lunes ", "\n"]), min_size=1, max_size=30),
    st.data(),
)
def test_marks_leave_the_text_as_it_was_and_their_spans_hold_their_words(
    words: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = "CONTENIDO "
    marked = "".join(words[:at]) + "{1t CONTENIDO} " + "".join(words[at + 1 :])
    found = parse(f"{HEAD}{marked}\n---\n1 | - | - | dropped | -")
    assert found.text == "".join(words).strip("\n")
    ((begin, end),) = found.attributions[0].content
    assert found.text[begin:end] == "CONTENIDO"
