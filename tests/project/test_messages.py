"""The interface speaks Spanish as well as English: no sentence is missing, and what is compiled is what is written."""

from __future__ import annotations

import re

from tests.tools import messages


def test_every_sentence_has_its_translation() -> None:
    assert messages.untranslated() == [], "run `make messages` and translate what stands empty"


def test_what_is_compiled_is_what_is_written() -> None:
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(messages.kept()), (
        "run `make messages`"
    )


def test_a_translation_names_what_the_sentence_names() -> None:
    named = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
    for message in messages.kept():
        if message.id:
            ids, strings = _all(message.id), _all(message.string)
            wanted = set(named.findall(ids[-1]))
            assert all(
                set(named.findall(string)) <= wanted | set(named.findall(ids[0])) for string in strings
            ), ids
            assert set(named.findall(strings[-1])) == wanted, ids


def _all(forms: object) -> list[str]:
    return [str(form) for form in forms] if isinstance(forms, tuple | list) else [str(forms)]
