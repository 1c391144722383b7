"""Who said what by the rules: the forms in which news text attributes, in English and Spanish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import pytest

import careo.reading
from careo.reading import Reading, Statement
from careo.reading.rules import RULES

read = partial(careo.reading.read, engine=RULES)
THURSDAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Told:
    """A statement in the text's own words, easy to compare."""

    source: str
    cue: str
    content: str


def told(reading: Reading, statement: Statement) -> Told:
    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(reading.text[begin:end] for begin, end in spans)

    return Told(words(statement.source), words(statement.cue), words(statement.content))


def all_told(text: str, language: str) -> list[Told]:
    reading = read(text, language=language, published=THURSDAY)
    return [told(reading, statement) for statement in reading.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Teresa Olmedo said that the water would last.", Told("Teresa Olmedo", "said", "that the water would last")),
        ("Olmedo said the water would last.", Told("Olmedo", "said", "the water would last")),
        ("The water will last, Olmedo said on Monday.", Told("Olmedo", "said", "The water will last")),
        ("The water will last, said Olmedo.", Told("Olmedo", "said", "The water will last")),
        ("“The water will last,” she told reporters.", Told("she", "told", "“The water will last,”")),
        (
            "“The water,” said Rosa Ibarra, “will not last.”",
            Told("Rosa Ibarra", "said", "“The water,” | “will not last.”"),
        ),
        ("“It will last,” he said. “I know it.”", Told("he", "said", "“It will last,” | “I know it.”")),
        ("According to the ministry, the water will last.", Told("the ministry", "According to", "the water will last")),
        ("The water will last, according to the ministry.", Told("the ministry", "according to", "The water will last")),
        (
            "Rosa Ibarra, leader of the dockers’ union, warned that the port would close.",
            Told("Rosa Ibarra, leader of the dockers’ union", "warned", "that the port would close"),
        ),
        (
            "The port, Ibarra said, would close within days.",
            Told("Ibarra", "said", "The port | would close within days"),
        ),
        ("“Will it last?” Marsh asked.", Told("Marsh", "asked", "“Will it last?”")),
        ("''It will last,'' Olmedo said.", Told("Olmedo", "said", "''It will last,''")),
    ],
)  # fmt: skip
def test_an_english_attribution_is_found_in_each_of_its_forms(text: str, expected: Told) -> None:
    assert all_told(text, "en") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Teresa Olmedo aseguró que el agua alcanzará.", Told("Teresa Olmedo", "aseguró", "que el agua alcanzará")),
        ("«El agua alcanzará», dijo la ministra.", Told("la ministra", "dijo", "«El agua alcanzará»")),
        ("El agua alcanzará, según el ministro Barrera.", Told("el ministro Barrera", "según", "El agua alcanzará")),
        ("«No habrá cortes», dijo el lunes Teresa Olmedo.", Told("Teresa Olmedo", "dijo", "«No habrá cortes»")),
        ("Según Rosa Ibarra, el puerto cerrará.", Told("Rosa Ibarra", "Según", "el puerto cerrará")),
        (
            "De acuerdo con el ministerio, el agua alcanzará.",
            Told("el ministerio", "De acuerdo con", "el agua alcanzará"),
        ),
        ("El puerto cerrará, advirtió Rosa Ibarra.", Told("Rosa Ibarra", "advirtió", "El puerto cerrará")),
        (
            "“El agua —dijo Barrera— alcanzará para todos”.",
            Told("Barrera", "dijo", "“El agua | alcanzará para todos”"),
        ),
        ("El alcalde insistió en que no habrá cortes.", Told("El alcalde", "insistió", "en que no habrá cortes")),
    ],
)  # fmt: skip
def test_a_spanish_attribution_is_found_in_each_of_its_forms(text: str, expected: Told) -> None:
    found = all_told(text, "es")
    assert len(found) == 1
    assert found[0].source == expected.source
    assert found[0].cue == expected.cue
    assert found[0].content in (expected.content, expected.content.removeprefix("en "))


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("“The water will last until June,” Olmedo said.", "en", "direct"),
        ("Olmedo said the water would last until June.", "en", "indirect"),
        ("Olmedo said the water would be “more than enough for all of us.”", "en", "mixed"),
        ("«No habrá cortes de agua», dijo Olmedo.", "es", "direct"),
        ("Olmedo dijo que no habrá cortes de agua.", "es", "indirect"),
        ("Olmedo dijo que el agua es «más que suficiente».", "es", "mixed"),
    ],
)
def test_a_statement_is_direct_indirect_or_mixed_by_its_quotation_marks(
    text: str, language: str, kind: str
) -> None:
    assert [statement.kind for statement in read(text, language=language).statements] == [kind]


def test_several_cues_of_one_source_are_statements_of_their_own() -> None:
    text = "Helen Marsh said the talks had failed and warned that Norland would not wait."
    assert all_told(text, "en") == [
        Told("Helen Marsh", "said", "the talks had failed"),
        Told("Helen Marsh", "warned", "that Norland would not wait"),
    ]


def test_a_quotation_over_several_paragraphs_is_one_statement() -> None:
    text = (
        "“The port will close,” Ibarra said. “We have waited.\n\n“We have waited for a year.”\n\nIt rained."
    )
    statements = read(text, language="en").statements
    assert len(statements) == 1
    assert (
        text[statements[0].content[-1].start : statements[0].content[-1].end]
        == "“We have waited for a year.”"
    )


def test_a_paragraph_that_is_only_a_quotation_belongs_to_whoever_spoke_last_and_is_less_sure() -> None:
    text = "“The port will close,” Rosa Ibarra said.\n\n“We have waited for a year.”"
    first, second = read(text, language="en").statements
    assert second.speaker is not None
    assert second.speaker.name == "Rosa Ibarra"
    assert second.cue == ()
    assert second.score < first.score


def test_what_a_source_reports_of_others_is_not_told_as_theirs() -> None:
    text = "Olmedo said that Barrera had promised that the water would last."
    assert [one.source for one in all_told(text, "en")] == ["Olmedo"]


@pytest.mark.parametrize("noun", ["states", "comments", "reports", "claims"])
def test_a_noun_that_looks_like_a_verb_of_saying_is_none(noun: str) -> None:
    assert all_told(f"The {noun} of the north were counted twice in the spring.", "en") == []


def test_whom_it_was_said_to_is_kept() -> None:
    english = read("Teresa Olmedo told Harbour Wire that the water would last.", language="en").statements[0]
    spanish = read(
        "Teresa Olmedo aseguró a los periodistas que el agua alcanzará.", language="es"
    ).statements[0]
    assert (english.addressee, spanish.addressee) == ("Harbour Wire", "los periodistas")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "PUERTO ALBA (Harbour Wire) - Meridia will cut off water from Monday, Water Minister Julián Barrera said.",
            "en",
            Told("Water Minister Julián Barrera", "said", "Meridia will cut off water from Monday"),
        ),
        (
            "The night ferry will return, the two governments announced today.",
            "en",
            Told("the two governments", "announced", "The night ferry will return"),
        ),
        (
            "La Autoridad Portuaria, en cambio, reiteró que el puerto debe abrirse.",
            "es",
            Told("La Autoridad Portuaria", "reiteró", "que el puerto debe abrirse"),
        ),
        (
            "Rosa Ibarra, however, warned that the strike would go on; the port stayed shut.",
            "en",
            Told("Rosa Ibarra", "warned", "that the strike would go on"),
        ),
        (
            "The mayor of Puerto Alba has contradicted the minister, saying that there will be no cuts.",
            "en",
            Told("The mayor of Puerto Alba", "saying", "that there will be no cuts"),
        ),
    ],
)
def test_what_belongs_to_neither_source_nor_words_is_left_out(
    text: str, language: str, expected: Told
) -> None:
    assert all_told(text, language) == [expected]


def test_a_quotation_after_prose_about_somebody_else_is_not_joined_to_the_one_before() -> None:
    text = "“The port will close,” Rosa Ibarra said. Teresa Olmedo shook her head at the news. “It will all stay open.”"
    statements = read(text, language="en").statements
    assert [text[begin:end] for begin, end in statements[0].content] == ["“The port will close,”"]
