"""Whom a source names: full names, offices, pronouns, and None where the text does not say."""

from __future__ import annotations

import pytest

from careo.reading import read


def speakers(text: str, language: str) -> list[tuple[str, str | None] | None]:
    found = read(text, language=language).statements
    return [(s.speaker.name, s.speaker.office) if s.speaker else None for s in found]


def test_a_surname_is_joined_to_the_full_name_wherever_in_the_text_it_stands() -> None:
    text = "Olmedo said the water would last. Interior Minister Teresa Olmedo flew to Norland."
    assert speakers(text, "en") == [("Teresa Olmedo", "Interior Minister")]


@pytest.mark.parametrize(
    ("text", "language", "office"),
    [
        ("Interior Minister Teresa Olmedo said the water would last.", "en", "Interior Minister"),
        ("Union leader Rosa Ibarra said the port would close.", "en", "Union leader"),
        ("Helen Marsh, Norland’s ambassador, said the talks had failed.", "en", "Norland’s ambassador"),
        (
            "La ministra del Interior, Teresa Olmedo, dijo que el agua alcanzará.",
            "es",
            "ministra del Interior",
        ),
        (
            "Esteban Quiroga, alcalde de Puerto Alba, dijo que el agua alcanzará.",
            "es",
            "alcalde de Puerto Alba",
        ),
        ("El ministro de Agua Julián Barrera dijo que el agua alcanzará.", "es", "ministro de Agua"),
    ],
)
def test_the_office_is_the_one_the_text_states(text: str, language: str, office: str) -> None:
    found = speakers(text, language)
    assert len(found) == 1
    assert found[0] is not None
    assert found[0][1] == office


def test_an_office_alone_names_its_holder() -> None:
    text = "Interior Minister Teresa Olmedo flew home. The interior minister said the water would last."
    assert speakers(text, "en") == [("Teresa Olmedo", "Interior Minister")]


def test_an_office_whose_holder_the_next_sentence_names_is_that_persons() -> None:
    text = "The water will last, said the country’s Water Minister. Julián Barrera made the promise in Puerto Alba."
    assert speakers(text, "en") == [("Julián Barrera", "Water Minister")]


def test_a_pronoun_means_the_nearest_person_it_fits() -> None:
    text = "Teresa Olmedo met Julián Barrera on Monday. He said the water would last. She said it would not."
    assert [found[0] if found else None for found in speakers(text, "en")] == [
        "Julián Barrera",
        "Teresa Olmedo",
    ]


def test_a_subject_that_spanish_leaves_out_is_who_spoke_last_and_less_sure() -> None:
    text = "Rosa Ibarra dijo que el puerto cerrará. Añadió que nadie la escuchó."
    first, second = read(text, language="es").statements
    assert second.source == ()
    assert first.speaker is not None
    assert second.speaker is not None
    assert second.speaker.name == "Rosa Ibarra"
    assert second.speaker.score < first.speaker.score


def test_two_who_say_one_thing_are_both_named() -> None:
    text = "Teresa Olmedo spoke first. Rosa Ibarra listened. Olmedo and Ibarra said the talks had failed."
    assert speakers(text, "en") == [("Teresa Olmedo and Rosa Ibarra", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Teresa Olmedo left early. His aide said the water would last.",
        "A source said the water would last.",
        "Teresa Olmedo’s aide said the water would last.",
        "A spokesman for Teresa Olmedo said the water would last.",
        "They said the water would last.",
    ],
)
def test_nobody_is_named_where_the_text_does_not_say_who(text: str) -> None:
    assert speakers(text, "en") == [None]


def test_an_institution_speaks_under_its_own_name() -> None:
    assert speakers("The Interior Ministry said the water would last.", "en") == [("Interior Ministry", None)]


def test_people_are_listed_once_with_every_mention_of_their_names() -> None:
    text = "Rosa Ibarra spoke. Then Ibarra left. “Adiós,” Ms. Ibarra said."
    people = read(text, language="en").people
    assert [person.name for person in people] == ["Rosa Ibarra"]
    assert [text[begin:end] for begin, end in people[0].mentions] == ["Rosa Ibarra", "Ibarra", "Ibarra"]
