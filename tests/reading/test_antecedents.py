"""Whom pronouns, offices and subjects left out mean: candidates, what is told of each, and who is likeliest."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from training.speakers import as_found, people, texts

from careo.reading import read
from careo.reading.antecedents import Antecedents, Case, Kind, Spoken
from careo.reading.engine import Attribution
from careo.reading.introductions import introduced
from careo.reading.learnt import learnt
from careo.reading.naming import Found, Naming
from careo.reading.people import cast_of
from careo.reading.positions import Positions
from careo.reading.ranking import SUREST, chances, likeliest
from careo.reading.references import reference
from careo.reading.speakers import Ladder, speakers
from careo.reading.surface import surface
from careo.reading.types import Language, Span


def case_of(text: str, language: Language, source: str, cue: str) -> Case:
    """The case of a source in a text in which nobody spoke before."""
    cut = surface(text, language)
    cast = cast_of(cut)
    start = text.rindex(source) if source else 0
    span = Span(start, start + len(source)) if source else None
    at = text.rindex(cue)
    attribution = Attribution(
        (span,) if span else (), (Span(at, at + len(cue)),), (Span(at + len(cue), text.index(".", at)),), 1.0
    )
    pointed = reference(source.lower().split(), language) if source else None
    return Antecedents(Naming(cut, cast, Positions(cut))).case(attribution, span, pointed, Spoken())


def names(case: Case) -> list[str | None]:
    return [one.found.speaker.name if one.found else None for one in case.candidates]


def test_nobody_is_always_a_candidate_and_chances_sum_to_one() -> None:
    case = case_of("Llovía en la capital. Dijo que bastaba.", "es", "", "Dijo")
    assert names(case) == [None]
    assert list(chances(case, learnt("antecedents")[case.kind])) == [1.0]
    two = case_of("Rosa Ibarra saludó a Teresa Olmedo. Dijo que bastaba.", "es", "", "Dijo")
    assert sorted(map(str, names(two))) == ["None", "Rosa Ibarra", "Teresa Olmedo"]
    assert sum(chances(two, learnt("antecedents")[two.kind])) == pytest.approx(1)


def test_a_woman_is_no_candidate_for_he_nor_a_senator_for_the_mayor() -> None:
    assert names(case_of("Rosa Ibarra met Carlos Barrera. He said no.", "en", "He", "said")) == [
        None,
        "Carlos Barrera",
    ]
    text = "La senadora Rosa Ibarra llegó con la alcaldesa Teresa Olmedo. La alcaldesa dijo que no."
    assert names(case_of(text, "es", "La alcaldesa", "dijo")) == [None, "Teresa Olmedo"]


def test_what_is_told_of_a_candidate_says_where_and_how_the_text_names_him() -> None:
    text = "Rosa Ibarra saludó a Teresa Olmedo. Dijo que bastaba."
    case = case_of(text, "es", "", "Dijo")
    told = {one.found.speaker.name: one.features for one in case.candidates if one.found}
    assert {"named 1", "subject 1", "first 1"} <= told["Rosa Ibarra"].keys()
    assert "governed 1" in told["Teresa Olmedo"]
    assert "governed 1" not in told["Rosa Ibarra"]


def test_a_name_that_comes_only_afterwards_is_a_candidate_too() -> None:
    text = "“Llegamos tarde”, dijo. Rosa Ibarra dirige el puerto desde 2012."
    assert "Rosa Ibarra" in names(case_of(text, "es", "", "dijo"))


def test_whoever_is_named_only_in_the_words_said_did_not_say_them() -> None:
    text = "It rained. She said Teresa Olmedo had lied. Olmedo left."
    assert names(case_of(text, "en", "She", "said")) == [None]


def test_a_state_tells_who_is_in_it_and_a_compound_tense_does_not() -> None:
    both = "Julián Barrera habló con Teresa Olmedo. "
    state = case_of(both + "Se mostró convencida de que sí.", "es", "", "Se mostró convencida")
    assert names(state) == [None, "Teresa Olmedo"]
    tense = case_of(both + "Ha asegurado que sí.", "es", "", "Ha asegurado")
    assert sorted(map(str, names(tense))) == ["Julián Barrera", "None", "Teresa Olmedo"]


def test_of_what_is_said_impersonally_nobody_is_the_subject() -> None:
    reading = read("El Banco Central dijo que no habrá crédito. Se espera que la tasa suba.", language="es")
    assert reading.statements[-1].speaker is None


def test_who_is_pointed_to_is_never_as_sure_as_who_is_named() -> None:
    case = case_of("Rosa Ibarra habló ayer. Dijo que bastaba.", "es", "", "Dijo")
    found = likeliest(case)
    assert found is not None
    assert (found.speaker.name, found.person) == ("Rosa Ibarra", 0)
    assert 0.5 < found.speaker.score <= SUREST


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_weights_that_ship_know_the_features_of_every_kind_of_source(kind: Kind) -> None:
    assert {"nobody", "person", "paragraphs 0", "often", "share of all"} <= learnt("antecedents")[kind].keys()


def test_training_is_told_the_right_candidate_of_each_case() -> None:
    asked: list[Case] = []

    def choose(case: Case) -> Found | None:
        asked.append(case)
        return case.candidates[-1].found

    cut = surface("Rosa Ibarra habló ayer. Dijo que bastaba.", "es")
    attribution = Attribution((), (Span(24, 28),), (Span(29, 40),), 1.0)
    told = Ladder(cut, cast_of(cut), choose).speaker(attribution)
    assert told.found is not None
    assert told.found.speaker.name == "Rosa Ibarra"
    assert [case.kind for case in asked] == ["dropped"]


def test_on_texts_that_training_never_sees_most_speakers_are_named_right() -> None:
    right, count = Counter[str](), Counter[str]()
    for marked, language in texts(kept_back=True):
        gold = sorted(marked.attributions, key=lambda one: one.content[0])
        found = [as_found(one) for one in gold]
        cut = surface(marked.text, language)
        cast = introduced(cut, cast_of(cut, [span for one in found for span in one.source]), found)
        for one, told in zip(gold, speakers(cut, found, cast), strict=True):
            if one.speaker is not None:
                count[one.mention] += 1
                name = told.found.speaker.name if told.found else ""
                right[one.mention] += people(name) == people(one.speaker)
    assert right["surname"] / count["surname"] > 0.9
    assert right["pronoun"] / count["pronoun"] > 0.75
    assert right["dropped"] / count["dropped"] > 0.7
