"""Whom a source names: full names, offices, pronouns, and None where the text does not say."""

from __future__ import annotations

from functools import partial

import pytest

import careo.reading
from careo.reading.rules import RULES

# The rules find the same sources whatever the weights are: here names alone are looked at.
read = partial(careo.reading.read, engine=RULES)


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "“Esto se arregla hablando”, dijo Teresa Olmedo.\n\nRosa Ibarra, la dirigente de los estibadores, "
            "celebró sus palabras. “Es la primera vez que nos hablan como a adultos”, dijo.",
            "es",
        ),
        (
            "“This is settled by talking,” Teresa Olmedo said.\n\nRosa Ibarra, who leads the dockers, welcomed "
            "the words. “It is the first time that we are spoken to as adults,” she said.",
            "en",
        ),
    ],
)
def test_whoever_the_sentence_before_is_about_speaks_next(text: str, language: str) -> None:
    assert [found[0] if found else None for found in speakers(text, language)] == [
        "Teresa Olmedo",
        "Rosa Ibarra",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Teresa Olmedo dijo que no. Un portavoz del ministerio negó esa versión. “Ha dicho lo que piensa”, "
            "respondió.",
            "es",
        ),
        ("Teresa Olmedo dijo que no. Un portavoz dijo que sí. “Es lo que hay”, añadió.", "es"),
        ("Teresa Olmedo dijo que no. La Autoridad Portuaria calló. “Es un avance”, añadió.", "es"),
        (
            "Julián Barrera said the water would last. A ministry spokesman denied it. “It will not,” he said.",
            "en",
        ),
    ],
)
def test_somebody_without_a_name_between_keeps_the_last_speaker_from_speaking_on(
    text: str, language: str
) -> None:
    assert speakers(text, language)[-1] is None


def test_whoever_acts_after_the_verb_of_the_sentence_before_speaks_next() -> None:
    text = "Teresa Olmedo dijo que no. Celebró sus palabras Rosa Ibarra. “Es un avance”, añadió."
    assert speakers(text, "es")[-1] == ("Rosa Ibarra", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Se reunió con Ondrej Halvorsky. Halvorsky dijo que no habrá cortes.", "Ondrej Halvorsky"),
        ("Abundio Cetina Kuk dijo que sí. Cetina advirtió que el plazo vence.", "Abundio Cetina Kuk"),
        ("Ganó Rigoberto “Tigre” Nuño, de 31 años. Nuño dijo que fue difícil.", "Rigoberto “Tigre” Nuño"),
        ("Dulce María Echegollen dijo que no.", "Dulce María Echegollen"),
        ("Según Baltasar Nieto, una torre no basta. El ingeniero dijo que faltan líneas.", "Baltasar Nieto"),
        ("Habló Refugio Zaragoza-Pell, de 74 años. Zaragoza dijo que volverá.", "Refugio Zaragoza-Pell"),
    ],
)
def test_a_rare_name_is_known_by_what_stands_beside_it(text: str, name: str) -> None:
    found = speakers(text, "es")[-1]
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La senadora Lidia Coral llegó tarde. La legisladora dijo que hubo tráfico.", "Lidia Coral"),
        ("Habló Rosa Ibarra, quien dijo que el puerto cerrará.", "Rosa Ibarra"),
        ("Rosa Ibarra se reunió con Julián Barrera. Este último dijo que no.", "Julián Barrera"),
        ("El más molesto era Julián Barrera. Dijo que acudirá al consejo.", "Julián Barrera"),
    ],
)
def test_a_calling_a_relative_and_a_demonstrative_point_to_whoever_was_named(text: str, name: str) -> None:
    found = speakers(text, "es")[-1]
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "La senadora Lidia Coral llegó tarde. El legislador dijo que hubo tráfico.",
        "La senadora Lidia Coral llegó tarde. La alcaldesa dijo que hubo tráfico.",
        "La senadora Lidia Coral llegó tarde. Se espera que haya tráfico.",
        "La senadora Lidia Coral llegó tarde. Sus asesores dijeron que hubo tráfico.",
    ],
)
def test_a_calling_that_does_not_fit_names_nobody(text: str) -> None:
    assert [found for found in speakers(text, "es") if found] == []


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (
            "El Frente Popular de Karvania (FPK) aceptó. El FPK dijo que irá.",
            "es",
            "Frente Popular de Karvania",
        ),
        ("Habló la Federación de Mineros. La Federación dijo que no irá.", "es", "Federación de Mineros"),
        (
            "La Comisión Estatal de Aguas calló. Luego la comisión dijo que sí.",
            "es",
            "Comisión Estatal de Aguas",
        ),
        ("La consultora Vatio dijo que no basta.", "es", "Vatio"),
        (
            "The Central Bank of Valdoria met. The bank said rates would stay.",
            "en",
            "Central Bank of Valdoria",
        ),
    ],
)
def test_an_institution_speaks_under_the_fullest_name_the_text_gives_it(
    text: str, language: str, name: str
) -> None:
    found = speakers(text, language)[-1]
    assert found is not None
    assert found[0] == name


def test_a_minister_is_not_the_minister() -> None:
    text = "Water Minister Julián Barrera flew home. A minister said the water would last."
    assert speakers(text, "en") == [None]


def test_what_a_person_did_is_not_an_office() -> None:
    text = (
        "El alcalde de Puerto Alba, Esteban Quiroga, desmintió este martes al ministro de Agua y aseguró que no "
        "habrá cortes. El alcalde sostuvo que nadie lo llamó."
    )
    assert speakers(text, "es") == [("Esteban Quiroga", "alcalde de Puerto Alba")] * 2
    source = read(text, language="es").statements[0].source[0]
    assert text[source.start : source.end] == "El alcalde de Puerto Alba, Esteban Quiroga"


@pytest.mark.parametrize(
    ("text", "language", "office"),
    [
        (
            "El presidente de la Cámara de Comercio, Gonzalo Ureña, dijo que cuesta demasiado.",
            "es",
            "presidente de la Cámara de Comercio",
        ),
        (
            "“We will not go back,” said Rosa Ibarra, general secretary of the Dockers’ Union.",
            "en",
            "general secretary of the Dockers’ Union",
        ),
    ],
)
def test_an_office_goes_on_to_the_end_of_the_body_it_is_held_in(
    text: str, language: str, office: str
) -> None:
    reading = read(text, language=language)
    assert len(reading.people) == 1
    assert reading.people[0].office == office


def test_in_a_headline_whoever_contradicts_speaks_after_the_colon() -> None:
    text = "Quiroga desmiente al ministro: “No habrá cortes en la capital”\n\nEl alcalde Esteban Quiroga se enfadó."
    assert speakers(text, "es") == [("Esteban Quiroga", "alcalde")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "La ministra del Interior, Teresa Olmedo, no descartó enviar a la policía al puerto, según dos personas "
            "que asistieron a la reunión.",
            "dos personas",
        ),
        ("Olmedo habló de “todas las herramientas de la ley”, según dos asistentes.", "dos asistentes"),
        (
            "El ferri nocturno a Norlandia no volverá a navegar antes de septiembre, según los astilleros de Puerto "
            "Alba, que contradicen la fecha anunciada este viernes.",
            "los astilleros de Puerto Alba",
        ),
    ],
)
def test_whoever_tells_of_another_is_the_source_and_not_the_other(text: str, source: str) -> None:
    found = read(text, language="es").statements
    assert len(found) == 1
    assert [text[begin:end] for begin, end in found[0].source] == [source]
    assert found[0].speaker is None


def test_a_shared_surname_goes_on_meaning_whom_the_text_is_about() -> None:
    text = (
        "Union leader Rosa Ibarra said the port would close. Ibarra said it would be soon. Her brother Carlos Ibarra "
        "listened. “We have waited,” Ibarra said."
    )
    assert [found[0] if found else None for found in speakers(text, "en")] == ["Rosa Ibarra"] * 3


def test_a_surname_that_fits_two_alike_names_nobody() -> None:
    text = "Rosa Ibarra met her brother Carlos Ibarra. “We have waited,” Ibarra said."
    assert speakers(text, "en") == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Eneida Bracamonte estaba pelando yuca. Eneida dijo que no.", "Eneida Bracamonte"),
        ("La atendió doña Petra. Petra dijo que no.", "Petra"),
        ("El muchacho se llama Wilmar. Wilmar dijo que no.", "Wilmar"),
        ("La condenó a Lizandra Huarcaya. Huarcaya dijo que no.", "Lizandra Huarcaya"),
        ("FURIOSO Fermín Arce llegó tarde. Arce dijo que no.", "Fermín Arce"),
    ],
)
def test_people_are_known_by_what_they_do_and_what_they_are_called(text: str, name: str) -> None:
    assert speakers(text, "es")[-1] == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        "Las obras de Puerto Escondido siguen. Dijo que no.",
        "El Atlético Cañaduzal ganó. Dijo que no.",
        "Habló la consejera de Obras Públicas. Dijo que no.",
    ],
)
def test_places_clubs_and_departments_are_nobody(text: str) -> None:
    assert read(text, language="es").people == ()


def test_the_last_word_of_a_text_calls_nobody_at_its_beginning() -> None:
    assert read(", Wilmer llegó tarde. Vino con su primo", language="es").people == ()


def test_both_are_the_two_who_were_named_last() -> None:
    text = "Teresa Olmedo recibió a Julián Barrera. Ambos dijeron que no habrá cortes."
    assert speakers(text, "es") == [("Teresa Olmedo y Julián Barrera", None)]
