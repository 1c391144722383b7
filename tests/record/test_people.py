from __future__ import annotations

from datetime import date

import pytest

from careo.reading.types import Person as Named
from careo.record.models import Office, Person
from careo.record.people import person_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MARCH, APRIL = date(2026, 3, 4), date(2026, 4, 1)


def seen(
    name: str, office: str | None = None, *, language: str = "es", day: date | None = MARCH
) -> Person | None:
    return person_for(Named(name, office, ()), language=language, day=day)


def test_one_person_is_known_in_both_languages_and_without_accents() -> None:
    barrera = seen("Julián Barrera", "ministro del Agua")
    assert seen("JULIAN BARRERA", "Water Minister", language="en") == barrera
    assert barrera is not None
    assert {form.name for form in barrera.names.all()} == {"Julián Barrera", "JULIAN BARRERA"}
    assert {office.title for office in barrera.offices.all()} == {"ministro del Agua", "Water Minister"}


def test_the_fullest_name_seen_names_the_person() -> None:
    olmedo = seen("Teresa Olmedo")
    assert seen("Teresa Olmedo Ruiz") == olmedo
    assert seen("Teresa Olmedo") == olmedo
    assert olmedo is not None
    olmedo.refresh_from_db()
    assert olmedo.name == "Teresa Olmedo Ruiz"


def test_a_bare_surname_names_nobody_but_the_one_who_is_known_to_hold_the_stated_office() -> None:
    assert seen("Olmedo") is None
    olmedo = seen("Teresa Olmedo", "ministra del Interior")
    seen("Rosa Olmedo", "dirigente sindical")
    assert seen("Olmedo") is None
    assert seen("Olmedo", "Ministra del Interior") == olmedo


def test_a_short_form_that_fits_two_people_is_a_third_rather_than_a_guess() -> None:
    seen("Teresa Olmedo Ruiz")
    seen("Teresa Olmedo Paz")
    third = seen("Teresa Olmedo")
    assert third is not None
    assert third.name == "Teresa Olmedo"
    assert Person.objects.count() == 3


def test_an_office_is_held_for_as_long_as_reports_show_it() -> None:
    seen("Teresa Olmedo", "ministra del Interior", day=APRIL)
    seen("Teresa Olmedo", "Ministra del Interior", day=MARCH)
    seen("Teresa Olmedo", "ministra del Interior", day=None)
    office = Office.objects.get()
    assert (office.held_from, office.held_to) == (MARCH, APRIL)
