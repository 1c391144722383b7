"""English and Spanish are told apart and from their neighbours; what is neither is refused with a sentence."""

from __future__ import annotations

import pytest

from careo.reading import UnknownLanguage, read
from careo.reading.language import language_of, named_language

SAMPLES = {
    "en": [
        "The minister said on Monday that the water would last.",
        "US assures the port that it will stay open",
    ],
    "es": [
        "La ministra dijo el lunes que el agua alcanzará.",
        "El puerto cerrará en junio, según la ministra",
    ],
}
STRANGERS = [
    "Le ministre a dit lundi que l'eau ne manquerait pas dans la capitale et que les ports resteraient ouverts.",
    "A ministra disse na segunda-feira que não faltará água na capital e que os portos ficarão abertos.",
    "Il ministro ha detto lunedì che l'acqua non mancherà nella capitale e che i porti saranno aperti.",
    "Der Minister sagte am Montag, dass das Wasser in der Hauptstadt nicht fehlen wird und die Häfen offen sind.",
    "Η υπουργός είπε τη Δευτέρα ότι το νερό θα φτάσει.",
    "12 34 56",
    "",
]


@pytest.mark.parametrize(
    ("language", "text"), [(tongue, text) for tongue, texts in SAMPLES.items() for text in texts]
)
def test_the_language_is_told_from_the_text(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", STRANGERS)
def test_a_text_that_is_neither_is_refused(text: str) -> None:
    with pytest.raises(UnknownLanguage, match="was not recognised; name it, en or es"):
        language_of(text)


def test_a_tag_with_a_region_names_its_language() -> None:
    assert (named_language("es-MX"), named_language("EN_gb")) == ("es", "en")


def test_a_language_nobody_reads_is_refused_by_name() -> None:
    with pytest.raises(UnknownLanguage, match="reads English \\(en\\) and Spanish \\(es\\), not 'fr'"):
        read("Bonjour.", language="fr")
