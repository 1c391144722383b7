"""What several reports tell is put face to face: same, differing, conflicting, following."""

from __future__ import annotations

import doctest
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.reading import existence
from careo.reading.compare import Comparison, Relation, Told, compare
from careo.reading.same_speaker import SameSpeaker, same_speaker
from careo.reading.types import Days, Kind, Span, Speaker, Statement

TUESDAY = date(2026, 3, 3)
WEDNESDAY = date(2026, 3, 4)


def told(
    report: str,
    language: str,
    speaker: str | None,
    content: str,
    *,
    cue: str = "",
    on: date | None = None,
    number: int = 1,
    addressee: str | None = None,
    kind: Kind = "indirect",
) -> Told:
    """A statement whose report holds cue and content alone."""
    said = cue or ("said" if language == "en" else "dijo")
    text = f"{said} {content}"
    statement = Statement(
        source=(),
        cue=(Span(0, len(said)),),
        content=(Span(len(said) + 1, len(text)),),
        kind=kind,
        speaker=Speaker(speaker, None, 0.9) if speaker else None,
        addressee=addressee,
        said_on=Days(on, on, "day") if on else None,
        said_on_span=None,
        score=0.9,
    )
    return Told(f"{report}:{number}", report, report, language, text, TUESDAY, statement)


def the_relation(comparison: Comparison) -> Relation:
    (relation,) = comparison.relations
    return relation


PROMESA = told("faro", "es", "Teresa Olmedo", "que no habrá cortes de agua en la capital")
PROMISE = told("courier", "en", "Olmedo", "there would be no water cuts in the capital")
THREAT = told("wire", "en", "Esteban Quiroga", "there would be water cuts in the capital")
FERRY = told("wire", "en", "Helen Marsh", "the night ferry would sail again in June", number=2)


def test_a_remark_told_in_two_languages_is_one() -> None:
    comparison = compare([PROMESA, PROMISE, FERRY])
    assert comparison.remarks == (("faro:1", "courier:1"), ("wire:2",))
    relation = the_relation(comparison)
    assert (relation.a, relation.b, relation.kind) == ("faro:1", "courier:1", "same")
    assert "speaker: Teresa Olmedo" in relation.why
    assert 0 < relation.score <= 1


def test_the_same_words_of_two_speakers_are_two_remarks() -> None:
    other = told("courier", "en", "Rosa Ibarra", "there would be no water cuts in the capital")
    assert compare([PROMESA, other]).remarks == (("faro:1",), ("courier:1",))


def test_one_quotation_given_to_two_speakers_is_a_difference() -> None:
    words = "“Es la primera vez que alguien del Gobierno nos habla como a adultos”"
    translated = "“It is the first time that anyone in government has spoken to us as adults”"
    one = told("faro", "es", "Teresa Olmedo", words, kind="direct")
    other = told("courier", "en", "Rosa Ibarra", translated, kind="direct")
    relation = the_relation(compare([one, other]))
    assert (relation.kind, relation.why) == ("differs", ("speaker: Teresa Olmedo / Rosa Ibarra",))


def test_a_number_told_otherwise_is_a_difference() -> None:
    one = told("faro", "es", "Julián Barrera", "que 2 mil 300 familias recibirán cisternas")
    other = told("courier", "en", "Barrera", "2,500 families would receive water tanks")
    comparison = compare([one, other])
    relation = the_relation(comparison)
    assert relation.kind == "differs"
    assert relation.why == ("number: 2 mil 300 / 2,500",)
    assert comparison.remarks == (("faro:1", "courier:1"),)


def test_a_number_written_otherwise_is_no_difference() -> None:
    one = told("faro", "es", "Julián Barrera", "que 2 mil 300 familias recibirán cisternas")
    other = told("courier", "en", "Barrera", "2,300 families would receive water tanks")
    relation = the_relation(compare([one, other]))
    assert relation.kind == "same"
    assert "number: 2 mil 300" in relation.why


def test_a_day_told_otherwise_is_a_difference() -> None:
    one = told("faro", "es", "Teresa Olmedo", "que no habrá cortes de agua en la capital", on=TUESDAY)
    other = told("sur", "es", "Teresa Olmedo", "que no habrá cortes de agua en la capital", on=WEDNESDAY)
    relation = the_relation(compare([one, other]))
    assert (relation.kind, relation.why) == ("differs", ("day: 2026-03-03 / 2026-03-04",))


def test_a_name_told_otherwise_is_a_difference() -> None:
    one = told("faro", "es", "Teresa Olmedo", "que los camiones llegarán el jueves a Puerto Alba")
    other = told("sur", "es", "Teresa Olmedo", "que los camiones llegarán el jueves a Cordillera")
    relation = the_relation(compare([one, other]))
    assert (relation.kind, relation.why) == ("differs", ("name: Puerto Alba / Cordillera",))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("there will be water cuts in the capital", "there will be no water cuts in the capital", "en"),
        ("the dam is safe", "the dam is not safe", "en"),
        ("the dam is safe", "que la presa no es segura", "es"),
        ("prices will rise this year", "prices will fall this year", "en"),
    ],
)
def test_opposite_claims_that_two_reports_give_one_speaker_conflict(
    one: str, other: str, language: str
) -> None:
    first = told("courier", "en", "Teresa Olmedo", one)
    second = told("wire", language, "Teresa Olmedo", other)
    assert the_relation(compare([first, second])).kind == "conflicts"


def test_opposite_claims_of_two_speakers_conflict_across_languages() -> None:
    relation = the_relation(compare([PROMESA, THREAT]))
    assert relation.kind == "conflicts"
    assert relation.why[0] == "negation: no"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the dam above the capital is safe", "la presa que está sobre la capital no es segura"),
        ("the price of water will rise next year", "el precio del agua bajará el próximo año"),
        (
            "the minister would not send the police to the port",
            "que no descarta enviar a la policía al puerto",
        ),
        ("the old bridge is dangerous for buses", "el puente viejo es seguro para los autobuses"),
    ],
)
def test_a_turn_of_any_kind_is_seen(one: str, other: str) -> None:
    a, b = told("wire", "en", "Helen Marsh", one), told("faro", "es", "Esteban Quiroga", other)
    assert the_relation(compare([a, b])).kind == "conflicts"


def test_a_denial_of_a_claim_conflicts_with_it() -> None:
    claim = told("wire", "en", "Rosa Ibarra", "the ministry hid the report on the dam")
    denial = told(
        "faro", "es", "Julián Barrera", "que el ministerio ocultara el informe sobre la presa", cue="negó"
    )
    relation = the_relation(compare([claim, denial]))
    assert (relation.kind, relation.why[0]) == ("conflicts", "denial")


def test_two_turns_make_no_conflict() -> None:
    claim = told("wire", "en", "Rosa Ibarra", "the dam is not safe")
    agreeing = told("faro", "es", "Esteban Quiroga", "que la presa es segura", cue="negó")
    assert all(relation.kind != "conflicts" for relation in compare([claim, agreeing]).relations)


def test_claims_on_different_matters_do_not_conflict() -> None:
    other = told("faro", "es", "Esteban Quiroga", "que no asistirá a la inauguración del museo")
    assert compare([FERRY, other]).relations == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("that the cuts come too late", "that there will be no cuts"),
        ("que los cortes serán de noche", "que no habrá cortes los domingos"),
        ("the strike hurts fruit growers", "there is no strike"),
    ],
)
def test_what_is_told_of_a_thing_does_not_conflict_with_its_denial(one: str, other: str) -> None:
    language = "es" if one.startswith("que") else "en"
    a, b = told("wire", language, "Rosa Ibarra", one), told("faro", language, "Esteban Quiroga", other)
    assert all(relation.kind != "conflicts" for relation in compare([a, b]).relations)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "es",
            "que habrá cortes de agua de seis horas diarias en Puerto Alba a partir del lunes",
            "“No habrá cortes en la capital. La ciudad tiene pozos propios y agua para todo el otoño”",
        ),
        (
            "en",
            "there would be heavy water cuts every night until May",
            "there will be no cuts in the capital",
        ),
    ],
)
def test_that_there_is_and_is_not_one_thing_conflicts_whatever_its_details(
    language: str, one: str, other: str
) -> None:
    a, b = told("wire", language, "Julián Barrera", one), told("faro", language, "Esteban Quiroga", other)
    relation = the_relation(compare([a, b]))
    assert relation.kind == "conflicts"
    assert relation.why[0] in ("there is or is not: cortes", "there is or is not: cuts")


def test_a_remark_of_two_contents_is_one_with_a_telling_of_either() -> None:
    one = told("wire", "en", "Julián Barrera", "hospitals and schools would not be affected")
    both = "que los cortes se harán de noche, y que los hospitales y las escuelas no se verán afectados"
    assert the_relation(compare([one, told("faro", "es", "Julián Barrera", both)])).kind == "same"


def test_numbers_of_two_speakers_at_odds_conflict() -> None:
    one = told("faro", "es", "Rosa Ibarra", "que 900 estibadores participaron en la huelga del puerto")
    other = told("sur", "es", "Teresa Olmedo", "que 200 estibadores participaron en la huelga del puerto")
    relation = the_relation(compare([one, other]))
    assert (relation.kind, relation.why) == ("conflicts", ("number: 900 / 200",))


def test_an_answer_follows_what_it_answers() -> None:
    call = told("faro", "es", "Rosa Ibarra", "que el ministerio debe negociar con los estibadores del puerto")
    answer = told(
        "wire",
        "en",
        "Teresa Olmedo",
        "the ministry had listened to Rosa Ibarra and the dockers for weeks",
        cue="replied that",
    )
    relation = the_relation(compare([answer, call]))
    assert (relation.a, relation.b, relation.kind) == ("faro:1", "wire:1", "follows")
    assert relation.why == ("Teresa Olmedo names Rosa Ibarra", "cue: replied that")


def test_a_report_does_not_tell_one_remark_twice() -> None:
    again = told("faro", "es", "Teresa Olmedo", "que no habrá cortes de agua en la ciudad", number=2)
    remarks = compare([PROMESA, again, PROMISE]).remarks
    assert sorted(map(len, remarks)) == [1, 2]


def test_a_telling_without_a_speaker_joins_only_when_the_words_are_very_close() -> None:
    nameless = told("sur", "es", None, "que no habrá cortes de agua en la capital")
    loose = told("cordillera", "es", None, "que el agua llegará a toda la ciudad")
    assert compare([PROMESA, nameless, loose]).remarks == (("faro:1", "sur:1"), ("cordillera:1",))


def test_nothing_told_compares_to_nothing() -> None:
    assert compare([]) == Comparison((), ())


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Teresa Olmedo", "Olmedo", SameSpeaker.YES),
        ("Interior Minister Teresa Olmedo", "la ministra Olmedo", SameSpeaker.YES),
        ("Julián Barrera", "JULIAN BARRERA", SameSpeaker.YES),
        ("Miguel Ángel Osorio Chong", "Osorio Chong", SameSpeaker.YES),
        ("Teresa Olmedo", "Ana Olmedo", SameSpeaker.NO),
        ("Teresa Olmedo", "Rosa Ibarra", SameSpeaker.NO),
        ("Teresa Olmedo", "the minister", SameSpeaker.UNKNOWN),
        ("Teresa Olmedo", None, SameSpeaker.UNKNOWN),
    ],
)
def test_speakers_are_known_by_any_length_of_their_name(
    one: str, other: str | None, verdict: SameSpeaker
) -> None:
    assert same_speaker(one, other) is verdict


ALL = (PROMESA, PROMISE, THREAT, FERRY)


@settings(max_examples=8, deadline=None)
@given(chosen=st.lists(st.sampled_from(ALL), unique_by=lambda one: one.id))
def test_every_statement_stands_in_one_remark(chosen: list[Told]) -> None:
    comparison = compare(chosen)
    listed = [id_ for remark in comparison.remarks for id_ in remark]
    assert sorted(listed) == sorted(one.id for one in chosen)
    for relation in comparison.relations:
        assert relation.a != relation.b
        assert {relation.a, relation.b} <= set(listed)
        assert 0 <= relation.score <= 1
        assert relation.why


@settings(max_examples=8, deadline=None)
@given(chosen=st.permutations(ALL))
def test_the_order_of_reports_decides_nothing(chosen: Iterable[Told]) -> None:
    def judged(comparison: Comparison) -> set[tuple[frozenset[str], str]]:
        return {(frozenset((one.a, one.b)), one.kind) for one in comparison.relations}

    assert judged(compare(list(chosen))) == judged(compare(ALL))


def test_the_examples_of_what_there_is_hold() -> None:
    result = doctest.testmod(existence)
    assert result.attempted
    assert not result.failed
