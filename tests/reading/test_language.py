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
STRANGERS = {
    "Le ministre a dit lundi que l'eau ne manquerait pas dans la capitale et que les ports resteraient ouverts.": "French",
    "A ministra disse na segunda-feira que não faltará água na capital e que os portos ficarão abertos.": "Portuguese",
    "Il ministro ha detto lunedì che l'acqua non mancherà nella capitale e che i porti saranno aperti.": "Italian",
    "Der Minister sagte am Montag, dass das Wasser in der Hauptstadt nicht fehlen wird und die Häfen offen sind.": "German",
    "Η υπουργός είπε τη Δευτέρα ότι το νερό θα φτάσει.": "Greek",
    "部长周一表示，首都的供水将持续到旱季结束。他说，没有人会没有水。": "Chinese",
    "大臣は月曜日、首都の水は乾季の終わりまで続くと述べた。": "Japanese",
    "장관은 월요일 수도의 물이 건기 말까지 지속될 것이라고 말했다.": "Korean",
    "Министр заявил в понедельник, что воды в столице хватит до конца сухого сезона.": "in Cyrillic letters",
    "قال الوزير يوم الاثنين إن المياه ستكفي العاصمة حتى نهاية موسم الجفاف.": "in Arabic letters",
}
NOBODY_KNOWS = ["12 34 56", "", "xyzzy plugh qwerty", "Olmedo Barrera Ibarra Quiroga"]


@pytest.mark.parametrize(
    ("language", "text"), [(tongue, text) for tongue, texts in SAMPLES.items() for text in texts]
)
def test_the_language_is_told_from_the_text(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("text", "name"), STRANGERS.items())
def test_a_text_in_another_language_is_refused_by_its_name(text: str, name: str) -> None:
    with pytest.raises(UnknownLanguage, match=f"^The text seems to be {name}; give one in English"):
        language_of(text)


@pytest.mark.parametrize("text", NOBODY_KNOWS)
def test_a_text_that_tells_no_language_is_refused(text: str) -> None:
    with pytest.raises(UnknownLanguage, match="was not recognised; name it, en or es"):
        language_of(text)


def test_a_tag_with_a_region_names_its_language() -> None:
    assert (named_language("es-MX"), named_language("EN_gb")) == ("es", "en")


def test_a_language_nobody_reads_is_refused_by_name() -> None:
    with pytest.raises(UnknownLanguage, match="reads English \\(en\\) and Spanish \\(es\\), not 'fr'"):
        read("Bonjour.", language="fr")
