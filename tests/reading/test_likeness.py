"""Reports of one happening are brought together across languages as they stream in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from careo.reading.likeness import SAME_EVENT, Gist, gist, likeness
from careo.reading.placing import OpenEvent, Placer, place

MORNING = datetime(2026, 3, 3, 8, tzinfo=UTC)

WATER_ES = (
    "El Gobierno anuncia cortes de agua en Puerto Alba desde el lunes",
    "El ministro de Agua, Julián Barrera, anunció que la capital tendrá agua solo ocho horas al día por la sequía.",
)
WATER_EN = (
    "Meridia to ration water in its capital from Monday",
    "Homes in Puerto Alba will have running water for eight hours a day because of the drought, Water Minister"
    " Julián Barrera said.",
)
FERRY_EN = (
    "Norland and Meridia to restore night ferry after eleven years",
    "Passengers will again cross the strait by night from June, Ambassador Helen Marsh said in the port.",
)


def told(report: tuple[str, str], *, hours: float = 0, language: str = "en") -> Gist:
    return gist(*report, language, MORNING + timedelta(hours=hours))


@pytest.fixture(scope="module")
def water_es() -> Gist:
    return told(WATER_ES, language="es")


@pytest.fixture(scope="module")
def water_en() -> Gist:
    return told(WATER_EN, hours=5)


@pytest.fixture(scope="module")
def ferry() -> Gist:
    return told(FERRY_EN, hours=6)


def test_two_languages_tell_one_happening(water_es: Gist, water_en: Gist, ferry: Gist) -> None:
    assert likeness(water_es, water_en) >= SAME_EVENT > likeness(water_en, ferry)


def test_likeness_is_the_same_both_ways_and_one_with_itself(water_es: Gist, water_en: Gist) -> None:
    assert likeness(water_es, water_en) == pytest.approx(likeness(water_en, water_es))
    assert likeness(water_es, water_es) == pytest.approx(1, abs=1e-3)


def test_a_month_later_the_same_words_tell_of_something_else(water_es: Gist) -> None:
    assert likeness(water_es, told(WATER_ES, hours=24 * 30, language="es")) < SAME_EVENT


def test_a_gist_comes_back_from_json(water_es: Gist, water_en: Gist) -> None:
    kept = json.dumps(water_es.to_json())
    back = Gist.from_json(json.loads(kept))
    assert (back.language, back.published, back.words, back.short) == (
        water_es.language, water_es.published, water_es.words, water_es.short,
    )  # fmt: skip
    assert np.allclose(back.meaning, water_es.meaning, atol=1e-3)
    assert likeness(back, water_en) == pytest.approx(likeness(water_es, water_en), abs=1e-3)
    assert len(kept) < 6_000


def test_a_report_without_a_time_or_a_text_has_a_gist_too() -> None:
    bare = gist("Night ferry to return", "", "en", None)
    assert bare.hours is None
    assert Gist.from_json(bare.to_json()).published is None


def test_a_report_joins_its_event_and_another_opens_one(water_es: Gist, water_en: Gist, ferry: Gist) -> None:
    events = [OpenEvent("water", (water_es,))]
    found = place(water_en, events)
    assert found is not None
    assert found.event == "water"
    assert 0 < found.score <= 1
    assert place(ferry, events) is None


def test_without_open_events_every_report_opens_one(water_es: Gist) -> None:
    assert place(water_es, []) is None


def test_an_event_takes_no_report_after_two_days(water_es: Gist) -> None:
    assert place(told(WATER_EN, hours=50), [OpenEvent("water", (water_es,))]) is None


def test_the_nearest_of_several_events_is_chosen(water_es: Gist, water_en: Gist, ferry: Gist) -> None:
    found = place(water_en, [OpenEvent("ferry", (ferry,)), OpenEvent("water", (water_es,))])
    assert found is not None
    assert found.event == "water"


def test_a_stream_is_placed_as_it_comes(water_es: Gist, water_en: Gist, ferry: Gist) -> None:
    placer, events = Placer(), []
    for name, one in (("a", water_es), ("b", water_en), ("c", ferry)):
        placer.learn(one)
        found = placer.best(one)
        events.append(found.event if found else name)
        placer.add(events[-1], one)
    assert events == ["a", "a", "c"]


def test_a_report_like_two_events_joins_them(water_es: Gist, water_en: Gist) -> None:
    placer = Placer()
    for name, one in (("a", water_es), ("b", water_en)):
        placer.learn(one)
        placer.add(name, one)
    again = told(WATER_EN, hours=7)
    placer.learn(again)
    found = placer.best(again)
    assert found is not None
    assert (found.event, found.merges) == ("b", ("a",))
    placer.merge("b", "a")
    merged = placer.best(again)
    assert merged is not None
    assert merged.merges == ()


def test_what_is_over_can_be_forgotten(water_es: Gist, water_en: Gist) -> None:
    placer = Placer()
    placer.learn(water_es)
    placer.add("a", water_es)
    assert water_en.hours is not None
    placer.forget(before=water_en.hours)
    assert placer.best(water_en) is None
