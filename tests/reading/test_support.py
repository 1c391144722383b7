"""What an editor is shown before a story is published: words that rest on no passage."""

from __future__ import annotations

import doctest
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.reading import calendar_names, quoted, small_counts, titled
from careo.reading.support import LEVELS, CitedSpan, Finding, Passage, StoryText, check
from careo.reading.types import Span

TUESDAY = date(2026, 3, 3)

FARO = (
    "La ministra del Interior, Teresa Olmedo, aseguró que no habrá cortes de agua. «Nadie en Puerto Alba se quedará"
    " sin agua este verano», dijo Olmedo el lunes en Ciudad de México.\n\n"
    "El ministro de Agua, Julián Barrera, informó que 2 mil 300 familias recibirán cisternas y que el consumo subió"
    " 4,7 por ciento."
)
COURIER = (
    "“The dam is safe, and I have seen it myself,” Norland’s ambassador, Helen Marsh, told reporters on Monday."
    " She said her country would send engineers."
)


def passage(report: str, outlet: str, language: str, text: str, words: str | None = None) -> Passage:
    start = text.index(words) if words else 0
    shown = words or text
    return Passage(report, outlet, language, shown, Span(start, start + len(shown)), TUESDAY)


REPORTS = (passage("1", "El Faro de Alba", "es", FARO), passage("2", "The Norland Courier", "en", COURIER))


def check_text(text: str, *, language: str = "en") -> tuple[Finding, ...]:
    return check(StoryText(text, language, date(2026, 3, 4), ()), against=REPORTS)


def kinds(text: str, *, language: str = "en") -> list[str]:
    return [finding.kind for finding in check_text(text, language=language)]


def the_finding(text: str, kind: str) -> Finding:
    (finding,) = [one for one in check_text(text) if one.kind == kind]
    return finding


def test_a_story_that_keeps_to_its_reports_passes() -> None:
    assert not kinds(
        "There will be no water cuts, Interior Minister Teresa Olmedo said in Mexico City on Monday.\n\n"
        "Water Minister Julian Barrera said 2,300 families would receive tanks, and use of water rose 4.7%.\n\n"
        "“The dam is safe,” Norland's ambassador, Helen Marsh, said. She said her country would send engineers."
    )


def test_quoted_words_may_differ_in_marks_and_capitals_and_leave_words_out() -> None:
    assert "quote-not-found" not in kinds("Marsh said: «the dam is safe … I have seen it»")


def test_quoted_words_that_nobody_printed_stop_the_story() -> None:
    finding = the_finding("“The dam is perfectly fine,” Helen Marsh said.", "quote-not-found")
    assert finding.level == "block"
    assert finding.message == (
        "The quoted words “The dam is perfectly fine” stand in no passage; cite the passage that has them or take the"
        " quotation marks off."
    )
    assert finding.passages == REPORTS


def test_a_translated_quotation_shows_its_original() -> None:
    text = "“Nobody in Puerto Alba will be left without water this summer,” Olmedo said."
    finding = the_finding(text, "quote-translated")
    assert finding.level == "warn"
    assert "El Faro de Alba (es)" in finding.message
    (original,) = finding.passages
    assert original.text == FARO[original.span.start : original.span.end]
    assert "Nadie en Puerto Alba" in original.text


VOZ = (
    "“Si el viernes no hay acuerdo, usaremos todas las herramientas de la ley”, dijo Olmedo ante los demás ministros,"
    " según esas fuentes. Ibarra advirtió que el sindicato no abandonará los muelles “aunque vengan con porras”."
    " La Autoridad Portuaria calificó la huelga de “desproporcionada”. “No habrá cortes en la capital. La ciudad tiene"
    " pozos propios”, declaró Quiroga."
)


def findings_citing(text: str, reported: str, language: str) -> list[Finding]:
    """What is found in an English or Spanish story that cites the other language's report throughout."""
    cited = (passage("3", "La Voz del Sur", language, reported),)
    story = StoryText(
        text, "es" if language == "en" else "en", TUESDAY, (CitedSpan(Span(0, len(text)), cited),)
    )
    return [one for one in check(story) if one.kind.startswith("quote")]


@pytest.mark.parametrize(
    ("words", "original"),
    [
        (
            "all the tools of the law",
            "Si el viernes no hay acuerdo, usaremos todas las herramientas de la ley",
        ),
        ("even if they come with truncheons", "aunque vengan con porras"),
        ("disproportionate", "desproporcionada"),
        ("There will be no cuts in the capital", "No habrá cortes en la capital"),
    ],
)
def test_a_few_translated_words_are_traced_to_the_words_quoted_there(words: str, original: str) -> None:
    (finding,) = findings_citing(f"They spoke of “{words},” it is said.", VOZ, "es")
    assert (finding.kind, finding.level) == ("quote-translated", "warn")
    assert finding.passages[0].text == original
    assert VOZ[slice(*finding.passages[0].span)] == original
    assert finding.message == (
        f"“{words}” is translated from “{original}” in La Voz del Sur (es); say that it is a translation, or quote the"
        " original."
    )


def test_a_few_words_of_an_english_quotation_are_found_in_spanish() -> None:
    reported = (
        "The minister told reporters that the contract was “a gift to the friends of the mayor,” and left."
    )
    (finding,) = findings_citing("Habló de «un regalo a los amigos del alcalde».", reported, "en")
    assert (finding.kind, finding.passages[0].text) == (
        "quote-translated",
        "a gift to the friends of the mayor,",
    )


@pytest.mark.parametrize(
    "invented",
    [
        "we will send in the army",
        "all the money in the treasury",
        "the union has broken the law",
        "even if it takes a year",
        "we will burn the docks",
        "until hell freezes over",
        "blackmail",
        "a state of emergency",
        "the wells are enough",
        "There will be cuts in the capital",
    ],
)
def test_an_invented_quotation_on_the_same_subject_is_still_missing(invented: str) -> None:
    (finding,) = findings_citing(f"They spoke of “{invented},” it is said.", VOZ, "es")
    assert (finding.kind, finding.level) == ("quote-not-found", "block")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Teresa Olmeda spoke of water.", "name-unsupported", "Teresa Olmeda"),
        ("Ambassador Ellen Marsh spoke of engineers.", "name-unsupported", "Ellen Marsh"),
        ("Some 2,400 families will receive tanks.", "number-unsupported", "2,400"),
        ("Use of water rose 7.4 percent.", "number-unsupported", "7.4 percent"),
        ("The families received tanks on February 12.", "date-unsupported", "February 12"),
        ("The zoo would get 2 more elephants.", "number-unsupported", "2"),
        ("Use of water rose for two years.", "number-unsupported", "two"),
        ("It fell by two thirds.", "number-unsupported", "two"),
    ],
)
def test_a_fact_that_no_report_has_is_found_with_its_words(text: str, kind: str, words: str) -> None:
    finding = the_finding(text, kind)
    assert text[finding.span.start : finding.span.end] == words
    assert words in finding.message
    assert finding.message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Julian Barrera and HELEN MARSH spoke.",
        "They spoke in Mexico City.",
        "4.7 percent",
        "About 2,000 families will receive tanks.",
        "They met on Monday.",
        "They met on March 2.",
        "They meet today.",
        "The Norlander spoke of the Interior Ministry.",
        "Source: El Faro de Alba (sp), The Norland Courier (en)",
    ],
)
def test_what_a_report_has_in_its_own_way_is_supported(text: str) -> None:
    assert not kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "June, says the ambassador; September with luck",  # no verb says whether it is past
        "The ferry, sailing on June 5",
        "The line was closed on a Sunday",
    ],
)
def test_a_month_without_a_year_rests_on_the_same_month_whatever_year_was_meant(text: str) -> None:
    ferry = "El ferri volverá a navegar en junio; con suerte, en septiembre, y el próximo año otro. Cerró el domingo."
    story = StoryText(text, "en", date(2026, 3, 7), ())
    assert check(story, against=[passage("3", "El Faro de Alba", "es", ferry)]) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It sails again in May, with luck", "May"),
        ("It sailed in June 2024", "June 2024"),
        ("It sailed last June", "last June"),
        ("It was closed on Thursday", "Thursday"),
    ],
)
def test_another_month_or_a_stated_year_is_found(text: str, words: str) -> None:
    ferry = "El ferri volverá a navegar en junio; cerró el domingo."
    story = StoryText(text, "en", date(2026, 3, 7), ())
    (finding,) = check(story, against=[passage("3", "El Faro de Alba", "es", ferry)])
    assert (finding.kind, text[slice(*finding.span)]) == ("date-unsupported", words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two men disagree, and one of them has said so.", "en"),
        ("Two people who sat there remember it otherwise.", "en"),
        ("The two sides met first in Puerto Alba.", "en"),
        ("Los dos hablaron, uno tras otro.", "es"),
        ("Dos de ellos callaron.", "es"),
        ("Three tellings, two languages.", "en"),
    ],
)
def test_an_editors_own_counting_of_who_is_at_hand_is_no_figure(text: str, language: str) -> None:
    assert not kinds(text, language=language)


@pytest.mark.parametrize(
    ("text", "reported", "message"),
    [
        (
            "The police arrested three men.",
            "La policía detuvo a dos hombres en el puerto.",
            "“three men” is “dos hombres” in El Faro de Alba (es)",
        ),
        (
            "Four young children were saved.",
            "Cinco niños fueron rescatados; dos policías los vieron.",
            "“Four young children” is “Cinco niños” in El Faro de Alba (es)",
        ),
    ],
)
def test_a_small_count_that_a_passage_gives_otherwise_is_found(
    text: str, reported: str, message: str
) -> None:
    story = StoryText(text, "en", TUESDAY, ())
    (found,) = [
        one
        for one in check(story, against=[passage("3", "El Faro de Alba", "es", reported)])
        if one.kind == "number-unsupported"
    ]
    assert found.message.startswith(message)


def test_small_counts_of_other_things_do_not_contradict_each_other() -> None:
    reported = "La policía detuvo a dos hombres en el puerto."
    story = StoryText("The police saw three women.", "en", TUESDAY, ())
    assert check(story, against=[passage("3", "El Faro de Alba", "es", reported)]) == ()


def test_spanish_stories_rest_on_english_reports_as_well() -> None:
    assert not kinds(
        "La embajadora de Norlandia, Helen Marsh, dijo el lunes que la presa es segura.", language="es"
    )


def test_a_name_is_pointed_out_once() -> None:
    assert kinds("Juan Pérez came. Then Juan Pérez left.") == ["name-unsupported"]


@pytest.mark.parametrize(
    ("text", "language", "reported"),
    [
        ("Water Minister Julián Barrera spoke.", "en", "El ministro de Agua, Julián Barrera, habló."),
        ("They met Fire Chief Ana Sol.", "en", "La jefa de bomberos, Ana Sol, y Julián Barrera."),
        ("Shipyard Director Beltrán Oses spoke.", "en", "Beltrán Oses dirige los astilleros."),
        ("They met the Housing Secretary.", "en", "La secretaria de Vivienda habló."),
        ("Habló la Ministra de Pesca Teresa Olmedo.", "es", "Fisheries Minister Teresa Olmedo spoke."),
    ],
)
def test_an_office_before_a_name_does_not_make_it_unknown(text: str, language: str, reported: str) -> None:
    other = "es" if language == "en" else "en"
    story = StoryText(text, language, TUESDAY, ())
    assert check(story, against=[passage("3", "El Faro de Alba", other, reported)]) == ()


def test_of_a_titled_name_that_no_passage_has_the_person_is_pointed_out() -> None:
    story = StoryText("Water Minister Julián Barrera spoke.", "en", TUESDAY, ())
    (found,) = check(
        story, against=[passage("3", "El Faro de Alba", "es", "Barrera, ministro de Agua, habló.")]
    )
    assert (found.level, story.text[slice(*found.span)]) == ("warn", "Julián Barrera")


def test_a_surname_that_is_an_office_too_stays_a_name() -> None:
    assert kinds("They met Tomás Rey in town.") == ["name-unsupported"]


def test_an_attribution_that_no_report_tells_is_found() -> None:
    assert "attribution-without-citation" in kinds("Helen Marsh said that the zoo would buy an elephant.")


CITED = "Nobody in the capital will be cut off, Teresa Olmedo said. Helen Marsh said her country would send engineers."


def story_citing(words: str, *cited: Passage) -> StoryText:
    start = CITED.index(words)
    return StoryText(CITED, "en", date(2026, 3, 4), (CitedSpan(Span(start, start + len(words)), cited),))


def test_where_citations_are_marked_every_attribution_needs_one() -> None:
    findings = check(story_citing("cut off", REPORTS[0]), against=REPORTS)
    assert [one.kind for one in findings] == ["attribution-without-citation"]
    assert CITED[findings[0].span.start : findings[0].span.end].startswith("Helen Marsh said")
    assert findings[0].message == (
        "What Helen Marsh is said to have said, “her country would send engineers”, has no citation; cite the passage"
        " that tells it."
    )


def test_a_quotation_cited_to_the_wrong_passage_is_pointed_to_the_right_one() -> None:
    text = "“The dam is safe,” Helen Marsh said."
    story = StoryText(text, "en", None, (CitedSpan(Span(0, 10), (REPORTS[0],)),))
    (finding,) = [one for one in check(story, against=REPORTS) if one.kind == "quote-not-found"]
    assert finding.passages == (REPORTS[1],)
    assert "but in The Norland Courier (en); cite that passage." in finding.message


def test_a_number_cited_to_the_wrong_passage_is_pointed_to_the_right_one() -> None:
    text = "Tanks went to 2,300 families."
    story = StoryText(text, "en", None, (CitedSpan(Span(0, 5), (REPORTS[1],)),))
    (finding,) = [one for one in check(story, against=REPORTS) if one.kind == "number-unsupported"]
    assert finding.passages == (REPORTS[0],)


def test_a_cited_passage_alone_is_enough() -> None:
    cited = passage("1", "El Faro de Alba", "es", FARO, "2 mil 300 familias recibirán cisternas")
    story = StoryText("2,300 families will get tanks.", "en", None, (CitedSpan(Span(0, 5), (cited,)),))
    assert check(story) == ()


def test_without_any_report_everything_quoted_is_found() -> None:
    assert [one.kind for one in check(StoryText("“All is well.”", "en", None, ()))] == ["quote-not-found"]


def test_markup_and_control_characters_are_words_like_any() -> None:
    finding = the_finding("“<img src=x onerror=alert(1)>\u202e” it said.", "quote-not-found")
    assert "<img src=x" in finding.message


PIECES = (
    "“",
    "”",
    "«",
    "Olmedo",
    "said",
    "dijo",
    "2,300",
    "lunes",
    "Monday",
    ".",
    "\n\n",
    "…",
    "[",
    "]",
    "é",
    "‘",
    "\u200b",
)


@settings(max_examples=30, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), language=st.sampled_from(["en", "es"]))
def test_findings_hold_words_of_the_story_in_order(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    findings = check_text(text, language=language)
    for finding in findings:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.kind in LEVELS
        assert "\n" not in finding.message
    assert list(findings) == sorted(findings, key=lambda one: (one.span, one.kind))


@pytest.mark.parametrize("module", [calendar_names, quoted, small_counts, titled])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module, extraglobs={"date": date})
    assert result.attempted
    assert not result.failed
