from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.record.names import extends, folded


@pytest.mark.parametrize(
    ("name", "as_looked_up"),
    [
        ("Julián Barrera", "julian barrera"),
        ("  JULIÁN   BARRERA-Peña ", "julian barrera pena"),
        ("O’Brien", "o brien"),
        ("Núñez_", "nunez"),
        ("", ""),
    ],
)
def test_a_name_is_looked_up_without_accents_case_or_punctuation(name: str, as_looked_up: str) -> None:
    assert folded(name) == as_looked_up


@pytest.mark.parametrize(
    ("longer", "shorter", "one_name"),
    [
        ("Teresa Olmedo Ruiz", "Teresa Olmedo", True),
        ("Helen J. Marsh", "Helen Marsh", True),
        ("Teresa Olmedo", "Teresa Olmedo", True),
        ("Teresa Olmedo", "Olmedo", False),
        ("Teresa Olmedo", "Rosa Olmedo", False),
        ("María Teresa Olmedo", "Teresa Olmedo", False),
        ("Olmedo", "Olmedo", False),
    ],
)
def test_a_longer_form_of_a_name_is_one_name_but_a_bare_surname_proves_nothing(
    longer: str, shorter: str, one_name: bool
) -> None:
    assert extends(longer, shorter) is one_name


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert folded(folded(name)) == folded(name)
